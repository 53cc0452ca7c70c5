"""What is said to the two people of a match: the introduction, a first conversation, and a neutral end."""

from collections.abc import Sequence

from flows.match import Match
from flows.people import Person, Role
from flows.space import Between, Way
from flows.voice import spaces
from flows.voice.calm import calm, line
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    Facts,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Quote,
    Tone,
    Words,
)
from flows.voice.people import mention
from flows.voice.say import Say, flatten

IN_A_SHARED_CHAT = Between(Way.SHARED)


def introduction(
    match: Match,
    role: Role,
    partner: Person,
    reasons: Sequence[Words],
    say: Say,
    *,
    between: Between = IN_A_SHARED_CHAT,
    greeted: bool = False,
    late: bool = False,
) -> Message:
    """You and this person are matched, and why; the reader holds `role`. `between`: how they reach each other;
    `greeted`: they have said hello already; `late`: parts of the plan no longer fit.

    For two who write through the bot it is their card, too: it changes in place with all that both see of their match.
    """
    mentee = role is Role.MENTEE
    relayed = between.way is Way.RELAY
    opening = say("**You and {partner} are matched.**", partner=partner.name)
    if relayed:
        step = say("You two use different chats. Write to {name} here: I carry it over.", name=partner.first_name)
    elif greeted and not match.is_guided:
        step = say("You said hello. The rest is yours: I leave you in peace.")
    elif greeted:
        step = say("You said hello. I come back when it is time for your first talk.")
    elif mentee:
        step = say("Next: say hello. Here are five ways to start.")
    else:
        step = say("Next: say hello. A first line from you makes it easy.")
    args = {"match": match.id}
    hello = Button(say.plain("Say hello"), Action("match.hello", args), Tone.MAIN)
    write = spaces.write_button(match.id, partner, say, Tone.PLAIN if greeted else Tone.MAIN)
    starters = Button(say.plain("See starters"), Action("match.starters", args))
    about = Button(say.plain("About {name}", name=partner.first_name), Action("match.about", args))
    expect = Button(
        say.plain("Say what I expect"),
        Action("activity.open", {"match": match.id, "number": "0", "kind": "expectations"}),
    )
    return Message(
        summary=say.plain("You and {partner} are matched.", partner=partner.name),
        blocks=(
            Paragraph(opening),
            Bullets(tuple(reasons)),
            Paragraph(step),
            *spaces.space(partner, between, say),
            *((Note(say("You begin late, so some parts are left out.")),) if late else ()),
            Buttons(
                (
                    *((write,) if relayed else () if greeted else (hello,)),
                    *((starters,) if mentee else ()),
                    about,
                    *((expect,) if match.is_guided else ()),
                    Button(say.plain("This is not a fit"), Action("match.not_a_fit", args)),
                )
            ),
        ),
    )


def over(partner: Person, say: Say) -> Message:
    """What stays of an introduction that was the card of a match: nothing on it can be pressed any more."""
    return line(say("You and {partner} were matched. This match has ended.", partner=partner.name))


def introductions(partners: Sequence[tuple[Match, Person]], say: Say, *, mentors: bool = False) -> Message:
    """Several partners at once, in one message: a line and a button each opens the introduction to one. `mentors`: that
    is what they are to the reader."""
    count = len(partners)
    if mentors:
        opening = say.many(count, "**You have {n} new mentor.**", "**You have {n} new mentors.**")
    else:
        opening = say.many(count, "**You have {n} new mentee.**", "**You have {n} new mentees.**")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            *(
                Line(
                    say("**{partner}**", partner=partner.name),
                    Button(
                        say.plain("Meet {name}", name=partner.first_name), Action("match.meet", {"match": match.id})
                    ),
                )
                for match, partner in partners
            ),
            Paragraph(say("Say hello to each when it suits you. There is no hurry.")),
            Buttons((Button(say.plain("See where I stand"), Action("standing.status")),)),
        ),
    )


def starters(questions: Sequence[str], partner: Person, say: Say) -> Message:
    """Five ways into a first conversation."""
    opening = say("Five ways to start with {name}. One is enough.", name=partner.first_name)
    return Message(
        summary=flatten(opening),
        blocks=(Paragraph(opening), Bullets(tuple((Plain(say.text(question)),) for question in questions))),
    )


