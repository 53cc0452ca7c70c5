"""What Alongside promises, played and checked."""
