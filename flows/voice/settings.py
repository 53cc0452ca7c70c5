"""When and how the bot writes to somebody, and what they offer."""

from collections.abc import Mapping, Sequence
from datetime import time

from flows.overview import Place
from flows.people import LONGEST_ADDRESS, Person, Role
from flows.voice.connecting import ask_button
from flows.voice.inputs import zones
from flows.voice.message import (
    Action,
    Button,
    Buttons,
    ChoiceField,
    DateField,
    Field,
    Form,
    Heading,
    Message,
    Note,
    NumberField,
    Option,
    Paragraph,
    TextField,
    TimeField,
    Tone,
)
from flows.voice.say import Say, flatten
from flows.voice.standing import weekdays

CAPACITY = "capacity_"
"""Before the id of the participant whose capacity a field holds."""
LONGEST_INTRODUCTION = 600
NO_COUNTRY = "none"


def dialog(
    me: Person,
    places: Sequence[Place],
    languages: Sequence[str],
    countries: Sequence[str],
    say: Say,
    *,
    asks_for_mail: bool = False,
) -> Message:
    """Everything in one form; `languages` are the tags that the pack speaks, `countries` ISO codes. `asks_for_mail`:
    partners may be on another platform, and want to write an e-mail."""
    mentors = [place for place in places if Role.MENTOR in place.participant.roles]
    language = me.locale if me.locale in languages else me.locale.replace("_", "-").split("-")[0]
    fields: list[Field] = [
        ChoiceField(
            "nudges",
            say.plain("Weekly message"),
            (Option("on", say.plain("When something is due")), Option("off", say.plain("Never"))),
            chosen="on" if me.nudges else "off",
        ),
        ChoiceField(
            "day",
            say.plain("On which day?"),
            tuple(Option(str(day), name) for day, name in weekdays(say).items() if day in me.hours.work_days),
            chosen=str(me.nudge_day if me.nudge_day in me.hours.work_days else max(me.hours.work_days)),
        ),
        TimeField("at", say.plain("At what time?"), value=me.nudge_at),
        DateField(
            "away",
            say.plain("Away until"),
            hint=say.plain("Your last day away. Nothing reaches you before it is over."),
            value=me.hours.away_until,
            optional=True,
        ),
        *(_capacity(place, len(mentors) > 1, say) for place in mentors),
        TextField(
            "introduction",
            say.plain("About me"),
            hint=say.plain("Your match and the coordinators see this."),
            value=me.introduction,
            limit=LONGEST_INTRODUCTION,
            long=True,
            optional=True,
        ),
        *(_mail(me, say) if asks_for_mail else ()),
        ChoiceField(
            "language",
            say.plain("Language in which we write to you"),
            tuple(Option(tag, say.language(tag)) for tag in languages),
            chosen=language if language in languages else languages[0],
        ),
        ChoiceField("zone", say.plain("Time zone"), zones(me.zone, say), chosen=me.zone if me.zone_known else ""),
        ChoiceField(
            "country",
            say.plain("Public holidays of"),
            (
                Option(NO_COUNTRY, say.plain("No country")),
                *sorted((Option(code, say.country(code)) for code in countries), key=lambda one: one.label),
            ),
            chosen=me.hours.country or NO_COUNTRY,
        ),
    ]
    save = Button(say.plain("Save"), Action("settings.save"), Tone.MAIN)
    return Message(
        summary=say.plain("When and how we write to you"),
        blocks=(
            Heading(say.plain("Settings")),
            Form(tuple(fields), save),
            Note(say("Only you see these, all but what is about you.")),
        ),
    )


def _mail(me: Person, say: Say) -> Sequence[Field]:
    """Whether partners elsewhere may have their address; the address itself where no directory tells it."""
    asked = ChoiceField(
        "mail",
        say.plain("My work e-mail address"),
        (Option("no", say.plain("I keep it to myself")), Option("yes", say.plain("My partners may have it"))),
        hint=say.plain("For a partner on another platform, and only if both of you agree."),
        chosen="yes" if me.shared_email else "no",
    )
    if me.known_email:
        return (asked,)
    typed = TextField(
        "address",
        say.plain("The address"),
        hint=say.plain("Only where your partners may have it."),
        value=me.shared_email,
        limit=LONGEST_ADDRESS,
        optional=True,
    )
    return (asked, typed)


def _capacity(place: Place, several: bool, say: Say) -> Field:
    if several:
        label = say.plain("Mentees at a time in {programme}", programme=place.cohort.name[:60])
    else:
        label = say.plain("Mentees at a time")
    value = str(place.participant.capacity)
    return NumberField(f"{CAPACITY}{place.participant.id}", label, value=value, least=0, most=5)


def saved(me: Person, over: Mapping[str, tuple[int, int]], say: Say, *, connects: bool = False) -> Message:
    """It is recorded. `over` maps a programme's name to (mentees now, capacity) where more are there than offered;
    `connects` where somebody may have an account in another app."""
    if me.nudges:
        day, clock = weekdays(say)[me.nudge_day], say.clock(me.nudge_at)
        told = say("**Saved.** When something is due we write on {day} at {clock}, your time.", day=day, clock=clock)
    else:
        told = say("**Saved.** No weekly message comes any more. What cannot wait, such as a new match, still does.")
    blocks = [Paragraph(told)]
    if me.hours.away_until is not None:
        day = say.day(me.hours.away_until)
        blocks.append(Paragraph(say("Nothing reaches you until {day} is over.", day=day)))
    if me.mail:
        blocks.append(
            Paragraph(say("A partner on another platform sees {address} if they agree, too.", address=me.mail))
        )
    for programme, (load, capacity) in over.items():
        blocks.append(
            Paragraph(
                say.many(
                    load,
                    "In {programme} you keep your {n} mentee. Nobody new is given to you while you offer {capacity}.",
                    "In {programme} you keep your {n} mentees. Nobody new is given to you while you offer {capacity}.",
                    programme=programme,
                    capacity=str(capacity),
                )
            )
        )
    again = Button(say.plain("Change settings"), Action("settings.open"))
    return Message(summary=flatten(told), blocks=(*blocks, Buttons((again, *((ask_button(say),) if connects else ())))))


def bad_time(earliest: time, latest: time, say: Say) -> str:
    """No message goes at that hour: `earliest` still fits, `latest` no longer does."""
    return say.plain(
        "A time from {earliest} on and before {latest} fits: we write in your working hours only.",
        earliest=say.clock(earliest),
        latest=say.clock(latest),
    )


def no_date(say: Say) -> str:
    """Not a day."""
    return say.plain("A day from the calendar fits here.")


def bad_capacity(say: Say) -> str:
    """Not a capacity."""
    return say.plain("A number from 0 to 5 fits here, such as 2.")


def too_long(length: int, say: Say) -> str:
    """The introduction is too long."""
    return say.plain(
        "That is {length} characters, and {limit} fit here. The first few sentences are enough.",
        length=str(length),
        limit=str(LONGEST_INTRODUCTION),
    )


def choose(say: Say) -> str:
    """Not one of the options."""
    return say.plain("Please choose from the list.")


def bad_address(say: Say) -> str:
    """Not an address."""
    return say.plain("Your address at work fits here, such as name@company.com.")
