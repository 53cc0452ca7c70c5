"""Tests of the mentoring domain, values in and values out."""
