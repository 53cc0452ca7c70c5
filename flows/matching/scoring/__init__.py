"""The rules over many pairs at once: people become arrays, arrays become points."""
