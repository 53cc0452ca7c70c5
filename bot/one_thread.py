"""Imported before numpy where somebody is matched: its libraries shall start no threads."""

import os

# Our solvers use one. The libraries would start one for each core, keep memory for each, and forget them in a fork.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
