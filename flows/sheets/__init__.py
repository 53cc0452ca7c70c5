"""Tables that people give as text: what they say, and what is wrong with them, by row and column."""
