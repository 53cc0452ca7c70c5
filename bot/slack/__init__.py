"""Slack: what reaches us from it, and how we draw and send there."""
