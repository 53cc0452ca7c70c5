"""A gesture that is delivered again: nothing is written a second time, and the answer tells how things stand."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.people import Account, Role
from flows.voice.message import Action
from handlers.acts import ASKS, CLOSINGS, DIALOGS, PRESSES, SUBMISSIONS, opens
from handlers.coordinating.acts import ASKS as ADMIN_ASKS
from handlers.inbound import Asked, Closed, Filled, Inbound, Opened, Place, Pressed, Reply, Said, Submitted, What, Where
from handlers.router import dispatch
from handlers.words import OPEN
from storage.tables import inbox, metadata
from tests.handlers.coordinating.company import joins
from tests.handlers.coordinating.test_programmes import WHOLE
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage, buttons, shown
from tests.handlers.test_joining import answers

Rows = Mapping[str, list[str]]

MENTORS = ("spotlight.another", "spotlight.send", "broadcast.write")
"""What a mentee may not do."""
CONVERSING = ("question.", "review.take", "review.put", "joining.submit")
"""What Noor does, who is about to join."""
DESK = (
    *("confirm.", "programme.e", "programme.c", "programme.a", "programme.n", "programme.o", "programme.k"),
    *("report.", "outbox.", "broadcast.", "match.more"),
)
"""What Carla does."""
ALSO: Mapping[str, Mapping[str, str]] = {
    "check_in.answer": {"answer": "fine"},
    "pulse.answer": {"question": "purpose", "choice": "rather"},
    "session.date": {"number": "2"},
    "session.dated": {"number": "2"},
    "question.skip": {"question": "area"},
    "programme.what": {"cohort": "open"},
}
"""Arguments that differ from those of the world."""
FILLED: Mapping[str, Filled] = {
    "question.answer": {"types_wished": ("career",)},
    "session.dated": {"day": ("2027-03-09",), "hour": ("10:00",)},
    "question.changed": {"types_wished": ("peer",)},
    "letter.seal": {"text": ("Dear me, remember why this began.",), "opens": ("1",)},
    "letter.draft": {"text": ("Dear me,",), "opens": ("1",)},
    "goals.keep": {"line_new1": ("Say no once",)},
    "expectations.send": {"often": ("fortnight",), "about": ("How I speak up",)},
    "spotlight.send": {"strength": ("Calm in a storm",), "evidence": ("In the review on Monday.",)},
    "win.keep": {"win": ("I said no, kindly.",)},
    "programme.create": {name: (value,) for name, value in WHOLE.items()} | {"name": ("Another one",)},
    "broadcast.write": {"text": ("Welcome, everybody.",)},
}
"""What a form holds."""
WORDS = {
    "join": "join Newcomers",
    "pause": "pause until 2027-06-01",
    "broadcast": "broadcast Welcome",
    "match lock": "match lock 1",
    "match swap": "match swap 1 2",
    "open": "open Leaders 2027 <#C1>",
    "pair": "pair <@U006> <@U007>",
    "person": "person <@U001>",
    "programme archive": "programme archive Leaders 2027",
    "programme show": "programme show Leaders 2027",
    "roles": "roles appoint <@U002> viewer",
    "unpair": "unpair <@U006> <@U007>",
}
"""What is typed, where the verb alone would be asked back."""
CONFIRMS = {
    "broadcast.confirm": ("broadcast Welcome",),
    "close.confirm": ("match publish", "Publish", "close"),
    "confirm.drop": ("broadcast Welcome",),
    "match.publish.confirm": ("match publish",),
    "open.confirm": ("open Leaders 2027 <#C1>",),
    "pair.confirm": ("match publish", "Publish", "pair <@U006> <@U007>"),
    "programme.archive.confirm": ("programme archive Leaders 2027",),
    "unpair.confirm": (
        *("match publish", "Publish", "pair <@U006> <@U007>", "Introduce them"),
        "unpair <@U006> <@U007>",
    ),
}
"""How a coordinator comes to a button that confirms: what is typed, and labels that are pressed on the way."""


@dataclass(frozen=True, slots=True)
class World:
    """A company in a file that each test copies, and what the buttons in it carry."""

    file: Path
    stage: Stage
    args: Mapping[str, str]

    @contextmanager
    def played(self, folder: Path) -> Iterator[Stage]:
        """A copy of it, in which something may happen."""
        file = folder / "alongside.db"
        shutil.copy(self.file, file)
        stage = Stage(f"sqlite:///{file}")
        stage.now, stage.owners, stage.ids = self.stage.now, set(self.stage.owners), count(100_000)
        stage.actors = [Actor(stage, one.account, one.profile) for one in self.stage.actors]
        yield stage
        stage.database.close()


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> World:
    """Mira and Ines have had their first conversation and written a goal; Noor is about to join."""
    file = tmp_path_factory.mktemp("season") / "alongside.db"
    shutil.copy(sqlite_template, file)
    stage = Stage(f"sqlite:///{file}")
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    cohort = running(stage)
    joins(stage, mira, cohort, Role.MENTOR, capacity=3)
    ours = joins(stage, ines, cohort, Role.MENTEE)
    match = matched(stage, cohort, mentor=mira, mentee=ines)
    stage.wait(days=1.5)
    ines.presses("We met")
    ines.does("activity.open", match=match.id, number="1", kind="objectives")
    ines.fills(line_new1="Speak first")
    stage.programme("Newcomers", starts_on=stage.now.date() + timedelta(days=30))
    noor = stage.person("Noor Haddad")
    noor.asks("join Newcomers")
    answers(noor, until=4)
    about = noor.me.id
    with stage.store() as store:
        piece = store.writings.of_match(match.id)[0].id
        card = store.participants.of_person(about)[0]
    stage.database.close()
    args = {
        "match": match.id,
        "matches": match.id,
        "number": "1",
        "kind": "objectives",
        "via": "line",
        "cohort": cohort.id,
        "open": card.cohort,
        "participant": ours.id,
        "joining": card.id,
        "piece": piece,
        "question": "useful",
        "answer": "3",
        "said": "met",
        "day": "",
        "choice": "again",
        "language": "pt",
        "window": "start",
        "step": "session_1",
    }
    return World(file, stage, args)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> World:
    """Carla has drafted two pairs, and described one more programme; Kai and Rui joined after the draft."""
    file = tmp_path_factory.mktemp("desk") / "alongside.db"
    shutil.copy(sqlite_template, file)
    stage = Stage(f"sqlite:///{file}")
    carla = stage.person("Carla Weiss", owner=True)
    cohort = stage.programme()
    for name, role in (("Mira", Role.MENTOR), ("Ada", Role.MENTOR), ("Ines", Role.MENTEE), ("Noor", Role.MENTEE)):
        joins(stage, stage.person(f"{name} Okafor"), cohort, role)
    carla.asks_admin("programme new")
    carla.fills(WHOLE)
    carla.asks_admin("match draft")
    for name, role in (("Kai", Role.MENTOR), ("Rui", Role.MENTEE)):
        joins(stage, stage.person(f"{name} Okafor"), cohort, role)
    stage.database.close()
    args = {"cohort": cohort.id, "programme": cohort.programme, "round": "gone", "from": "0", "key": "gone"}
    return World(file, stage, args)


def rows(stage: Stage) -> Rows:
    """Everything that is stored."""
    with stage.database.transaction() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}


def twice(stage: Stage, who: Account, what: What) -> tuple[Reply | None, Reply | None]:
    """The same gesture is delivered two times, and the second one writes nothing. One that was not taken the first
    time, because it was refused or sent back, is no repeat."""
    gesture = Inbound("gesture", who, what, Place.PRIVATE, stage.now)
    before = rows(stage)
    first = dispatch(gesture, stage.kit)
    between = rows(stage)
    again = dispatch(gesture, stage.kit)
    if between[inbox.name] != before[inbox.name]:
        assert rows(stage) == between
    else:
        assert again == first
    return first, again


def actor_of(name: str, stage: Stage) -> tuple[Actor, dict[str, str]]:
    """Who has such a button in the season, and what theirs carries beside the rest."""
    mira, ines, noor = stage.actors
    if name.startswith(CONVERSING):
        return noor, {"participant": "joining", "question": "types_wished"}
    return (mira if name in MENTORS else ines), {}


REFUSED = {"ratings.send", "review.send", "wishes.keep", "request.send"}
"""Dialogs that this pair cannot send: not yet, or not in a programme where the draft decides."""
NOTHING_TO_OPEN = {"wishes.open", "request.ask", "match.override", "pair.override", "programme.open_to"}
"""Buttons that open a dialog where there is a list of wishes, a request, a limit in the way or a company's table. Here
there is none, and they say so."""
SILENT = {
    # What was to be done is done, and its message has changed already.
    *("standing.leave_now", "match.end", "letter.draft"),
    # Nothing is posted below a second time.
    *("match.meet", "match.hello", "match.starters", "match.about", "match.not_a_fit"),
    # A code is shown once, and kept as a hash.
    *("connect.ask", "connect.code"),
    # The button of a dry run works once, and a report is sent once.
    *CONFIRMS,
    "report.tables",
    # A refusal under a button would say of what was just done that it can no longer be done.
    *("match.more", "outbox.more", "outbox.again", "outbox.confirm", "programme.open_to"),
}
"""Presses that get a bare acknowledgement the second time."""
ELSE = {"session.see": "The card for you and Mira is below.", "standing.resume": "You are back in Mentoring."}
"""Presses that are told how things stand in other words than the first time."""


@pytest.mark.parametrize("name", PRESSES)
def test_a_press_has_one_effect_and_the_second_answer_tells_how_things_stand(
    name: str, season: World, desk: World, tmp_path: Path
) -> None:
    world = desk if name.startswith(DESK) or name in CONFIRMS else season
    with world.played(tmp_path) as stage:
        args = dict(world.args)
        if world is desk:
            actor = stage.actors[0]
            for step in CONFIRMS.get(name, ()):
                answer = actor.asks_admin(step) if step[0].islower() else actor.presses(step)
                assert answer is not None
                args = next((dict(one.action.args) for one in buttons(answer) if one.action.name == name), args)
            assert name not in CONFIRMS or "token" in args
        else:
            actor, also = actor_of(name, stage)
            args |= also | dict(ALSO.get(name, {}))
            args |= {key: args[args[key]] for key in ("participant", "cohort") if args[key] in args}

        first, again = twice(stage, actor.account, Pressed(Action(name, args), FILLED.get(name, {})))

    assert first is not None
    # Teams must know before the press whether a dialog opens.
    assert (first.where is Where.DIALOG) == (opens(Action(name, args)) and name not in NOTHING_TO_OPEN)
    if name in SILENT:
        assert again is None
    elif name in ELSE:
        assert again is not None
        assert ELSE[name] in shown(again.message)
        assert again.where is Where.INSTEAD
    else:
        assert again == first


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_a_dialog_that_was_taken_closes_and_one_that_was_sent_back_stays(
    name: str, season: World, desk: World, tmp_path: Path
) -> None:
    world = desk if name.startswith(DESK) else season
    with world.played(tmp_path) as stage:
        args = dict(world.args)
        if world is desk:
            actor = stage.actors[0]
        else:
            actor, also = actor_of(name, stage)
            args |= also | dict(ALSO.get(name, {}))
            args |= {key: args[args[key]] for key in ("participant", "cohort") if args[key] in args}

        first, again = twice(stage, actor.account, Submitted(Action(name, args), FILLED.get(name, {})))

    assert first is not None
    assert again == (first if first.where is Where.FIELD_ERRORS or name in REFUSED else None)


@pytest.mark.parametrize("verb", ASKS)
def test_a_command_that_reads_is_answered_again_and_any_other_tells_where_you_stand(
    verb: str, season: World, tmp_path: Path
) -> None:
    with season.played(tmp_path) as stage:
        first, again = twice(stage, stage.actors[1].account, Asked("mentor", WORDS.get(verb, verb)))
    # In the private chat the first question is all that answers to "join".
    assert (first is None) == (verb == "join")
    assert again is not None
    other = {
        "join": "You have begun to join Newcomers.",
        "pause": "You pause in Mentoring until Tuesday 1 June.",
        "resume": "You are back in Mentoring.",
        "connect": "You and Mira Okafor",
    }
    assert other[verb] in shown(again.message) if verb in other else again == first


ONCE = {
    *("match lock", "match swap", "roles", "report"),
    *("open", "match publish", "pair", "unpair", "broadcast", "close", "programme archive"),
}
"""Words of coordinators that change something, or show a dry run whose button works once."""


@pytest.mark.parametrize("verb", ADMIN_ASKS)
def test_a_coordinators_word_is_answered_again_when_it_only_reads(verb: str, desk: World, tmp_path: Path) -> None:
    with desk.played(tmp_path) as stage:
        carla = stage.actors[0]
        if verb in ("close", "pair", "unpair"):
            carla.asks_admin("match publish")
            carla.presses("Publish")
        if verb == "unpair":
            carla.asks_admin("pair <@U006> <@U007>")
            carla.presses("Introduce them")
        first, again = twice(stage, carla.account, Asked("mentor-admin", WORDS.get(verb, verb)))
    assert first is not None
    if verb == "match draft":
        assert again is not None
        assert "A draft for Mentoring was asked for on" in shown(again.message)
        return
    assert again == (None if verb in ONCE else first)


@pytest.mark.parametrize("name", CLOSINGS)
def test_a_form_that_is_closed_twice_keeps_one_draft(name: str, season: World, tmp_path: Path) -> None:
    with season.played(tmp_path) as stage:
        _, again = twice(stage, stage.actors[1].account, Closed(Action(name, season.args), FILLED[name]))
    assert again is None


def test_the_home_is_drawn_again(season: World, tmp_path: Path) -> None:
    with season.played(tmp_path) as stage:
        first, again = twice(stage, stage.actors[1].account, Opened())
    assert first is not None
    assert again == first


def test_a_typed_text_is_answered_once(season: World, tmp_path: Path) -> None:
    with season.played(tmp_path) as stage:
        first, again = twice(stage, stage.actors[2].account, Said("Writing clearly"))
    assert (first, again) == (None, None)


def test_a_step_back_that_comes_again_shows_the_question_that_is_open(stage: Stage) -> None:
    stage.programme()
    noor = stage.person("Noor Haddad")
    noor.asks("join")
    answers(noor, until=3)
    seen, back = noor.finds("Back")
    noor.presses_again(seen, back, gesture="back")
    open_ = noor.newest
    noor.presses_again(seen, back, gesture="back")
    assert noor.newest == open_
    answers(noor, since=2)


def test_going_on_twice_leaves_the_question_where_it_is(stage: Stage) -> None:
    stage.programme()
    noor = stage.person("Noor Haddad")
    noor.asks("join")
    answers(noor, until=2)
    noor.presses("Stop for now")
    seen, go_on = noor.finds("Go on")
    noor.presses_again(seen, go_on, gesture="one click")
    question = noor.newest
    noor.presses_again(seen, go_on, gesture="one click")
    assert noor.newest == question
    noor.presses_again(seen, go_on, gesture="another click")
    assert noor.newest == question, "no dead end in place of an open question"


def test_an_answer_that_comes_again_after_it_was_changed_shows_what_holds(stage: Stage) -> None:
    stage.programme()
    noor = stage.person("Noor Haddad")
    noor.asks("join")
    answers(noor, until=1)
    seen, learn = noor.finds("Learn from somebody")
    noor.presses_again(seen, learn, gesture="an answer")
    noor.presses("Change", beside="Role")
    noor.fills(role="mentor")
    noor.presses_again(seen, learn, gesture="an answer")
    assert "Role: Mentor somebody" in shown(seen.message)


def test_only_what_is_pressed_opens_a_dialog() -> None:
    assert DIALOGS - PRESSES.keys() == {OPEN}


def test_a_button_that_stands_for_a_word_asks_it(season: World, tmp_path: Path) -> None:
    with season.played(tmp_path) as stage:
        ines = next(actor for actor in stage.actors if actor.profile.name.startswith("Ines"))
        asked, again = twice(stage, ines.account, Asked("mentor", "settings"))
        pressed, later = twice(stage, ines.account, Pressed(Action(OPEN, {"command": "mentor", "words": "settings"})))
    assert asked is not None
    assert asked.where is Where.DIALOG
    assert asked == again == pressed == later
