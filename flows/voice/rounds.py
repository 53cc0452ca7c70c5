"""What coordinators read of a round: the draft, its changes, and what publishing would send."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.matching.drafting.drafted import Draft
from flows.matching.editing.difference import Difference
from flows.matching.rules import Aim, Limit
from flows.people import Person
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice.coordinating import LONGEST, fitting, mention, today_or
from flows.voice.message import (
    Action,
    Block,
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Note,
    Paragraph,
    Plain,
    Words,
)
from flows.voice.say import Say, flatten

MOST_PAIRS = 40
"""In one message."""
MOST_LEFT = 10
"""Unmatched people in one message."""
FULL = 10_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """A pair as a coordinator reads it; `reasons` speak of both from outside."""

    number: int
    mentee: Person
    mentor: Person
    score: int
    decided: Words
    """Who locked it and when; empty for a pair that is free."""
    reasons: tuple[Words, ...]


def drafted(
    round_: Round,
    name: str,
    pairs: Sequence[Proposed],
    waiting: Sequence[Words],
    idle: Sequence[Person],
    decided: Sequence[Words],
    say: Say,
    *,
    skips: int = 0,
    changes: Difference | None = None,
    shortage: Sequence[Words] = (),
) -> Message:
    """The draft: counts, pairs from the first that is given, who is left over and why. Nobody else has heard of it.
    `decided` are locks that are no pair of it, `changes` what is other than in the draft before, `shortage` says what
    the unmatched lack all together; `skips`: so many have said that they skip this round."""
    totals = round_.draft.totals
    shown = fitting([_proposed(one, say) for one in pairs[:MOST_PAIRS]], most=MOST_PAIRS, longest=LONGEST)
    opening = say.many(
        totals.matched,
        "Round {number} of {name}: {n} pair. Nobody has heard of it yet.",
        "Round {number} of {name}: {n} pairs. Nobody has heard of them yet.",
        number=str(round_.number),
        name=name,
    )
    facts: tuple[tuple[str, Words], ...] = (
        (
            say.plain("Mentees"),
            say("{matched} of {all} have a mentor", matched=str(totals.matched), all=str(totals.mentees)),
        ),
        (
            say.plain("Mentors"),
            say("{mentors} with {places} places", mentors=str(totals.mentors), places=str(totals.places)),
        ),
        *_quality(round_, say),
    )
    return Message(
        summary=flatten(opening),
        blocks=(
            Heading(say.plain("Matching, round {number}", number=str(round_.number))),
            Paragraph(opening),
            Facts(facts),
            *((Paragraph(changed(changes, say)),) if changes else ()),
            *((Bullets(tuple(decided[:MOST_LEFT])),) if decided else ()),
            *_left_out(len(decided) - MOST_LEFT, say),
            *((Bullets(shown),) if shown else ()),
            *_more(len(pairs) - len(shown), round_, pairs[0].number + len(shown) if pairs else 0, say),
            *((Paragraph(say("**Not matched yet**")), Bullets(tuple(waiting[:MOST_LEFT]))) if waiting else ()),
            *_left_out(len(round_.draft.unmatched) - MOST_LEFT, say),
            *((Bullets(tuple(shortage)),) if shortage else ()),
            *_idle(idle, say),
            *((Note(say.many(skips, "{n} person skips this round.", "{n} people skip this round.")),) if skips else ()),
            Buttons((_by_group(round_, say),)),
            Note(
                say(
                    "{lock} keeps a pair, {swap} shows what an exchange of two mentors costs, {publish} shows what "
                    "would be sent.",
                    lock="/mentor-admin match lock 3",
                    swap="/mentor-admin match swap 3 5",
                    publish="/mentor-admin match publish",
                )
            ),
        ),
    )


def changed(changes: Difference, say: Say) -> Words:
    """What is other than in the draft before, in one line."""
    return say(
        "Against the draft before: {same} the same, {moved} moved, {gained} newly matched, {lost} newly without.",
        same=str(changes.same),
        moved=str(len(changes.moved)),
        gained=str(len(changes.gained)),
        lost=str(len(changes.lost)),
    )


def _quality(round_: Round, say: Say) -> Iterator[tuple[str, Words]]:
    """How good the draft is, how sure that is, and who has how many."""
    draft = round_.draft
    scores = [pair.score for pair in draft.pairs]
    if scores:
        fit = {"mean": of_100(sum(scores) // len(scores)), "lowest": of_100(min(scores))}
        yield say.plain("Fit"), say("{mean} of 100 on average, {lowest} the lowest", **fit)
        load = Counter(Counter(pair.mentor for pair in draft.pairs).values())
        # One mentee each is what everybody expects: only more of them is worth a line.
        if any(count > 1 for count in load):
            each = [say.plain_many(load[count], "{n} mentor has {count}", "{n} mentors have {count}", count=str(count))
                    for count in sorted(load)]  # fmt: skip
            yield say.plain("Load"), (Plain(say.listing(each)),)
    sure = _sure(draft, say)
    if round_.edited:
        sure = say("Changed by hand since it was found. Draft again to see the best one with your locks.")
    yield say.plain("How sure"), sure


def _sure(draft: Draft, say: Say) -> Words:
    proof = draft.proof
    if draft.record.aim is Aim.STABLE:
        return say(
            "Stable: no two of them would rather have each other. It may match fewer people than a draft for as many "
            "as can be, and short lists risk no match."
        )
    if proof.proved:
        return say("No better draft exists; that is proved.")
    percent = f"{100 * proof.gap / proof.value:.1f}" if proof.value > 0 else "0.0"
    return say("The time was up. A better draft could gain {percent} % at most.", percent=percent)


def of_100(points: int) -> str:
    """A score, as coordinators read it."""
    return str(round(points * 100 / FULL))


def _by_group(round_: Round, say: Say) -> Button:
    args = {"cohort": round_.cohort, "round": round_.id}
    return Button(say.plain("Who is served, by group"), Action("match.groups", args))


def _more(left: int, round_: Round, start: int, say: Say) -> tuple[Block, ...]:
    """How many pairs are not shown, and the button that shows them."""
    if left <= 0:
        return ()
    action = Action("match.more", {"round": round_.id, "cohort": round_.cohort, "from": str(start)})
    return (*_left_out(left, say), Buttons((Button(say.plain("Show the next pairs"), action),)))


def _left_out(n: int, say: Say) -> tuple[Note, ...]:
    if n <= 0:
        return ()
    return (Note(say.many(n, "{n} more is not shown here.", "{n} more are not shown here.")),)


def _idle(idle: Sequence[Person], say: Say) -> tuple[Paragraph, ...]:
    if not idle:
        return ()
    names = say.listing([one.name for one in idle[:MOST_LEFT]])
    more = len(idle) - MOST_LEFT
    if more > 0:
        return (
            Paragraph(
                say.many(
                    more,
                    "Mentors with nobody: {names} and {n} more.",
                    "Mentors with nobody: {names} and {n} more.",
                    names=names,
                )
            ),
        )
    return (Paragraph(say("Mentors with nobody: {names}.", names=names)),)


def _proposed(one: Proposed, say: Say) -> Words:
    why: Words = tuple(span for words in one.reasons for span in (*words, *say(" ")))
    return say(
        "**{number}.** {mentee} with {mentor}, {score} of 100.{locked} {why}",
        number=str(one.number),
        mentee=mention(one.mentee),
        mentor=mention(one.mentor),
        score=str(round(one.score * 100 / FULL)),
        locked=one.decided,
        why=why,
    )


def limit_word(limit: str, say: Say) -> str:
    """A hard limit, in a few words. A pause is told in the words for two who are kept apart: whoever reads them cannot
    say that it was that."""
    wordings = {
        Limit.ONESELF: say.plain("being the same person"),
        Limit.CAPACITY: say.plain("no free place"),
        Limit.AWAY: say.plain("one of them is not available"),
        Limit.LANGUAGE: say.plain("no common language"),
        Limit.TIME: say.plain("no common free time"),
        Limit.SENIORITY: say.plain("the distance between their levels"),
        Limit.OFFICE: say.plain("meeting in person in different places"),
        Limit.MANAGER: say.plain("a reporting line between them"),
        Limit.BLOCKED: say.plain("one of them is not available"),
        Limit.MET: say.plain("an earlier match"),
        Limit.ZONE: say.plain("the gap between their clocks"),
    }
    return wordings[Limit(limit)]


def taken_out(mentee: Person, mentor: Person, refusal: Refusal, say: Say) -> Words:
    """A pair that may no longer be published, and why."""
    limit = refusal.details.get("limit", "")
    if limit:
        return say(
            "{mentee} with {mentor} was taken out: {limit}.",
            mentee=mention(mentee),
            mentor=mention(mentor),
            limit=limit_word(limit, say),
        )
    if refusal.key == "round.no_place":
        return say(
            "{mentee} with {mentor} was taken out: no free place.", mentee=mention(mentee), mentor=mention(mentor)
        )
    return say(
        "{mentee} with {mentor} was taken out: one of them is pausing, has left or has a match.",
        mentee=mention(mentee),
        mentor=mention(mentor),
    )


def would_publish(pairs: int, name: str, say: Say, *, proposed: bool = False) -> Words:
    """The first line of the dry run of `match publish`; `proposed`: both sides are asked first."""
    if proposed:
        return say.many(
            pairs,
            "This proposes {n} pair in **{name}**. Nothing begins before both have said yes.",
            "This proposes {n} pairs in **{name}**. Nothing begins before both have said yes.",
            name=name,
        )
    return say.many(
        pairs,
        "This starts {n} match in **{name}**.",
        "This starts {n} matches in **{name}**.",
        name=name,
    )


def counts(
    pairs: int, waiting: int, next_round: date | None, say: Say, *, shared: int, proposed: bool = False
) -> tuple[tuple[str, Words], ...]:
    """What publishing sends. `shared`: for how many of the pairs a chat is opened; the others get links, or write
    through the bot."""
    return (
        (
            say.plain("Questions to both sides") if proposed else say.plain("Introductions"),
            say("{n}", n=str(2 * pairs)),
        ),
        *(((say.plain("Shared chats opened"), say("{n}", n=str(shared))),) if shared else ()),
        (say.plain("People who hear that there is nobody yet"), say("{n}", n=str(waiting))),
        (say.plain("Next round"), (Plain(today_or(next_round, say)),)),
    )


def joined_since(n: int, say: Say) -> Words:
    """Who came after the draft is not in it."""
    return say.many(
        n,
        "{n} person has joined since the draft and is not in it. A new draft has them.",
        "{n} people have joined since the draft and are not in it. A new draft has them.",
    )


def changed_meanwhile(say: Say) -> Words:
    """Somebody paused or left between the dry run and its confirmation."""
    return say("Something has changed since you were shown this, so nothing was sent. Please look again.")


def published(
    introductions: int,
    waiting: int,
    left: Sequence[Words],
    next_round: date | None,
    say: Say,
    *,
    proposed: bool = False,
) -> Message:
    """The round is published; `left` says in words who hears nothing; `proposed`: both sides are asked first."""
    first = say.many(introductions, "{n} introduction is on its way.", "{n} introductions are on their way.")
    if proposed:
        first = say.many(introductions, "{n} person is asked for a yes.", "{n} people are asked for a yes.")
    second = say.many(
        waiting,
        "{n} person hears that there is nobody yet.",
        "{n} people hear that there is nobody yet.",
    )
    return Message(
        summary=flatten(first) + " " + flatten(second),
        blocks=(
            Paragraph(first),
            Paragraph(second),
            *((Bullets(tuple(left)),) if left else ()),
            Note(say("Everybody reads it in their own working hours. Next round: {day}.", day=say.day(next_round)))
            if next_round
            else Note(say("Everybody reads it in their own working hours. The next round has no date yet.")),
        ),
    )
