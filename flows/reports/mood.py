"""What people said of their weeks and meetings, as shares of a group, never of fewer than five people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows.feedback import HIGH, LOW, MIDDLE, TAPS
from flows.reports.records import Records
from flows.reports.taking_part import held
from flows.suppression import AT_LEAST, suppress

FINE, SLOW, STUCK = "fine", "slow", "stuck"
WORDS = (FINE, SLOW, STUCK)
LEVELS = (str(HIGH), str(MIDDLE), str(LOW))


@dataclass(frozen=True, slots=True)
class Voice:
    """One answer that counts: whose, in which ISO week, and what. `order` tells answers of a person apart by age."""

    person: str
    week: str
    order: tuple[str, int, str]
    answer: str


@dataclass(frozen=True, slots=True)
class Share:
    """One answer in a group; `percent` is None where it would speak of fewer than five people."""

    answer: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Shares:
    """How a group of `people` answered, each counted once with their newest answer."""

    people: int
    shares: tuple[Share, ...]


def check_ins(records: Records, this_week: str) -> Shares | None:
    """Fine, slow, stuck, from the weeks that are over everywhere; None when fewer than five have answered.

    Whether somebody allowed a coordinator to know makes no difference here.
    """
    voices = []
    for one in records.check_ins:
        word = STUCK if one.answer == "shared" else one.answer
        voices.append(Voice(one.person, one.week, (one.week, WORDS.index(word), one.match), word))
    return _shares(voices, WORDS, this_week)


def feedback(records: Records, this_week: str) -> Mapping[str, Shares | None]:
    """Each of the three taps after a meeting → its shares from high to low, by the week in which the meeting was."""
    weeks: dict[tuple[str, int], str] = {}
    for match, meetings in records.meetings.items():
        for meeting in held(meetings):
            if meeting.met_on is not None:
                year, week, _ = meeting.met_on.isocalendar()
                weeks[match, meeting.number] = f"{year}-W{week:02}"
    voices: dict[str, list[Voice]] = {question: [] for question in TAPS}
    for match, taps in records.taps.items():
        for tap in taps:
            when = weeks.get((match, tap.number))
            if when is not None and tap.question in voices:
                order = (when, tap.number, match)
                voices[tap.question].append(Voice(tap.person, when, order, str(tap.answer)))
    return {question: _shares(given, LEVELS, this_week) for question, given in voices.items()}


def settled(voices: Iterable[Voice], this_week: str) -> str:
    """The last week up to which answers count; "" when there is none.

    Weeks count as soon as they are over and five people have spoken since the last that counted. Otherwise two reports
    could be subtracted from each other, and the difference would be what the one pair said that met in between.
    """
    by_week: dict[str, set[str]] = {}
    for voice in voices:
        by_week.setdefault(voice.week, set()).add(voice.person)
    through, since = "", set[str]()
    for week in sorted(week for week in by_week if week < this_week):
        since |= by_week[week]
        if len(since) >= AT_LEAST:
            through, since = week, set()
    return through


def _shares(voices: Sequence[Voice], answers: Sequence[str], this_week: str) -> Shares | None:
    through = settled(voices, this_week)
    newest: dict[str, Voice] = {}
    for voice in sorted(voices, key=lambda one: one.order):
        if voice.week <= through:
            newest[voice.person] = voice
    total = len(newest)
    if total < AT_LEAST:
        return None
    counts = {answer: sum(one.answer == answer for one in newest.values()) for answer in answers}
    shown = suppress(counts)
    hidden = any(count and answer not in shown for answer, count in counts.items())
    return Shares(
        total,
        tuple(
            Share(answer, _percent(count, total) if answer in shown or not (count or hidden) else None)
            for answer, count in counts.items()
        ),
    )


def _percent(part: int, whole: int) -> int:
    """Rounded half up."""
    return (200 * part + whole) // (2 * whole)
