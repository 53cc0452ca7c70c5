"""Tests of matching: the rules one by one, the optimum, the limits, the reasons."""
