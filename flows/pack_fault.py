"""What is wrong with a pack, and where."""


class PackFault(Exception):
    """A pack that cannot be used: `file`, the `key` in it, and the `cause`, in words an HR person understands."""

    def __init__(self, file: str, key: str, cause: str) -> None:
        super().__init__(f"{file}: {key}: {cause}" if key else f"{file}: {cause}")
        self.file = file
        self.key = key
        self.cause = cause
