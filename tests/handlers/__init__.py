"""Stories of people who act and of time that passes, on a real database file."""
