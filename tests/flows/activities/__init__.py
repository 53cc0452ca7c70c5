"""Tests of what pairs write."""
