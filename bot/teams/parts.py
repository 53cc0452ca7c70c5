"""A page too long for one card as several: what people wrote is never cut, and never unreadable."""

from collections.abc import Callable, Iterator

from bot.teams import render
from flows.voice.message import Block, Bullets, Facts, Message


def parts(said: Message, fits: Callable[[Message], bool] = render.fits) -> tuple[Message, ...]:
    """The message itself where it fits, else several that say the same one after the other; buttons stay where they
    stood, so mostly below the last. A single block that is too long stays so, and raises when it is drawn."""
    if fits(said):
        return (said,)
    told: list[Message] = []
    held: tuple[Block, ...] = ()
    for piece in _pieces(said.blocks):
        longer = _joined(held, piece)
        if held and not fits(Message(said.summary, longer)):
            told.append(Message(said.summary, held))
            longer = (piece,)
        held = longer
    return (*told, Message(said.summary, held))


def _pieces(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Bullets(items):
                yield from (Bullets((item,)) for item in items)
            case Facts(rows):
                yield from (Facts((row,)) for row in rows)
            case _:
                yield block


def _joined(held: tuple[Block, ...], piece: Block) -> tuple[Block, ...]:
    match (held[-1] if held else None), piece:
        case Bullets(before), Bullets(items):
            return (*held[:-1], Bullets((*before, *items)))
        case Facts(above), Facts(rows):
            return (*held[:-1], Facts((*above, *rows)))
        case _:
            return (*held, piece)
