"""Who mentors whom: candidates and rules in, a draft with its reasons out."""
