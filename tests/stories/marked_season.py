"""A season in which everything that is typed carries a mark of its own, and what each act let others see."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select

from storage.tables import metadata
from tests.stage import Actor, Stage
from tests.stories.everything_shown import RIDES, shown_to, shown_to_coordinator
from tests.stories.spring import ABOUT, MENTEE, MOVE, spring_has_begun

FIRST_CARD = datetime(2027, 3, 2, 12, tzinfo=UTC)
PULSE = datetime(2027, 3, 9, 12, tzinfo=UTC)
SECOND_CARD = datetime(2027, 3, 16, 12, tzinfo=UTC)
LETTERS = datetime(2027, 3, 23, 12, tzinfo=UTC)
CHECK_IN = datetime(2027, 3, 30, 12, tzinfo=UTC)
PRIVATE_AREA = "Legal"


@dataclass(slots=True)
class Leak:
    """The lines that were new to others after an act that nobody but the one who acts should see."""

    partner: frozenset[str]
    coordinator: frozenset[str]


@dataclass(slots=True)
class Marked:
    """The season, played; by item of the table: the marks, what was seen too early, what others noticed of taps."""

    stage: Stage
    marks: dict[str, str] = field(default_factory=dict)
    early: dict[str, frozenset[str]] = field(default_factory=dict)
    """What the other side could see while only one had sent, or before the day had come."""
    writer_early: dict[str, frozenset[str]] = field(default_factory=dict)
    leaks: dict[str, Leak] = field(default_factory=dict)
    pulse_rows: list[str] = field(default_factory=list)
    """Every row that one anonymous answer changed."""

    def mark(self, item: str) -> str:
        """A word that stands nowhere else."""
        return self.marks.setdefault(item, f"ZQ{''.join(item.title().split()).replace('-', '')}QZ")


async def played(stage: Stage) -> Marked:
    """From joining to the last conversation, with two pairs."""
    season = Marked(stage)
    season.marks["private answers"] = PRIVATE_AREA
    await spring_has_begun(stage, of_ines={**MENTEE, ABOUT: season.mark("public answers"), MOVE: PRIVATE_AREA})
    ines, mira = stage.actors("Ines", "Mira")
    await _expect(season, ines, mira)
    await stage.wait_until(FIRST_CARD)
    await _meet_and_write_goals(season, ines, mira)
    await stage.wait_until(PULSE)
    await _answer_the_pulse(season, mira)
    await stage.wait_until(SECOND_CARD)
    await _rate(season, ines, mira)
    await _see_strengths(season, ines, mira)
    await stage.wait_until(LETTERS)
    await _write_letters(season)
    await stage.wait_until(CHECK_IN)
    await _say_how_it_goes(season, ines)
    await _meet_again(season, ines, mira)
    await stage.wait(days=4)
    return season


async def _expect(season: Marked, ines: Actor, mira: Actor) -> None:
    async def says(actor: Actor, words: str) -> None:
        await actor.presses("Say what I expect")
        await actor.chooses("How often?", "Every two weeks")
        await actor.fills("About what?", words)
        await _sends(actor)

    await says(ines, season.mark("expectations"))
    season.early["expectations"] = await shown_to(mira)
    await says(mira, "What comes up.")


async def _meet_and_write_goals(season: Marked, ines: Actor, mira: Actor) -> None:
    await ines.presses("We met")
    await ines.presses("Very much")
    await ines.presses("Enough for now")

    async def taps() -> None:
        for _ in range(3):
            await mira.presses("Not really")
        await mira.presses("Not a fit")
        await mira.presses("Keep going")

    season.leaks["feedback after a meeting"] = await _noticed(season, taps, partner=ines)
    await ines.presses("Write our goals")
    await ines.fills_first("Goal", season.mark("objectives"))
    await _sends(ines)


async def _answer_the_pulse(season: Marked, mira: Actor) -> None:
    async def taps() -> None:
        before = _rows(season.stage)
        await mira.presses("Fully")
        after = _rows(season.stage)
        season.pulse_rows = [f"{table}: {row}" for table in after for row in sorted(after[table] - before[table])]

    season.leaks["anonymous pulse"] = await _noticed(season, taps, partner=season.stage.actor("Ines"))


async def _rate(season: Marked, ines: Actor, mira: Actor) -> None:
    await ines.presses("See it")
    await ines.presses("Rate five skills")
    await ines.chooses("Skills", "Strategy", "Design")
    await ines.fills("In your own words", f"{season.mark('skill ratings')}, Thanks, Chairing")
    await _sends(ines)
    await _rates(season, ines, "2: first steps")
    season.early["skill ratings"] = await shown_to(mira)
    await mira.presses("See it")
    await mira.presses("Rate five skills")
    await _rates(season, mira, "4: firm")


async def _rates(season: Marked, actor: Actor, level: str) -> None:
    for skill in ("Strategy", "Design", season.mark("skill ratings"), "Thanks", "Chairing"):
        await actor.chooses(skill, level)
    await _sends(actor)


async def _see_strengths(season: Marked, ines: Actor, mira: Actor) -> None:
    await mira.presses("Note a strength")
    await mira.fills("The strength", season.mark("strength spotlight"))
    await mira.fills("Where I saw it", "In our second talk.")
    await _sends(mira)
    await season.stage.wait(days=7)
    await ines.presses("Read it")
    await ines.presses("Add a win")
    await ines.fills("What went well?", season.mark("wins"))
    await _sends(ines)


async def _write_letters(season: Marked) -> None:
    """Ines and Mira agree to share theirs; Yusuf would, and Hannah would not."""
    stage = season.stage
    for name, partner, shares in (
        ("Ines", "Mira", True),
        ("Mira", "Ines", True),
        ("Yusuf", "Hannah", True),
        ("Hannah", "Yusuf", False),
    ):
        actor = stage.actor(name)
        await actor.asks("letter")
        await actor.fills("Your letter", season.mark(f"letter of {name}"))
        if shares:
            await actor.chooses(f"May {partner} read it too, once it is open?", "Yes, if we both agree")
        await _sends(actor)
    season.marks["letter"] = season.mark("letter of Ines")
    season.writer_early["letter"] = await shown_to(stage.actor("Ines"))
    season.early["letter"] = await shown_to(stage.actor("Mira"))


async def _say_how_it_goes(season: Marked, ines: Actor) -> None:
    async def taps() -> None:
        await ines.presses("Stuck")
        await ines.presses("Keep it to me")

    season.leaks["check-in"] = await _noticed(season, taps, partner=season.stage.actor("Mira"))


async def _meet_again(season: Marked, ines: Actor, mira: Actor) -> None:
    for which in ("second", "third", "fourth"):
        if not ines.hears(f"Your {which} conversation with Mira is open."):
            await ines.presses("See it")
        await ines.presses("We met")
        for actor in (ines, mira):
            await actor.presses("Very much")
            await actor.presses("Enough for now")
        if which == "third":
            await mira.presses("See it")
        await season.stage.wait(days=7)
        if which == "third":
            await ines.presses("Write our steps")
            await ines.fills_first("Step", season.mark("actions"))
            await ines.chooses_first("Who does it?", "Ines")
            await _sends(ines)
    await ines.presses("Look back")
    await ines.fills("My next steps", season.mark("review"))
    await _sends(ines)
    season.early["review"] = await shown_to(mira)
    await mira.presses("Look back")
    await mira.fills("What I gained", "More patience.")
    await _sends(mira)


async def _sends(actor: Actor) -> None:
    outcome = await actor.submits()
    assert not outcome.errors, outcome.errors
    if not actor.modal_asks:
        await actor.closes_everything()


async def _noticed(season: Marked, taps: Callable[[], Awaitable[None]], *, partner: Actor) -> Leak:
    """What the partner and the coordinator see that they did not see before."""
    priya = season.stage.actor("Priya")
    partner_before, coordinator_before = await shown_to(partner), await shown_to_coordinator(priya)
    await taps()
    return Leak(
        _read(await shown_to(partner) - partner_before), _read(await shown_to_coordinator(priya) - coordinator_before)
    )


def _read(lines: frozenset[str]) -> frozenset[str]:
    """Without what rides on controls: tokens differ each time that something is shown."""
    return frozenset(line for line in lines if not line.startswith(RIDES))


def _rows(stage: Stage) -> dict[str, frozenset[str]]:
    with stage.app.kit.database.transaction() as connection:
        return {
            table.name: frozenset(repr(row) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }
