"""`alongside simulate`: whole cohorts played in seconds, on the real planner, storage and renderers."""
