"""Examples of what is said of a round."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.matching.drafting.drafted import Draft, Proof, Record, Shortage, Totals
from flows.matching.drafting.fairness import Group, Groups, Hidden
from flows.matching.drafting.recruiting import Wanted
from flows.matching.editing.difference import Difference, Moved
from flows.matching.pairs import Contribution, Pair
from flows.matching.rules import Aim, Limit
from flows.reach import Why
from flows.refusal import Refusal
from flows.rounds import Round, RoundState
from flows.voice import coordinating, drafts, left_out, locks, served, unmatched
from flows.voice import rounds as voice
from flows.voice.gallery.example import INES, MIRA, NOW, Example, Shown
from flows.voice.gallery.matches import QUESTIONS, RARE, USUAL
from flows.voice.gallery.waiting import LEFT, NEXT
from flows.voice.message import Action, File
from flows.voice.printing import printed
from flows.voice.reasons import points
from flows.voice.say import Say

TOTALS = Totals(mentees=31, matched=30, mentors=20, places=33, score=190_000)
PROOF = Proof(
    proved=True,
    gap=0,
    value=178_000,
    floor=4_800,
    floor_cost=350,
    passes=1,
    edges=412,
    solves=6,
    shortage=None,
    gains={},
    prices={},
    nobody=-410_000,
)
RECORD = Record("a1", "b2", "c3", "", "d4", 1, "alongside", Aim.PARTICIPATION, "1.0", "2.4.6", "1.17.1")
DRAFT = Draft((), (), (), (), (), TOTALS, PROOF, RECORD)
ROUND = Round("r-1", "c-1", 2, RoundState.DRAFTED, "p-mira", NOW, DRAFT)
GROUPS: Groups = (
    Group("department", "Care", 12, 11, 6_450, flag=False, waited=4, unanswered=8),
    Group("department", "Sales", 14, 14, 7_020, flag=False),
    Hidden("department", 2, 5),
    Group("site", "Lisbon", 15, 9, 6_010, flag=True, waited=11, unanswered=21, binding="time"),
    Group("site", "Oslo", 16, 16, 7_300, flag=False),
)
GROUPED = replace(ROUND, draft=replace(DRAFT, groups=GROUPS))
BY = locks.Told("Carla Weiss", date(2027, 3, 29))
AGAINST = locks.Told("Carla Weiss", date(2027, 3, 29), (Limit.MANAGER, Limit.MET), "Both asked for it. <!channel>")
BEST_FIT = replace(ROUND, draft=replace(DRAFT, record=replace(RECORD, aim=Aim.BEST_FIT)))
STABLE = replace(ROUND, draft=replace(DRAFT, record=replace(RECORD, aim=Aim.STABLE)))
PEOPLE = {"pa-1": INES, "pa-2": MIRA}


def hurried() -> Round:
    """A draft whose time was up, with a mentor of two."""
    pairs = tuple(
        Pair(f"pa-{number}", "pa-2", points, (Contribution("goals", points),))
        for number, points in ((1, 6_400), (3, 5_100))
    )
    proof = replace(PROOF, proved=False, gap=1_200)
    return replace(ROUND, draft=replace(DRAFT, pairs=pairs, proof=proof))


def short() -> Draft:
    """A draft in which three people compete for a place, with every kind of mentor that is wanted."""
    proof = replace(PROOF, shortage=Shortage(("pa-1", "pa-3", "pa-4"), ("pa-2",), 1))
    lost = (LEFT["places"], LEFT["office"])
    wanted = (
        Wanted(("pt",), "lisbon", None, 2, 3),
        Wanted(("pt",), None, None, 1, 2),
        Wanted((), "lisbon", None, 1, 1),
    )
    return replace(DRAFT, unmatched=lost, proof=proof, wanted=wanted)


def printed_page(say: Say) -> File:
    """The page as a file."""
    paper = served.paper(GROUPED, "Leaders 2027", say)
    return printed(paper, name="leaders-2027-round-2-groups.html", title=paper.summary, language=say.locale)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each, with every cause and every remedy of those who are left."""
    why = points((*USUAL, *RARE), QUESTIONS, 0, say)[:3]
    free = [voice.proposed(number, INES, MIRA, 6_400, (), why, say) for number in range(2, 43)]
    pairs = [voice.proposed(1, INES, MIRA, 6_400, locks.pinned(BY, say), why, say), *free]
    names = ({"pt": "Portuguese"}, {"lisbon": "Lisbon"})
    causes = [unmatched.left(INES, one, PEOPLE, *names, say) for one in LEFT.values()]
    lack = [*unmatched.shortage(short(), PEOPLE, *names, say)]
    lost = [locks.lock_lost(INES, MIRA, say), drafts.each_other(INES, MIRA, say)]
    publishing = coordinating.dry_run(
        voice.would_publish(30, "Leaders 2027", say),
        voice.counts(30, 4, NEXT, say, shared=30),
        None,
        say.plain("Publish"),
        Action("match.publish.confirm", {"token": "t-1"}),
        say,
        notes=[
            voice.changed_meanwhile(say),
            *(voice.taken_out(INES, MIRA, Refusal("round.limit", limit=limit), say) for limit in Limit),
            voice.taken_out(INES, MIRA, Refusal("round.no_place"), say),
            voice.taken_out(INES, MIRA, Refusal("round.not_in_round"), say),
            voice.joined_since(3, say),
        ],
    )
    drafted = voice.drafted(ROUND, "Leaders 2027", pairs, causes, [MIRA] * 12, lost, say, skips=2, shortage=lack)
    told = (*points((*USUAL, *RARE), QUESTIONS, 0, say), *drafts.few_times([INES, MIRA], say))
    every = [voice.proposed(1, INES, MIRA, 6_400, (), told, say)]
    return {
        "rounds.drafted_every_reason": Example(
            voice.drafted(ROUND, "Leaders 2027", every, [], [], [], say), Shown.ANSWER
        ),
        "rounds.drafted": Example(drafted, Shown.ANSWER),
        "rounds.drafted_stable": Example(
            voice.drafted(STABLE, "Leaders 2027", pairs[:2], [], [], [], say), Shown.ANSWER
        ),
        "rounds.drafted_for_fit": Example(
            voice.drafted(BEST_FIT, "Leaders 2027", pairs[:2], [], [], [], say), Shown.ANSWER
        ),
        "rounds.drafted_none": Example(voice.drafted(ROUND, "Leaders 2027", [], [], [MIRA], [], say), Shown.ANSWER),
        "rounds.short": Example(
            voice.drafted(
                replace(ROUND, draft=short()),
                "Leaders 2027",
                [],
                causes[:2],
                [],
                [],
                say,
                shortage=[
                    *unmatched.shortage(replace(short(), wanted=(Wanted((), None, None, 2, 3),)), PEOPLE, *names, say)
                ],
            ),
            Shown.ANSWER,
        ),
        "rounds.drafted_again": Example(
            voice.drafted(
                replace(ROUND, edited=True),
                "Leaders 2027",
                [voice.proposed(1, INES, MIRA, 4_100, locks.pinned(AGAINST, say), why, say)],
                [],
                [],
                [
                    locks.apart(INES, MIRA, BY, say),
                    locks.on_hold(MIRA, BY, say),
                    locks.lock_lost(INES, MIRA, say),
                ],
                say,
                lost=2,
                changes=Difference(28, (Moved("pa-1", "pa-2", "pa-3", -900),), ("pa-4",), ()),
            ),
            Shown.ANSWER,
        ),
        "rounds.locked": Example(locks.locked("3", INES, MIRA, say), Shown.ANSWER),
        "rounds.released": Example(locks.released("3", INES, MIRA, say), Shown.ANSWER),
        "rounds.drafted_in_a_hurry": Example(
            voice.drafted(hurried(), "Leaders 2027", pairs[:2], [], [], [], say), Shown.ANSWER
        ),
        "rounds.served": Example(served.page(GROUPED, "Leaders 2027", say), Shown.ANSWER),
        "rounds.served_unknown": Example(served.page(ROUND, "Leaders 2027", say), Shown.ANSWER),
        "rounds.served_to_print": Example(served.sent(GROUPED, "Leaders 2027", printed_page(say), say), Shown.ANSWER),
        "rounds.served_on_its_way": Example(served.on_its_way(say), Shown.ANSWER),
        "rounds.publishing": Example(publishing, Shown.ANSWER),
        "rounds.published": Example(
            voice.published(60, 4, left_out.lines({Why.PAUSED: 2, Why.AWAY: 1}, say), NEXT, say), Shown.ANSWER
        ),
        "rounds.published_last": Example(voice.published(60, 4, (), None, say), Shown.ANSWER),
    }
