"""What follows on a draft: changes by hand, what they cost, and what is other than before."""
