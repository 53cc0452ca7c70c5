"""The season of a match: what time brings, and what its two people do."""
