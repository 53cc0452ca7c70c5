"""Rows in, the domain's values out."""
