"""Examples of what is said where more than two are brought together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.formats import Format
from flows.gatherings import GatheringRound
from flows.journey import NO_PLAN
from flows.match import Match, MatchState, Member
from flows.matching.gatherings.gathering import Breach, Cause, Gathering, Left, Proposal, Seat
from flows.people import Account, Participant, Person, Role, Standing
from flows.space import Way
from flows.voice import coordinating, together
from flows.voice import gatherings as voice
from flows.voice import matches as pair_voice
from flows.voice.gallery.example import INES, MIRA, NOW, Example, Shown
from flows.voice.gallery.matches import QUESTIONS
from flows.voice.message import Action, Message
from flows.voice.reasons import points, sentences, shared_by_all
from flows.voice.say import Say

NEXT = date(2027, 4, 20)
TOMAS = Person("p-tomas", Account("slack", "T1", "U3"), "Tomas Berg", "en")
PEOPLE = {"pa-1": INES, "pa-2": MIRA, "pa-3": TOMAS}
PLACE = Participant("pa-1", "c-1", "p-ines", Standing.JOINED, frozenset({Role.PEER}))
WHY = (("around", "data", "lead"), ("all_goals", "data"), ("all_interests", "music"), ("all_free", "thu-09"))
SEATS = (Seat("pa-2", Role.FACILITATOR), Seat("pa-1", Role.PEER), Seat("pa-3", Role.PEER))
BROKEN = tuple(Breach("pa-1", "pa-3", ("same_team", "zone")) for _ in range(4))
CIRCLE = Gathering(SEATS, 6_400, broken=BROKEN, reasons=WHY, locked=True)
PAIR = Gathering((Seat("pa-2", Role.MENTOR), Seat("pa-1", Role.MENTEE)), 7_100, subject="data")
SITTING = replace(PAIR, subject="", turn=2)
LEFT = (Left("pa-1", Cause.NOBODY), Left("pa-3", Cause.SKILL, "data"))
MATCH = Match(
    "m-3",
    "c-1",
    MatchState.ACTIVE,
    (
        Member("p-mira", "pa-2", Role.FACILITATOR),
        Member("p-ines", "pa-1", Role.PEER),
        Member("p-tomas", "pa-3", Role.PEER),
    ),
    date(2027, 3, 8),
    date(2027, 5, 30),
    reasons=WHY,
    steps=NO_PLAN,
)
OF_PEERS = replace(MATCH, members=tuple(replace(one, role=Role.PEER) for one in MATCH.members))
OF_TWO = replace(MATCH, members=(Member("p-mira", "pa-2", Role.MENTOR), Member("p-ines", "pa-1", Role.MENTEE)))


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    return {**_of_coordinators(say), **_of_people(say)}


def _of_coordinators(say: Say) -> Mapping[str, Example]:
    round_ = GatheringRound("r-1", "c-1", 2, "p-mira", NOW, Proposal((CIRCLE,) * 40, LEFT, None))
    in_time = GatheringRound("r-1", "c-1", 2, "p-mira", NOW, Proposal((PAIR,) * 600, (), 13_000))
    every = [
        voice.proposed(number, one, subject, points(one.reasons, QUESTIONS, 0, say), PEOPLE, say)
        for number, (one, subject) in enumerate(((CIRCLE, ""), (PAIR, "Working with data"), (SITTING, "")), start=1)
    ]
    left = [voice.sits_out(Left("pa-1", cause), INES, "", say) for cause in Cause]
    left.append(voice.sits_out(LEFT[1], TOMAS, "Working with data", say))
    names = say.listing(["Ines Duarte", "Mira Okafor"])
    publishing = coordinating.dry_run(
        voice.would_publish(Format.CIRCLE, 4, "Circles", say),
        voice.counts(24, 4, 3, 2, NEXT, say),
        None,
        say.plain("Publish"),
        Action("gatherings.publish.confirm", {"token": "t-1"}),
        say,
        notes=[voice.taken_out(names, say), voice.smaller(names, say)],
    )
    found = {
        f"gatherings.drafted_{format_}": voice.drafted(round_, "Circles", format_, every, left, say)
        for format_ in (Format.CIRCLE, Format.GROUP, Format.TEAM, Format.FLASH, Format.COFFEE, Format.MOSAIC)
    }
    return {
        **{name: Example(message, Shown.ANSWER) for name, message in found.items()},
        "gatherings.drafted_long": Example(
            voice.drafted(round_, "Circles", Format.CIRCLE, every * 20, left, say), Shown.ANSWER
        ),
        "gatherings.drafted_freed": Example(
            voice.drafted(in_time, "Coffee", Format.COFFEE, every[1:2], (), say, freed=[names]), Shown.ANSWER
        ),
        "gatherings.drafted_in_time": Example(
            voice.drafted(in_time, "Coffee", Format.COFFEE, every[1:2], (), say), Shown.ANSWER
        ),
        "gatherings.locked": Example(voice.locked("2", names, say, on=True), Shown.ANSWER),
        "gatherings.released": Example(voice.locked("2", names, say, on=False), Shown.ANSWER),
        "gatherings.publishing": Example(publishing, Shown.ANSWER),
        "gatherings.published": Example(voice.published(24, 2, [voice.taken_out(names, say)], NEXT, say), Shown.ANSWER),
        "gatherings.published_last": Example(voice.published(24, 0, (), None, say), Shown.ANSWER),
    }


def _of_people(say: Say) -> Mapping[str, Example]:
    why = shared_by_all(WHY, QUESTIONS, 0, say)
    languages = shared_by_all((("all_languages", "pt"),), QUESTIONS, 0, say)
    told: dict[str, Message] = {
        f"together.introduction_{format_}": together.introduction(
            MATCH, INES, (MIRA, TOMAS), format_, why, Way.SHARED, say
        )
        for format_ in (Format.CIRCLE, Format.GROUP, Format.TEAM, Format.COFFEE, Format.PEER)
    }
    told["together.introduction_leading"] = together.introduction(
        MATCH, MIRA, (INES, TOMAS), Format.CIRCLE, languages, Way.SHARED, say
    )
    told["together.introduction_leading_apart"] = together.introduction(
        MATCH, MIRA, (INES, TOMAS), Format.CIRCLE, why, Way.LINKS, say
    )
    told["together.introduction_peers"] = together.introduction(
        OF_PEERS, INES, (MIRA, TOMAS), Format.COFFEE, (), Way.SHARED, say
    )
    told["together.introduction_peers_apart"] = together.introduction(
        OF_PEERS, INES, (MIRA, TOMAS), Format.COFFEE, (), Way.LINKS, say
    )
    for role, partner in ((Role.MENTEE, MIRA), (Role.MENTOR, INES)):
        about = sentences((("theme", "data"), ("around", "lead")), role, partner, QUESTIONS, 0, say)
        told[f"together.theme_{role}"] = pair_voice.introduction(OF_TWO, role, partner, about, say)
    told["together.mentors"] = pair_voice.introductions([(OF_TWO, MIRA), (OF_TWO, TOMAS)] * 2, say, mentors=True)
    told["together.sittings"] = together.sittings("Meet at noon", [(1, MIRA.name), (2, TOMAS.name)], say, helps=False)
    told["together.sittings_helping"] = together.sittings("Meet at noon", [(3, INES.name)], say, helps=True)
    told["together.went"] = together.went(TOMAS.name, say)
    told["together.went_led"] = together.went(TOMAS.name, say, led=True)
    told["together.ended"] = together.ended((MIRA, TOMAS), say)
    for cause in Cause:
        left, subject = Left("pa-1", cause, "data"), "Working with data"
        told[f"together.sits_out_{cause}"] = together.sits_out(left, PLACE, subject, NEXT, say)
    told["together.sits_out_last"] = together.sits_out(LEFT[0], PLACE, "", None, say)
    greeted = pair_voice.introduction(OF_TWO, Role.MENTEE, MIRA, why, say, greeted=True)
    return {
        **{name: Example(message, Shown.PROACTIVE) for name, message in told.items()},
        "together.greeted": Example(greeted, Shown.ANSWER),
        "together.shared": Example(together.shared((MIRA, INES, TOMAS), say), Shown.ANSWER),
        "together.not_for_me": Example(together.not_for_me(MATCH, (MIRA, TOMAS), say, go_on=True), Shown.ANSWER),
        "together.not_for_me_ends": Example(together.not_for_me(MATCH, (MIRA, TOMAS), say, go_on=False), Shown.ANSWER),
        "together.kept": Example(together.kept((MIRA, TOMAS), say), Shown.ANSWER),
        "together.you_left": Example(together.you_left((MIRA, TOMAS), say), Shown.ANSWER),
    }
