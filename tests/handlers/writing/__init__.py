"""Stories of what pairs write."""
