"""What Slack accepts and refuses in blocks, messages and views, as tables."""
