"""Which handler a verb of matching has: some formats propose pairs, the others gatherings."""

from handlers.coordinating.desk import Act, Done, chosen, here, is_no_programme
from handlers.coordinating.line import Line
from handlers.coordinating.naming import expect, typed
from handlers.turn import Turn


def by_format(verb: str, pairs: Act, gatherings: Act, *, behind: int = 0, people: int = 0) -> Act:
    """The act for the format of the cohort that is meant; its name stands behind so many numbers, or people. One number
    too many is for the act to answer."""

    def act(turn: Turn) -> Done:
        which = turn.action.args.get("cohort")
        line = typed(turn)
        numbered = _is_numbered(line, behind)
        if people and not which and not numbered:
            expect(turn, line, many=people)
        name = " ".join(line.words.split()[behind:]) if numbered else line.words
        if numbered and is_no_programme(turn, verb, name):
            name = ""
        cohort = here(turn, verb, which) if which else chosen(turn, verb, name)
        return (pairs if cohort.format.paired else gatherings)(turn)

    return act


def _is_numbered(line: Line, behind: int) -> bool:
    """Whether so many numbers are meant, and not people: a full name has more words than one, and two have a comma."""
    parts = line.words.split()
    return bool(behind) and not line.people and "," not in line.words and (len(parts) <= behind or parts[0].isdecimal())
