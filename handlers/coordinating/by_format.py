"""Which handler a verb of matching has: some formats propose pairs, the others gatherings."""

from handlers.coordinating.desk import Act, Done, chosen, here, typed
from handlers.turn import Turn


def by_format(verb: str, pairs: Act, gatherings: Act, *, behind: int = 0) -> Act:
    """The act for the format of the cohort that is meant; its name stands behind so many other words."""

    def act(turn: Turn) -> Done:
        which = turn.action.args.get("cohort")
        name = (*typed(turn).words.split(maxsplit=behind), *[""] * (behind + 1))[behind]
        cohort = here(turn, verb, which) if which else chosen(turn, verb, name)
        return (pairs if cohort.format.paired else gatherings)(turn)

    return act
