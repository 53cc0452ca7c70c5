"""Tests of what is kept, on a real database file."""
