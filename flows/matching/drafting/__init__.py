"""From people and rules to a draft: who with whom, who is left and why, and what proves it."""
