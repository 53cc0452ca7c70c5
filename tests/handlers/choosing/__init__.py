"""Mentees name mentors, and mentors answer."""
