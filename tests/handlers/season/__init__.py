"""The season, played."""
