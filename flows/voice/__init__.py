"""What the bot says, on any platform."""
