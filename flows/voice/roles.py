"""Who runs mentoring: everybody with a role, and what changed."""

from collections.abc import Sequence

from flows.people import Person
from flows.roles import Rank
from flows.voice.calm import line
from flows.voice.coordinating import MOST_NAMES
from flows.voice.message import Action, Bullets, Button, Buttons, Heading, Message, Note, Paragraph, Words
from flows.voice.people import mention
from flows.voice.say import Say, flatten


def appointed(
    lines: Sequence[tuple[Person, Sequence[tuple[Rank, str]]]], owners: int, say: Say, *, start: int = 0
) -> Message:
    """Who may do what, one line a person: each of their roles with a programme's name, or "" for every one. MOST_NAMES
    people from the one behind the first `start`."""
    shown = lines[start : start + MOST_NAMES]
    opening = say.many(
        owners,
        "{n} owner stands in the settings of this installation.",
        "{n} owners stand in the settings of this installation.",
    )
    more = {"from": str(start + len(shown))}
    return Message(
        summary=say.plain("Who runs mentoring here. {opening}", opening=flatten(opening)),
        blocks=(
            Heading(say.plain("Who runs mentoring here")),
            Paragraph(opening),
            *((Bullets(tuple(_appointed(who, held, say) for who, held in shown)),) if shown else ()),
            Note(
                say(
                    "{appoint} gives a role, {dismiss} takes it away. Roles: viewer, coordinator, owner.",
                    appoint="/mentor-admin roles appoint Mira Okafor coordinator",
                    dismiss="/mentor-admin roles dismiss Mira Okafor",
                )
            ),
            *(
                (Buttons((Button(say.plain("Show more"), Action("roles.more", more)),)),)
                * (start + len(shown) < len(lines))
            ),
        ),
    )


def _appointed(who: Person, held: Sequence[tuple[Rank, str]], say: Say) -> Words:
    told = [
        say.plain("{role} in {programme}", role=rank(what, say), programme=name)
        if name
        else say.plain("{role} everywhere", role=rank(what, say))
        for what, name in held
    ]
    return say("{person}: {roles}", person=mention(who), roles=say.listing(told))


def rank(of: Rank, say: Say) -> str:
    """A coordinator's role, in a word."""
    words = {
        Rank.VIEWER: say.plain("viewer"),
        Rank.COORDINATOR: say.plain("coordinator"),
        Rank.OWNER: say.plain("owner"),
    }
    return words[of]


def now_appointed(who: Person, what: Rank, name: str, say: Say) -> Message:
    """Somebody got a role; `name` is a programme, or "" for every one."""
    if name:
        words = say("{person} is now {role} of {name}.", person=mention(who), role=rank(what, say), name=name)
    else:
        words = say("{person} is now {role} of every programme.", person=mention(who), role=rank(what, say))
    return line(words, note=say("They have not been told: a word from you is kinder."))


def now_dismissed(who: Person, say: Say) -> Message:
    """Somebody lost a role."""
    return line(say("{person} no longer has that role.", person=mention(who)))
