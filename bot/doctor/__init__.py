"""`alongside doctor`: what is well, what is not, and the command or setting that repairs it."""
