"""The offline command's forms: what is read, and what is written."""
