"""Tests of the assembly and of the platforms."""
