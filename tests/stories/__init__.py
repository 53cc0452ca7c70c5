"""People who press buttons by their label, and a clock that moves."""
