"""Many pairs at once are worth what one pair is worth."""
