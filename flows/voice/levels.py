"""What is shown of the anonymous pulse: windows that have closed, as a chart and the same numbers as text."""

from collections.abc import Iterator

from flows.programme import Cohort
from flows.pulses import Window, WindowName
from flows.reports.wellbeing import Level, Pulse, Trend, WindowState
from flows.suppression import AT_LEAST
from flows.voice.message import Block, Chart, Facts, Heading, Message, Note, Paragraph, Plain, Words
from flows.voice.say import Say, flatten

LONGEST_LABEL = 20
"""Of a category or a series in a chart."""


def pulse(cohort: Cohort, found: Pulse, say: Say) -> Message:
    """The windows of one programme, and the results of those that have closed."""
    states = " ".join(f"{name}: {flatten(words)}." for name, words in _windows(found, say))
    return Message(
        summary=say.plain("The anonymous pulse of {name}. {states}", name=cohort.name, states=states),
        blocks=(
            Heading(say.plain("{name}: the anonymous pulse", name=cohort.name)),
            Paragraph(say("It asks by itself, three times. Nobody can see who has answered, or what.")),
            *_blocks(found, say),
        ),
    )


def pulse_blocks(found: Pulse, say: Say) -> tuple[Block, ...]:
    """The same as a part of a report."""
    return (Paragraph(say("**The anonymous pulse**")), *_blocks(found, say))


def window_name(name: WindowName, say: Say) -> str:
    """A window, in a word."""
    words = {
        WindowName.START: say.plain("Start"),
        WindowName.MIDDLE: say.plain("Middle"),
        WindowName.END: say.plain("End"),
    }
    return words[name]


def topic(trend: Trend, say: Say) -> str:
    """What a question is about, in a word that fits below a bar."""
    known = {
        "purpose": say.plain("Purpose"),
        "belonging": say.plain("Belonging"),
        "hope": say.plain("Hope"),
        "confidence": say.plain("Confidence"),
    }
    return known.get(trend.question.id, trend.question.id.capitalize())[:LONGEST_LABEL]


def _blocks(found: Pulse, say: Say) -> Iterator[Block]:
    yield Facts(_windows(found, say))
    shown = [window.name for window, _ in found.windows if found.is_shown(window.name)]
    if not shown:
        return
    yield Facts(tuple((say.text(trend.question.wording).rstrip("."), _levels(trend, say)) for trend in found.trends))
    yield from _chart(found, say)
    yield Note(say("0: everybody chose the least. 100: everybody chose the most. A group is compared, never people."))


def _windows(found: Pulse, say: Say) -> tuple[tuple[str, Words], ...]:
    return tuple((window_name(window.name, say), _state(window, state, found, say)) for window, state in found.windows)


def _state(window: Window, state: WindowState, found: Pulse, say: Say) -> Words:
    match state:
        case WindowState.AHEAD:
            return say("opens on {day}", day=say.day(window.opens))
        case WindowState.OPEN:
            return say("open until {day}, and shown after it", day=say.day(window.closes))
        case WindowState.CLOSED if found.is_shown(window.name):
            return say("closed on {day}", day=say.day(window.closes))
        case _:
            least = str(AT_LEAST)
            return say("closed on {day}, with fewer than {least} answers", day=say.day(window.closes), least=least)


def _levels(trend: Trend, say: Say) -> Words:
    parts = [_level(one, say) for one in trend.levels if one.level is not None]
    return (Plain(say.listing(parts)),) if parts else say("too few answers to show")


def _level(one: Level, say: Say) -> str:
    window, level = window_name(one.window, say), str(one.level)
    if one.change is None:
        return say.plain("{window} {level}", window=window, level=level)
    return say.plain(
        "{window} {level} ({change})", window=window, level=level, change=f"{one.change:+d}".replace("-", "−")
    )


def _chart(found: Pulse, say: Say) -> Iterator[Chart]:
    """Bars for the windows in which every question may be shown: a chart has no gaps."""
    series: list[tuple[str, tuple[float, ...]]] = []
    for place, (window, _) in enumerate(found.windows):
        levels = [trend.levels[place].level for trend in found.trends]
        if levels and None not in levels:
            series.append(
                (window_name(window.name, say)[:LONGEST_LABEL], tuple(float(one) for one in levels if one is not None))
            )
    if series:
        yield Chart(
            title=say.plain("Anonymous pulse, 0 to 100"),
            kind="bar",
            categories=tuple(topic(trend, say) for trend in found.trends),
            series=tuple(series),
        )
