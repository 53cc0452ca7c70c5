"""The local workspace, against the real SDK and a tiny app on the real bolt."""
