"""Tests of what reaches us from Teams and what we draw and send there."""