def about(partner: Person, role: Role, answers: Sequence[tuple[str, Words]], say: Say) -> Message:
    """What the partner lets the reader see; for a mentor (`role`) this is the card to read before the first talk."""
    if role is Role.MENTOR:
        opening = say("**{partner}**, before your first talk.", partner=partner.name)
    else:
        opening = say("**{partner}**, in their own words.", partner=partner.name)
    return Message(
        summary=say.plain("About {partner}.", partner=partner.name),
        blocks=(
            Paragraph(opening),
            *((Paragraph((Plain(partner.title),)),) if partner.title else ()),
            *((Quote((Plain(partner.introduction),)),) if partner.introduction else ()),
            *((Facts(tuple(answers)),) if answers else ()),
            Note(say("{name} shows this to their matches. Coordinators see it too.", name=partner.first_name)),
        ),
    )


def not_a_fit(match: Match, partner: Person, say: Say) -> Message:
    """What each way does, before it is pressed."""
    args = {"match": match.id}
    opening = say(
        "Not every match fits, and nobody is to blame. Nothing has been sent to {name}.", name=partner.first_name
    )
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(
                say(
                    "If you end it, {name} reads that the match has ended, without a reason and without who asked. "
                    "You both stay in the programme, and the next round looks for somebody else.",
                    name=partner.first_name,
                )
            ),
            Buttons(
                (
                    Button(say.plain("Give it a first talk"), Action("match.keep", args), Tone.MAIN),
                    Button(say.plain("End this match"), Action("match.end", args), Tone.GRAVE),
                    Button(say.plain("Leave it as it is"), Action("match.keep", args)),
                )
            ),
        ),
    )


def kept(partner: Person, say: Say) -> Message:
    """Nothing changed."""
    return line(say("You and {name} stay matched. Nothing has been sent.", name=partner.first_name))


def you_ended(partner: Person, say: Say) -> Message:
    """To the one who ended the match."""
    return line(
        say("Your match with {name} has ended. Nobody was told why.", name=partner.name),
        note=say(
            "You stay in the programme, and the next round looks for somebody else. {word} stops that.",
            word="/mentor pause",
        ),
    )


def ended(partner: Person, say: Say) -> Message:
    """To the other side, or to both when a coordinator ended it: no reason, no sides."""
    opening = say("**Your match with {name} has ended.**", name=partner.name)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(say("Thank you for the time you gave it. Your notes and goals stay yours.")),
            Paragraph(say("You stay in the programme. The next round looks for somebody else for you.")),
            calm(say),
        ),
    )


def noted(say: Say) -> Message:
    """After a tap on a message that asked for nothing."""
    return line(say("Noted. {word} shows where you stand.", word="/mentor status"))


def would_pair(mentor: Person, mentee: Person, way: Way, say: Say) -> Words:
    """The first line of the dry run of `pair`."""
    if way is not Way.SHARED:
        return say(
            "This introduces {mentor} as mentor and {mentee} as mentee: one message each.",
            mentor=mention(mentor),
            mentee=mention(mentee),
        )
    return say(
        "This introduces {mentor} as mentor and {mentee} as mentee: one message each, and a chat that they share.",
        mentor=mention(mentor),
        mentee=mention(mentee),
    )


def capacity(free: int, offered: int, say: Say) -> tuple[tuple[str, Words], ...]:
    """The mentor's places before this."""
    return ((say.plain("Places of the mentor"), say("{free} free of {offered}", free=str(free), offered=str(offered))),)


def met_before(say: Say) -> Words:
    """They had a match once."""
    return say("They were matched before. Ask both whether they want to go on.")


def paired(mentor: Person, mentee: Person, say: Say) -> Message:
    """They are being introduced."""
    return line(say("{mentor} and {mentee} are being introduced.", mentor=mention(mentor), mentee=mention(mentee)))


def both_agree_first(say: Say) -> Words:
    """In a programme with wishes."""
    return say("First both are asked, each alone. The match begins when both have said yes.")


def proposed(mentor: Person, mentee: Person, say: Say) -> Message:
    """Both are asked first."""
    return line(
        say("{mentor} and {mentee} are being asked, each alone.", mentor=mention(mentor), mentee=mention(mentee)),
        note=say("Their match begins when both have said yes, within three working days."),
    )


def would_unpair(one: Person, other: Person, say: Say) -> Words:
    """The first line of the dry run of `unpair`."""
    return say(
        "This ends the match of {one} and {other}. Both read these words, without a reason:",
        one=mention(one),
        other=mention(other),
    )


def unpaired(one: Person, other: Person, say: Say) -> Message:
    """Their match is over."""
    return line(say("The match of {one} and {other} has ended.", one=mention(one), other=mention(other)))
