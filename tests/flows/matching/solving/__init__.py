"""The solver in whole numbers, against every assignment tried."""
