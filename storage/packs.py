"""Reads a pack's files; what they mean is for flows/content.py."""

from collections.abc import Mapping
from pathlib import Path

import flows

DEFAULT = Path(flows.__file__).parent / "packs" / "default"
_KINDS = {".toml", ".md", ".po"}


def read(folder: Path = DEFAULT) -> Mapping[str, str]:
    """Path inside the pack → text, for every file of a kind that a pack has. Raises OSError, UnicodeDecodeError."""
    if not folder.is_dir():
        raise NotADirectoryError(f"there is no folder {folder}")
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in _KINDS
    }
