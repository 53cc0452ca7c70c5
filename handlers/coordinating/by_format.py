"""Which handler a verb of matching has: some formats propose pairs, the others gatherings."""

from handlers.coordinating.desk import Act, Done, chosen, here
from handlers.coordinating.naming import expect, typed
from handlers.turn import Turn


def by_format(verb: str, pairs: Act, gatherings: Act, *, behind: int = 0, people: int = 0) -> Act:
    """The act for the format of the cohort that is meant; its name stands behind so many numbers, or people."""

    def act(turn: Turn) -> Done:
        which = turn.action.args.get("cohort")
        line = typed(turn)
        # Where people are named there is no number, and where a number would do, a comma tells that people are meant.
        if people and not which and (not behind or line.people or "," in line.words):
            expect(turn, line, many=people)
        name = line.words if line.people else " ".join(line.words.split()[behind:])
        cohort = here(turn, verb, which) if which else chosen(turn, verb, name)
        return (pairs if cohort.format.paired else gatherings)(turn)

    return act
