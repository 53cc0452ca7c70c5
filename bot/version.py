"""Which version this is, for logs, reports and upgrades."""

from typing import Final

VERSION: Final = "0.1.0"
"""As in pyproject.toml: a clone that is not installed has no metadata to read it from."""
