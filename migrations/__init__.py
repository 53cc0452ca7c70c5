"""The steps by which the tables came to be what they are; run by bot/migrating.py, without any file of settings."""
