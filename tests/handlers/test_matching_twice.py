"""Every act of matching, delivered again and done a second time: it has one effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from flows.formats import Format
from flows.people import Role
from flows.programme import Choice
from handlers.inbound import Asked, Inbound, Place, Pressed, Submitted, What, Where
from handlers.noticing import wake
from handlers.router import dispatch
from tests.handlers.choosing.company import names, opens
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage, Value, _fill, buttons, forms
from tests.handlers.test_repeating import rows, twice

BESIDE = {"inbox", "audit", "outbox", "schedule", "people", "confirmations", "limits", "calculations", "imports"}
"""What may change when somebody acts a second time: that they did, and what they are told."""


@dataclass
class Company:
    """Ines looks for a mentor, Mira and Hannah are mentors, Carla coordinates."""

    stage: Stage

    def __post_init__(self) -> None:
        person = self.stage.person
        self.carla = person("Carla Weiss", owner=True)
        self.ines = person("Ines Duarte", email="ines@example.org")
        self.yusuf = person("Yusuf Demir")
        self.mira, self.hannah = person("Mira Okafor"), person("Hannah Berg")

    def joined(self, choice: Choice = Choice.DRAFT, format_: Format = Format.ONE_TO_ONE) -> "Company":
        """All have joined a programme that runs."""
        cohort = self.stage.programme("Mentoring", next_round=date(2027, 4, 6), format_=format_)
        cohort = opens(self.stage, choice, cohort=cohort)
        for actor in (self.ines, self.yusuf, self.mira, self.hannah):
            role = Role.MENTEE if actor in (self.ines, self.yusuf) else Role.MENTOR
            joins(self.stage, actor, cohort, Role.PEER if format_.pooled else role)
        return self

    def drafted(self) -> "Company":
        """There is a draft."""
        self.joined().carla.asks_admin("match draft")
        return self

    def asked(self) -> "Company":
        """Mira was asked for Ines."""
        names(self.joined(Choice.ASK).ines, "Mira", "Hannah")
        return self

    def told(self, words: str) -> "Company":
        """Carla typed this."""
        self.carla.asks_admin(words)
        return self


def press(actor: Actor, name: str) -> What:
    """The newest button with that act."""
    shown_last = [actor.dialog] if actor.dialog else []
    for message in (*shown_last, *(seen.message for seen in actor.screen[::-1])):
        for button in buttons(message):
            if button.action.name == name:
                return Pressed(button.action)
    raise AssertionError(f"no {name} on the screen of {actor.profile.name}:\n{actor.reads_all}")


def send(actor: Actor, name: str, **values: Value) -> What:
    """The open dialog, filled."""
    assert actor.dialog is not None, actor.reads_all
    form = next(forms(actor.dialog))
    assert form.submit.action.name == name
    return Submitted(form.submit.action, _fill(form, values))


def presses(actor: Actor, *named: str) -> None:
    """One after the other."""
    for name in named:
        found = press(actor, name)
        assert isinstance(found, Pressed)
        actor.does(found.action.name, **found.action.args)


Played = tuple[Actor, What]


def names_mentors(company: Company) -> Played:
    company.joined(Choice.WISHES).ines.asks("status")
    company.ines.presses("Choose mentors")
    return company.ines, send(company.ines, "wishes.keep", first="Mira", second="Hannah", third="Nobody")


def declines(company: Company) -> Played:
    presses(company.asked().mira, "request.decline")
    return company.mira, press(company.mira, "request.because")


def asks_something(company: Company) -> Played:
    presses(company.asked().mira, "request.ask")
    return company.mira, send(company.mira, "request.send", **{"Your question": "What shall change first?"})


def skips(company: Company) -> Played:
    stage = company.joined().stage
    with stage.store() as store:
        wake(store, store.programmes.all_cohorts()[0], stage.now)
    stage.wait_until(datetime(2027, 4, 5, 18, tzinfo=UTC))
    return company.ines, press(company.ines, "round.skip")


def takes_part(company: Company) -> Played:
    actor, skip = skips(company)
    assert isinstance(skip, Pressed)
    actor.does(skip.action.name, **skip.action.args)
    return actor, press(actor, "round.take_part")


def locks(company: Company) -> Played:
    company.drafted().told("match lock Ines Duarte, Hannah Berg")
    if "match.lock.confirm" not in {button.action.name for button in buttons(company.carla.newest)}:
        company.told("match lock Ines Duarte, Hannah Berg").told("match lock Ines Duarte, Mira Okafor")
    return company.carla, press(company.carla, "match.lock.confirm")


def swaps(company: Company) -> Played:
    company.drafted().told("match swap 1 2")
    return company.carla, press(company.carla, "match.swap.confirm")


def overrides(company: Company) -> Played:
    hannah = company.joined().hannah.me.id
    with company.stage.store() as store:
        mentor = store.participants.of_person(hannah)[0]
        place = ("Europe/Lisbon", "de")
        store.participants.answer(mentor.id, "place", place, private=False, at=company.stage.now)
    company.told("match draft").told("match lock Ines Duarte, Hannah Berg")
    presses(company.carla, "match.override")
    return company.carla, send(company.carla, "match.overridden", why="Both asked for it.")


def prices(company: Company) -> Played:
    company.drafted()
    for mentor in ("Mira Okafor", "Hannah Berg"):
        company.told(f"match why Ines Duarte, {mentor}")
        if "match.why" in {button.action.name for button in buttons(company.carla.newest)}:
            break
    return company.carla, press(company.carla, "match.why")


def compares(company: Company) -> Played:
    company.drafted().told("match compare")
    return company.carla, press(company.carla, "match.compare")


def publishes(company: Company) -> Played:
    company.drafted().told("match publish")
    return company.carla, press(company.carla, "match.publish.confirm")


def publishes_coffee(company: Company) -> Played:
    company.joined(format_=Format.COFFEE).told("match draft").told("match publish")
    return company.carla, press(company.carla, "gatherings.publish.confirm")


def gives_a_table(company: Company) -> Played:
    company.joined().told("people import")
    return company.carla, send(company.carla, "people.table", table="E-mail,Site\nines@example.org,Porto")


def takes_a_table_over(company: Company) -> Played:
    actor, given = gives_a_table(company)
    assert isinstance(given, Submitted)
    actor.fills(table="E-mail,Site\nines@example.org,Porto")
    return actor, press(actor, "people.import.confirm")


def says_it_is_right(company: Company) -> Played:
    actor, confirm = takes_a_table_over(company)
    assert isinstance(confirm, Pressed)
    actor.does(confirm.action.name, **confirm.action.args)
    company.stage.wait(days=1)
    presses(company.ines, "facts.see")
    return company.ines, press(company.ines, "facts.right")


def opens_to_some(company: Company) -> Played:
    takes_a_table_over(company)
    presses(company.carla, "people.import.confirm")
    company.told("programme show Mentoring")
    presses(company.carla, "programme.open_to")
    return company.carla, send(company.carla, "programme.keep_open_to", level_to="3")


def keeps_apart(company: Company) -> Played:
    company.joined().told("block Ines Duarte, Mira Okafor")
    return company.carla, press(company.carla, "block.release")


def avoids(company: Company) -> Played:
    company.joined().ines.asks("avoid <@U004>")
    return company.ines, press(company.ines, "avoid.release")


def is_interested(company: Company) -> Played:
    for actor in (company.ines, company.yusuf, company.mira, company.hannah):
        actor.asks("help")
    company.told("interest")
    presses(company.carla, "interest.people")
    presses(company.carla, "interest.confirm")
    company.stage.wait(hours=4)
    return company.ines, press(company.ines, "interest.answer")


def closes_the_question(company: Company) -> Played:
    is_interested(company)
    company.told("interest")
    return company.carla, press(company.carla, "interest.close")


def of_a_request(name: str) -> Callable[[Company], Played]:
    def play(company: Company) -> Played:
        return company.asked().mira, press(company.mira, name)

    return play


ACTS: Mapping[str, Callable[[Company], Played]] = {
    "wishes.keep": names_mentors,
    **{name: of_a_request(name) for name in ("request.accept", "request.later", "request.never")},
    "request.because": declines,
    "request.send": asks_something,
    "round.skip": skips,
    "round.take_part": takes_part,
    "match.lock.confirm": locks,
    "match.swap.confirm": swaps,
    "match.overridden": overrides,
    "match.why": prices,
    "match.compare": compares,
    "match.publish.confirm": publishes,
    "gatherings.publish.confirm": publishes_coffee,
    "people.table": gives_a_table,
    "people.import.confirm": takes_a_table_over,
    "facts.right": says_it_is_right,
    "programme.keep_open_to": opens_to_some,
    "block.release": keeps_apart,
    "avoid.release": avoids,
    "interest.answer": is_interested,
    "interest.close": closes_the_question,
}
WORKED_OUT = {"match.why", "match.compare", "people.table"}
"""Acts that change nothing of their own: something is asked for, or kept until it is confirmed."""


@pytest.mark.parametrize("name", ACTS)
def test_an_act_of_matching_has_one_effect_however_often_it_comes(name: str, stage: Stage) -> None:
    actor, what = ACTS[name](Company(stage))
    before = domain(stage)

    first, again = twice(stage, actor.account, what)

    assert first is not None
    assert first.where is not Where.FIELD_ERRORS, first.errors
    done = domain(stage)
    assert (done == before) == (name in WORKED_OUT)
    assert again is None or again.where is not Where.BELOW
    # A second click is a gesture of its own.
    dispatch(Inbound("another click", actor.account, what, Place.PRIVATE, stage.now), stage.kit)
    assert domain(stage) == done


def domain(stage: Stage) -> Mapping[str, list[str]]:
    """What is stored, but for who did what and what they are told."""
    return {table: kept for table, kept in rows(stage).items() if table not in BESIDE}


WORDS = (
    *("match draft", "match forbid Ines Duarte, Hannah Berg", "match hold Mira Okafor", "match lock 1"),
    *("match show", "match compare", "match why Ines Duarte, Hannah Berg", "block Ines Duarte, Mira Okafor"),
)


@pytest.mark.parametrize("words", WORDS)
def test_a_word_of_matching_that_is_delivered_again_writes_nothing(words: str, stage: Stage) -> None:
    carla = Company(stage).drafted().carla
    first, _ = twice(stage, carla.account, Asked("mentor-admin", words))
    assert first is not None
