"""What a session asks of both sides: each mechanism in a file, each activity of the pack in a text file of its own."""
