"""Stories of coordinators."""
