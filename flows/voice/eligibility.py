"""Whom a programme is for: the coordinator's dialog, its lines in the programme, and a polite word to others."""

from collections.abc import Sequence

from flows.eligibility import Rule, key_of
from flows.facts import LEVELS
from flows.programme import Cohort
from flows.suppression import in_fives
from flows.voice.message import (
    Action,
    Button,
    ChoicesField,
    Field,
    Form,
    Heading,
    Message,
    Note,
    NumberField,
    Option,
    Paragraph,
    Tone,
)
from flows.voice.say import Say, flatten

MOST_OPTIONS = 100
LONGEST_OPTION = 75
MOST_MONTHS = 600


def form(programme: str, rule: Rule, departments: Sequence[str], sites: Sequence[str], say: Say) -> Message:
    """The dialog; `departments` and `sites` are those that are known. What is left empty asks for nothing."""
    some: list[Field] = []
    if departments:
        options, chosen = _options(departments), tuple(map(key_of, rule.departments))
        some.append(ChoicesField("departments", say.plain("Departments"), options, chosen=chosen, optional=True))
    if sites:
        options, chosen = _options(sites), tuple(map(key_of, rule.sites))
        some.append(ChoicesField("sites", say.plain("Sites"), options, chosen=chosen, optional=True))
    fields = (
        *some,
        _number("level_from", say.plain("Level, from"), rule.level_from, LEVELS[-1], least=LEVELS[0]),
        _number("level_to", say.plain("Level, up to"), rule.level_to, LEVELS[-1], least=LEVELS[0]),
        _number("months_from", say.plain("Months since they started, from"), rule.months_from, MOST_MONTHS),
        _number("months_to", say.plain("Months since they started, up to"), rule.months_to, MOST_MONTHS),
    )
    save = Button(say.plain("Save"), Action("programme.keep_open_to", {"programme": programme}), Tone.MAIN)
    return Message(
        summary=say.plain("Who may join a programme."),
        blocks=(
            Heading(say.plain("Who may join")),
            Form(fields, save),
            Note(
                say(
                    "All that you fill in must hold. Fill in nothing and everybody may join. Whoever has joined stays. "
                    "Somebody of whom nothing is known cannot join while there is a rule."
                )
            ),
        ),
    )


def _options(names: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(key_of(name), name[:LONGEST_OPTION]) for name in names[:MOST_OPTIONS])


def _number(name: str, label: str, value: int | None, most: int, *, least: int = 0) -> NumberField:
    return NumberField(name, label, value="" if value is None else str(value), least=least, most=most, optional=True)


def out_of_bounds(least: int, most: int, say: Say) -> str:
    """What would fit."""
    return say.plain("A whole number from {least} to {most}, or nothing.", least=str(least), most=str(most))


def upside_down(say: Say) -> str:
    """The upper bound is the lower one."""
    return say.plain("It cannot be less than where it begins.")


def lines(rule: Rule, covered: int, known: int, say: Say) -> tuple[tuple[str, str], ...]:
    """For the programme's page: the rule, and in fives how many of the `known` people it covers: two rules, one after
    the other, could be subtracted."""
    if rule.is_empty:
        return ((say.plain("Open to"), say.plain("everybody")),)
    rows = [
        (say.plain("Open to departments"), say.either(rule.departments)),
        (say.plain("Open to sites"), say.either(rule.sites)),
        (say.plain("Open to levels"), _between(rule.level_from, rule.level_to, say)),
        (say.plain("Working here for"), _months(rule.months_from, rule.months_to, say)),
    ]
    told = say.plain("fewer than five people whom I know")
    if fives := in_fives(covered, known):
        told = say.plain("at least {fives} of the {known} people whom I know", fives=str(fives), known=str(known))
    return (*((name, value) for name, value in rows if value), (say.plain("That covers"), told))


def _between(least: int | None, most: int | None, say: Say) -> str:
    if least is None and most is None:
        return ""
    if most is None:
        return say.plain("from {least}", least=str(least))
    if least is None:
        return say.plain("up to {most}", most=str(most))
    return say.plain("{least} to {most}", least=str(least), most=str(most))


def _months(least: int | None, most: int | None, say: Say) -> str:
    if least is None and most is None:
        return ""
    if most is None:
        return say.plain_many(least or 0, "at least {n} month", "at least {n} months")
    if least is None:
        return say.plain_many(most, "at most {n} month", "at most {n} months")
    return say.plain("{least} to {most} months", least=str(least), most=str(most))


def not_for_you(cohort: Cohort, asked: str, say: Say) -> Message:
    """To whom the programme is not meant: no word on why. `asked` is who runs it, "" where nobody is known."""
    if asked:
        told = say(
            "**{programme}** is for a group of people that you are not listed in. {name} runs it and can tell "
            "you more.",
            programme=cohort.name,
            name=asked,
        )
    else:
        told = say(
            "**{programme}** is for a group of people that you are not listed in. Whoever runs mentoring here can tell "
            "you more.",
            programme=cohort.name,
        )
    return Message(summary=flatten(told), blocks=(Paragraph(told), Note(say("Only you see this."))))
