"""What a programme came to: pure figures from what happened, in which no group of fewer than five people speaks."""
