"""The mentoring domain: values in, values out; no clock, dice, database or network."""
