"""What a pair writes: one file a mechanism."""
