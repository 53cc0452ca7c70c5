"""The other formats: who comes together, and who sits out."""
