"""Mentees name mentors, mentors answer, and a match begins when both have said yes."""
