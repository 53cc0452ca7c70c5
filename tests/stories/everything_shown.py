"""Everything that somebody can get to see: what was written to them, what they may ask, and what opens at a press."""

import csv
import io
from collections.abc import Iterator

from bot.playground.players import Outcome, Seen
from bot.playground.seen import InView
from bot.playground.teams.acts import Outcome as OnTeams
from tests.stage import Actor, Stage

READING = (
    "Our notes",
    "Read both",
    "Read it",
    "See both views",
    "See our goals",
    "See our steps",
    "See the strengths",
    "Open it",
    "Change mine",
    "Change my view",
    "See where I stand",
    "About Ines",
    "About Mira",
)
"""Buttons that show something and change nothing."""
MANY = 10
"""Of a season's buttons there are more."""
RIDES = "rides on a control: "
ASKED = ("", "status", "help", "settings", "letter", "spotlight")
COORDINATED = (
    "help",
    "programme list",
    "programme show",
    "people",
    "match show",
    "pulse",
    "report",
    "roles",
    "close",
    "person @Ines Duarte",
    "person @Mira Okafor",
    "person @Yusuf Karimov",
    "person @Hannah Weiss",
)


async def shown_to(actor: Actor) -> frozenset[str]:
    """Every line that this person can read now in conversations, answers, dialogs and the home tab."""
    lines = {*_lines(await actor.opens_home())}
    for words in ASKED:
        lines |= {*_answer(await actor.asks(words))} | {*await _dialogs(actor)}
    offered = _labels(actor)
    for label in READING:
        if label in offered:
            lines |= {*_said(await actor.presses(label))} | {*await _dialogs(actor)}
            offered = _labels(actor)
    return frozenset(lines | {*_everywhere(actor)})


async def shown_to_coordinator(actor: Actor) -> frozenset[str]:
    """The same for somebody who runs programmes, with every file that they can download."""
    lines: set[str] = set()
    for words in COORDINATED:
        lines |= {*_answer(await actor.coordinates(words))} | {*await _dialogs(actor)}
        if any("Download CSV" in seen.labels for seen in actor.in_sight()):
            await actor.presses("Download CSV")
    return frozenset(lines | {*_everywhere(actor)} | await _files(actor) | await shown_to(actor))


async def shown_to_stranger(actor: Actor, *victims: Actor) -> frozenset[str]:
    """The same for somebody who is in no match of these people, presses every button of theirs, and tries to
    coordinate. What is on one platform cannot be pressed from another."""
    lines = {*await shown_to(actor)}
    for words in COORDINATED:
        lines |= {*_answer(await actor.coordinates(words))}
    pressed: set[str] = set()
    for victim in victims:
        for seen in victim.player.reads() if is_beside(actor, victim) else ():
            for control in seen.controls:
                # What carries the same is the same press, wherever it stands.
                if control.is_button and repr(control.element) not in pressed:
                    pressed.add(repr(control.element))
                    outcome = await actor.player.presses_that(seen, control)
                    await actor.stage.settle()
                    lines |= {*_said(outcome)} | {*await _dialogs(actor)}
    assert len(pressed) > MANY, f"{actor.player.member.name} has found only {len(pressed)} buttons to press"
    for seen in actor.player.ephemerals():
        lines |= {*_lines(seen), repr(seen.surface)}
    return frozenset(lines | {*_everywhere(actor)})


def is_beside(actor: Actor, other: Actor) -> bool:
    """Whether both are on the same platform."""
    return type(actor.player) is type(other.player)


def conversations(stage: Stage) -> str:
    """All that stands in conversations of any kind and stays in the platform's history."""
    return repr(stage.workspace.contents.messages) + repr(stage.tenant.contents.messages)


async def _dialogs(actor: Actor) -> frozenset[str]:
    """What is open, with what its fields hold; closed afterwards by whoever only looks."""
    lines: set[str] = set()
    while (modal := actor.player.modal()) is not None:
        lines |= {*_lines(modal)}
        for control in modal.controls:
            if control.holds:
                lines |= {*actor.player.holds(control.label)}
        await actor.closes()
    return frozenset(lines)


def _labels(actor: Actor) -> frozenset[str]:
    return frozenset(label for seen in actor.in_sight() for label in seen.labels)


def _everywhere(actor: Actor) -> Iterator[str]:
    for conversation in actor.player.conversations():
        for seen in actor.player.channel(conversation):
            yield from _lines(seen)


async def _files(actor: Actor) -> frozenset[str]:
    kept = (await actor.files()).values()
    return frozenset(", ".join(row) for file in kept for row in csv.reader(io.StringIO(file.decode("utf-8-sig"))))


def _said(outcome: Outcome) -> Iterator[str]:
    """What stands for a moment below what was pressed."""
    yield from outcome.errors.values()
    if isinstance(outcome, OnTeams):
        yield outcome.toast


def _answer(seen: Seen | None) -> Iterator[str]:
    return _lines(seen) if seen is not None else iter(())


def _lines(seen: Seen) -> Iterator[str]:
    yield from str(seen).splitlines()
    # What rides on a control is sent to the reader's screen too.
    yield from (f"{RIDES}{control.element}" for control in seen.controls if not isinstance(seen.where, InView))
