"""What a programme came to."""
