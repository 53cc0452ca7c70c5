"""Matching from files alone: lists in, a draft out, for programs or as text; the shell reads and writes."""
