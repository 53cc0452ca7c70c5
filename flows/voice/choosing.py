"""Who chooses in a programme, and what a mentee reads who names mentors."""

from flows.programme import Choice
from flows.voice.message import ChoiceField, Option
from flows.voice.say import Say


def choice_word(choice: Choice, say: Say) -> str:
    """Who chooses, in a few words."""
    words = {
        Choice.DRAFT: say.plain("Your draft decides"),
        Choice.WISHES: say.plain("Your draft decides, with wishes"),
        Choice.ASK: say.plain("Mentees ask mentors"),
    }
    return words[choice]


def choice_field(chosen: Choice, say: Say) -> ChoiceField:
    """The question of a programme's dialog."""
    notes = {
        Choice.DRAFT: say.plain("You look at every pair first."),
        Choice.WISHES: say.plain("Mentees name up to three. Both agree first."),
        Choice.ASK: say.plain("One after the other. Who is left is drafted."),
    }
    return ChoiceField(
        "choice",
        say.plain("Who chooses?"),
        tuple(Option(one, choice_word(one, say), notes[one]) for one in Choice),
        hint=say.plain("Short lists find fewer people. The draft finds a mentor for as many as can be."),
        chosen=chosen,
    )
