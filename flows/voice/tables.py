"""A report as two tables: the matches one by one, and the figures."""

from collections.abc import Iterator

from flows.reports.mood import Shares
from flows.reports.report import Report
from flows.reports.table import Cell, csv_text
from flows.suppression import AT_LEAST
from flows.voice.file_names import beginning
from flows.voice.levels import window_name
from flows.voice.message import File
from flows.voice.reports import pair_state
from flows.voice.say import Say
from flows.voice.season_figures import answer_name, tap_name

Row = tuple[str, str, Cell, str]
"""Section, what it is, the figure, and a remark where there is none."""


def tables(found: Report, say: Say) -> tuple[File, File]:
    """The matches and the figures, as CSV files."""
    begins = beginning(found.cohort.name)
    day = found.today.isoformat()
    matches = File(f"{begins}-{day}-matches.csv", say.plain("Matches"), _matches(found, say))
    return matches, File(f"{begins}-{day}-figures.csv", say.plain("Figures"), _figures(found, say))


def _matches(found: Report, say: Say) -> str:
    header = (
        say.plain("Mentee"),
        say.plain("Mentor"),
        say.plain("State"),
        say.plain("Conversations held"),
        say.plain("Last conversation"),
        say.plain("Objectives done"),
        say.plain("Objectives open"),
        say.plain("Actions done"),
        say.plain("Actions open"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            ", ".join(one.mentees),
            ", ".join(one.mentors),
            pair_state(one.state, say),
            one.talks,
            one.last_on.isoformat() if one.last_on else None,
            one.objectives.done,
            one.objectives.open,
            one.actions.done,
            one.actions.open,
        )
        for one in found.pairs
    ]
    return csv_text(header, rows)


def _figures(found: Report, say: Say) -> str:
    header = (say.plain("Section"), say.plain("Figure"), say.plain("Value"), say.plain("Remark"))
    parts = (_objective, _people, _talks, _written, _mood, _pulse, _delivery)
    return csv_text(header, [row for part in parts for row in part(found, say)])


def _objective(found: Report, say: Say) -> Iterator[Row]:
    section, design = say.plain("Objective"), found.design
    yield section, say.plain("At the start"), design.baseline, design.measure
    yield section, say.plain("Now"), design.current, design.measure
    yield section, say.plain("Wanted"), design.target, design.measure


def _people(found: Report, say: Say) -> Iterator[Row]:
    section, funnel = say.plain("People"), found.funnel
    yield section, say.plain("Began to join"), funnel.began, ""
    yield section, say.plain("Joined"), funnel.joined, ""
    yield section, say.plain("In a draft that nobody has seen"), funnel.drafted, ""
    yield section, say.plain("Matched"), funnel.matched, ""
    yield section, say.plain("Had their first conversation"), funnel.talked, ""
    yield section, say.plain("Came to the end"), funnel.completed, ""
    yield section, say.plain("Left on the way"), funnel.left, ""
    yield section, say.plain("Cannot be reached"), len(found.unreachable), ""


def _talks(found: Report, say: Say) -> Iterator[Row]:
    for one in found.talks:
        section = say.plain("Conversation {number}", number=str(one.number))
        yield section, say.plain("Held"), one.held, ""
        yield section, say.plain("With a date"), one.planned, ""
        yield section, say.plain("Left out"), one.skipped, ""
    section = say.plain("Hours")
    yield section, say.plain("Used"), found.hours.used, say.plain("one hour for each conversation")
    yield section, say.plain("Offered by mentors"), found.hours.offered, ""


def _written(found: Report, say: Say) -> Iterator[Row]:
    section, goals = say.plain("Written down"), found.goals
    yield section, say.plain("Objectives done"), goals.objectives.done, ""
    yield section, say.plain("Objectives open"), goals.objectives.open, ""
    yield section, say.plain("Actions done"), goals.actions.done, ""
    yield section, say.plain("Actions open"), goals.actions.open, ""
    yield section, say.plain("Skill ratings"), goals.ratings, ""
    yield section, say.plain("Strengths noted"), goals.spotlights, ""
    yield section, say.plain("Wins"), goals.wins, ""
    yield section, say.plain("Letters sealed"), goals.letters, ""
    yield section, say.plain("Looks back"), goals.reviews, ""


def _mood(found: Report, say: Say) -> Iterator[Row]:
    yield from _shares(say.plain("Between meetings"), found.check_ins, say)
    for question, shares in found.feedback.items():
        yield from _shares(tap_name(question, say), shares, say)


def _shares(section: str, shares: Shares | None, say: Say) -> Iterator[Row]:
    too_few = say.plain("fewer than {least} people, not shown", least=str(AT_LEAST))
    if shares is None:
        yield section, say.plain("People who answered"), None, too_few
        return
    yield section, say.plain("People who answered"), shares.people, ""
    for share in shares.shares:
        name = say.plain("{answer}, in percent", answer=answer_name(share.answer, say))
        yield section, name, share.percent, too_few if share.percent is None else ""


def _pulse(found: Report, say: Say) -> Iterator[Row]:
    closed = say.plain("open, or fewer than {least} answers", least=str(AT_LEAST))
    for trend in found.pulse.trends:
        for one in trend.levels:
            name = say.plain("{window}, 0 to 100", window=window_name(one.window, say))
            yield say.text(trend.question.wording), name, one.level, closed if one.level is None else ""


def _delivery(found: Report, say: Say) -> Iterator[Row]:
    section, sent = say.plain("Messages"), found.delivery
    yield section, say.plain("Meant to send"), sent.intended, ""
    yield section, say.plain("Sent"), sent.sent, ""
    yield section, say.plain("Waiting"), sent.waiting, ""
    yield section, say.plain("Failed"), sent.failed, ""
    yield section, say.plain("Reader not reachable"), sent.blocked, ""
    yield section, say.plain("Not sure"), sent.unsure, ""
    yield section, say.plain("Taken back or too late"), sent.dropped, ""
