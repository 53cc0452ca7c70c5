"""Tests of what reaches us from Slack and what we draw and send there."""
