"""What people who are brought together have in common, as far as all of them agreed that it is named."""

from collections import Counter
from collections.abc import Callable, Sequence

from flows.matching.people import Candidate
from flows.matching.week import names

Stored = tuple[str, ...]
_TAGS: tuple[tuple[str, Callable[[Candidate], frozenset[str]]], ...] = (
    ("goals", lambda one: one.goals),
    ("interests", lambda one: one.interests),
    ("languages", lambda one: one.languages),
)
MOST = 3


def in_common(people: Sequence[Candidate]) -> tuple[Stored, ...]:
    """(kind, detail, …) of what all of them share; nothing that one of them keeps to themselves."""
    found = []
    for field, tags in _TAGS:
        if not any(field in one.private for one in people):
            shared = frozenset.intersection(*(tags(one) for one in people))
            if shared:
                found.append((f"all_{field}", *sorted(shared)[:MOST]))
    if not any("free" in one.private for one in people) and all(one.free for one in people):
        free = people[0].free
        for one in people[1:]:
            free &= one.free
        if free:
            found.append(("all_free", *names(free)))
    return tuple(found)


def brought_together_by(people: Sequence[Candidate], helpers: Sequence[Candidate]) -> tuple[Stored, ...]:
    """The skills that most of these people want to learn: with helpers, only those that one of them knows."""
    wanted = Counter(goal for one in people if "goals" not in one.private for goal in one.goals)
    if helpers:
        open_ = [one for one in helpers if not one.private & {"skills", "teaches"}]
        known = {skill for one in open_ for skill in one.skills | one.teaches}
        wanted = Counter({goal: count for goal, count in wanted.items() if goal in known})
    often = sorted((goal for goal, count in wanted.items() if count > 1), key=lambda goal: (-wanted[goal], goal))
    return (("around", *often[:MOST]),) if often else ()


def of_use_to_each_other(people: Sequence[Candidate]) -> tuple[Stored, ...]:
    """What one of them wants to learn and another can help with."""
    found = {
        skill
        for one in people
        for other in people
        if one.id != other.id and "goals" not in one.private and not other.private & {"skills", "teaches"}
        for skill in one.goals & (other.skills | other.teaches)
    }
    return (("around", *sorted(found)[:MOST]),) if found else ()


def why(around: tuple[Stored, ...], people: Sequence[Candidate]) -> tuple[Stored, ...]:
    """What brings them together, then what else all of them share."""
    said = {skill for _, *skills in around for skill in skills}
    return (*around, *(one for one in in_common(people) if one[0] != "all_goals" or not said.issuperset(one[1:])))
