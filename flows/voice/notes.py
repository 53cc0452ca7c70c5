"""Everything of one match that the reader may see, in one dialog."""

from collections.abc import Sequence

from flows.voice.message import Block, Heading, Message, Note, Paragraph
from flows.voice.say import Say

Section = tuple[str, tuple[Block, ...]]
"""A title, in the reader's language, and what stands below it."""


def notes(partner: str, sections: Sequence[Section], say: Say) -> Message:
    """All sections that hold something."""
    blocks: list[Block] = [Heading(say.plain("Our notes"))]
    if not sections:
        blocks.append(Paragraph(say("You and {partner} have written nothing down yet.", partner=partner)))
    for title, inside in sections:
        blocks += [Paragraph(say("**{title}**", title=title)), *inside]
    blocks.append(Note(say("What waits for the other side, or for its day, is not shown here.")))
    return Message(say.plain("All that you may see of what you two wrote"), tuple(blocks))
