"""A pack's files, given as text, become one checked value; every fault names file, key and cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from flows.voice.say import ENGLISH, Catalogue, Say


class PackFault(Exception):
    """A pack that cannot be used: `file`, the `key` in it, and the `cause`, in words an HR person understands."""

    def __init__(self, file: str, key: str, cause: str) -> None:
        super().__init__(f"{file}: {key}: {cause}" if key else f"{file}: {cause}")
        self.file = file
        self.key = key
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a coordinator may edit. `catalogues` maps a language tag to its wordings."""

    catalogues: Mapping[str, Catalogue]

    def say(self, locale: str, zone: str) -> Say:
        """Speak the nearest language that the pack has: the tag, its language, else English."""
        tag = locale.replace("_", "-")
        found = self.catalogues.get(tag) or self.catalogues.get(tag.split("-")[0]) or ENGLISH
        return Say(found, zone)


def parse(files: Mapping[str, str]) -> Content:
    """`files` maps a path inside the pack, such as "locale/de.po", to its text. Raises PackFault."""
    catalogues = {"en": ENGLISH}
    for path, text in sorted(files.items()):
        if path.startswith("locale/") and path.endswith(".po"):
            tag = path.removeprefix("locale/").removesuffix(".po")
            catalogues[tag] = _catalogue(tag, path, text)
    return Content(catalogues=catalogues)


def _catalogue(tag: str, path: str, text: str) -> Catalogue:
    try:
        read = read_po(BytesIO(text.encode()), locale=tag)
    except ValueError as fault:
        raise PackFault(path, "", str(fault)) from fault
    return Catalogue(tag, lambda wording: _one(read, wording), lambda one, other, n: _many(read, one, other, n))


def _one(catalog: Catalog, wording: str) -> str:
    message = catalog.get(wording)
    return message.string if message and isinstance(message.string, str) and message.string else wording


def _many(catalog: Catalog, one: str, other: str, n: int) -> str:
    message = catalog.get(one)
    if message and isinstance(message.string, tuple | list) and all(message.string):
        return str(message.string[catalog.plural_func(n)] if hasattr(catalog, "plural_func") else message.string[n != 1])
    return one if n == 1 else other
