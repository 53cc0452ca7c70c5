"""The exact solver: whole numbers in, an assignment and its proof out; it knows no people."""
