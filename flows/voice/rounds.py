"""What coordinators read of a round: the draft, its changes, and what publishing would send."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from flows.matching.drafting.drafted import Draft
from flows.matching.editing.difference import Difference
from flows.matching.rules import Aim
from flows.people import Person
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import drafts
from flows.voice.coordinating import today_or
from flows.voice.drafts import MOST_LEFT, Proposed
from flows.voice.fit import at_most, fit
from flows.voice.limits import limit_word
from flows.voice.message import Action, Bullets, Button, Buttons, Message, Note, Paragraph, Plain, Words
from flows.voice.people import mention
from flows.voice.say import Say, flatten, in_a_row

MOST_PAIRS = 40
"""In one message."""


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
    lost: int = 0,
    behind: int = 0,
) -> Message:
    """The draft: counts, pairs from the first that is given, who is left over and why. Nobody else has heard of it.
    `decided` are locks that are no pair of it, `changes` what is other than in the draft before, `shortage` says what
    the unmatched lack all together; `skips`: so many have said that they skip this round; `lost`: so many pairs no
    longer hold; `behind`: so many pairs follow those that are given."""
    opening = say.many(
        round_.draft.totals.matched,
        "Draft {number} for {name}: {n} pair. Nobody has heard of it yet.",
        "Draft {number} for {name}: {n} pairs. Nobody has heard of them yet.",
        number=str(round_.number),
        name=name,
    )
    more = Action("match.more", {"round": round_.id, "cohort": round_.cohort})
    return Message(
        summary=flatten(opening),
        blocks=(
            *drafts.opened(round_.number, opening, (*_counts(round_, say), *_quality(round_, say)), say),
            *((Paragraph(changed(changes, say)),) if changes else ()),
            *((Paragraph(_lost(lost, say)),) if lost else ()),
            *((Bullets(tuple(decided[:MOST_LEFT])),) if decided else ()),
            *drafts.not_shown(len(decided) - MOST_LEFT, say),
            *drafts.listed(pairs, more, say, most=MOST_PAIRS, behind=behind),
            *drafts.left(say("**Not matched yet**"), waiting, len(round_.draft.unmatched), say),
            *((Bullets(tuple(shortage)),) if shortage else ()),
            *_idle(idle, say),
            *((Note(say.many(skips, "{n} person skips this round.", "{n} people skip this round.")),) if skips else ()),
            Buttons((_by_group(round_, say),)),
            Note(_ways(pairs, say)),
        ),
    )


def _counts(round_: Round, say: Say) -> Iterator[tuple[str, Words]]:
    """People first: how many have somebody, and how much room there is."""
    totals = round_.draft.totals
    yield (
        say.plain("Mentees with a mentor"),
        say("{matched} of {all}", matched=str(totals.matched), all=str(totals.mentees)),
    )
    yield say.plain("Mentors"), say("{n}", n=str(totals.mentors))
    yield say.plain("Places they offer"), say("{n}", n=str(totals.places))


def _ways(pairs: Sequence[Proposed], say: Say) -> Words:
    """What can be done next, with numbers that this draft has."""
    publish = "/mentor-admin match publish"
    if not pairs:
        return say("{publish} shows what would be sent.", publish=publish)
    lock = f"/mentor-admin match lock {pairs[0].number}"
    if len(pairs) == 1:
        return say("{lock} keeps the pair, {publish} shows what would be sent.", lock=lock, publish=publish)
    return say(
        "{lock} keeps a pair, {swap} shows what an exchange of two mentors costs, {publish} shows what would be sent.",
        lock=lock,
        swap=f"/mentor-admin match swap {pairs[0].number} {pairs[1].number}",
        publish=publish,
    )


def changed(changes: Difference, say: Say) -> Words:
    """What is other than in the draft before, in one line."""
    return say(
        "Compared with the draft before: {same} unchanged, {moved} with another mentor, {gained} newly matched, "
        "{lost} no longer matched.",
        same=str(changes.same),
        moved=str(len(changes.moved)),
        gained=str(len(changes.gained)),
        lost=str(len(changes.lost)),
    )


def _lost(n: int, say: Say) -> Words:
    """Something has changed since the draft. Which pairs, and as much as may be told of why, the dry run of publishing
    says."""
    return say.many(
        n,
        "Something has changed since: {n} of these pairs no longer holds. {publish} names it, a new draft looks again.",
        "Something has changed since: {n} of these pairs no longer hold. {publish} names them, a new draft looks "
        "again.",
        publish="/mentor-admin match publish",
    )


def _quality(round_: Round, say: Say) -> Iterator[tuple[str, Words]]:
    """How good the draft is, how sure that is, and who has how many."""
    draft = round_.draft
    scores = [pair.score for pair in draft.pairs]
    if scores:
        both = {"mean": fit(sum(scores) // len(scores)), "lowest": fit(min(scores))}
        yield say.plain("Fit"), say("{mean} % on average, {lowest} % the lowest", **both)
        load = Counter(Counter(pair.mentor for pair in draft.pairs).values())
        # One mentee each is what everybody expects: only more of them is worth a line.
        if any(count > 1 for count in load):
            yield from ((mentors_with(count, say), say("{n}", n=str(load[count]))) for count in sorted(load))
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
    for_fit = draft.record.aim is Aim.BEST_FIT
    if proof.proved and for_fit:
        return say(
            "No better draft exists for the best fit, and that is proved; a draft for most people may match more."
        )
    if proof.proved:
        return say("No better draft exists; that is proved.")
    percent = say.number(at_most(proof.gap, proof.value))
    if for_fit:
        return say(
            "The time was up. The best draft for the best fit is at most {percent} % better than this one.",
            percent=percent,
        )
    return say("The time was up. The best draft is at most {percent} % better than this one.", percent=percent)


def mentors_with(mentees: int, say: Say) -> str:
    """What a count of mentors is of."""
    return say.plain_many(mentees, "Mentors with {n} mentee", "Mentors with {n} mentees")


def _by_group(round_: Round, say: Say) -> Button:
    args = {"cohort": round_.cohort, "round": round_.id}
    return Button(say.plain("Who is served, by group"), Action("match.groups", args))


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


def proposed(
    number: int, mentee: Person, mentor: Person, score: int, decided: Words, reasons: Sequence[Words], say: Say
) -> Proposed:
    """A pair in a line; `decided` says who locked it, `reasons` speak of both from outside."""
    headed = say(
        "**{number}.** {mentee} with {mentor}, fit {fit} %.",
        number=str(number),
        mentee=mention(mentee),
        mentor=mention(mentor),
        fit=fit(score),
    )
    return Proposed(number, in_a_row(headed, decided, *reasons))


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
        *(((say.plain("People who hear that there is nobody yet"), say("{n}", n=str(waiting))),) if waiting else ()),
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
    told = [one for one, how_many in ((first, introductions), (second, waiting)) if how_many]
    return Message(
        summary=flatten(in_a_row(*told)),
        blocks=(
            *(Paragraph(one) for one in told),
            *((Bullets(tuple(left)),) if left else ()),
            Note(say("Everybody reads it in their own working hours. Next round: {day}.", day=say.day(next_round)))
            if next_round
            else Note(say("Everybody reads it in their own working hours. The next round has no date yet.")),
        ),
    )
