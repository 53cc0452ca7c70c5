"""A table of the company's people: told as a difference, confirmed once, and told to those whom it is about."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from flows.facts import Known, Word
from flows.facts_table import Table, read_table
from flows.people import Role
from flows.roles import Rank
from flows.voice.message import Action
from handlers.ahead import read_ahead
from handlers.coordinating import importing
from handlers.inbound import Inbound, Place, Pressed, Submitted
from handlers.maintaining import maintain
from handlers.router import dispatch
from storage.tables import imports, outbox
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage, shown
from tests.handlers.statements import statements
from tests.written_down import audited

TABLE = """E-mail,Manager,Department,Site,Level,Start date
ines@example.org,mira@example.org,Data,Lisbon,4,2026-10-01
yusuf@example.org,,Sales,Porto,x,
nobody at all,,,,,
"""


def gives(carla: Actor, table: str, extent: str = "Some of us") -> None:
    carla.asks_admin("people import")
    carla.fills(table=table, extent=extent)


def known(stage: Stage) -> dict[str, Known]:
    with stage.store() as store:
        return store.facts.all()


def kept_tables(stage: Stage) -> int:
    with stage.database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(imports)).scalar_one()


def test_a_table_is_shown_as_a_difference_and_taken_over_once_confirmed(stage: Stage, carla: Actor) -> None:
    gives(carla, TABLE)
    assert "This changes what matching knows of 1 person." in carla.reads
    assert "New: ines@example.org, Line manager mira@example.org, Department Data, Site Lisbon" in carla.reads
    assert "Rows left out: 2" in carla.reads
    assert "Row 3: “x” is no level. A whole number from 1 to 20 fits." in carla.reads
    assert "Row 4: “nobody at all” is no account and no e-mail address." in carla.reads
    assert (known(stage), kept_tables(stage)) == ({}, 1)
    carla.presses("Take it over")
    assert "Done. What matching knows of 1 person has changed." in carla.reads
    assert (list(known(stage)), kept_tables(stage)) == (["ines@example.org"], 0)
    with stage.database.transaction() as connection:
        assert [audited(connection, "people import", how) for how in ("shown", "done")] == [2, 1]


def test_the_same_table_again_changes_nothing(stage: Stage, carla: Actor) -> None:
    gives(carla, TABLE)
    carla.presses("Take it over")
    gives(carla, TABLE)
    assert "This table changes nothing: its 1 row says what is known already." in carla.reads
    assert "Row 3:" in carla.reads
    assert kept_tables(stage) == 0


def test_not_now_leaves_nothing_behind(stage: Stage, carla: Actor) -> None:
    gives(carla, TABLE)
    carla.presses("Not now")
    assert (known(stage), kept_tables(stage)) == ({}, 0)


def test_what_was_not_confirmed_is_forgotten(stage: Stage, carla: Actor) -> None:
    gives(carla, TABLE)
    stage.now += timedelta(hours=1)
    maintain(stage.kit)
    assert kept_tables(stage) == 0
    carla.presses("Take it over")
    assert known(stage) == {}


def test_a_difference_that_is_no_more_what_was_shown_is_not_taken_over(stage: Stage, carla: Actor) -> None:
    gives(carla, TABLE)
    first = carla.finds("Take it over")
    gives(carla, TABLE.replace("Lisbon", "Faro"))
    carla.presses("Take it over")
    carla.closes()
    carla.presses_again(*first)
    assert "Something has changed since you saw this" in carla.reads
    assert known(stage)["ines@example.org"].site == "Faro"


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("", "A table fits here"),
        ("\0", "I could not read that file"),
        ("name,site\nInes,Lisbon\n", "one of them “account” or “e-mail”"),
        ("id,name,role,goals\na,Ada,mentee,law\n", "“goals” belongs to a list for alongside match"),
        ("email\nines@example.org\n", "a column such as manager"),
        ("email,site,office\na@x.org,Faro,Faro\n", "Two columns mean the same, one of them “office”"),
        ("email,site\n", "no row below it"),
        ("email,site\n" + "a@x.org,\n" * 20_001, "20001 rows are too many"),
    ],
)
def test_a_table_that_cannot_be_used_stays_in_the_dialog(stage: Stage, carla: Actor, table: str, line: str) -> None:
    gives(carla, table)
    assert carla.dialog is not None
    assert line in carla.errors["table"]
    assert kept_tables(stage) == 0


def test_many_faults_are_counted(stage: Stage, carla: Actor) -> None:
    gives(carla, "email,site\nines@example.org,Faro\n" + "nobody,Faro\n" * 30)
    assert "Row 22:" in carla.reads
    assert "Row 23:" not in carla.reads
    assert "10 more rows are left out." in carla.reads


def test_all_that_is_wrong_with_a_row_is_told_at_once(stage: Stage, carla: Actor) -> None:
    gives(carla, "email,manager,level,start date\nines@example.org,boss,99,10/12/2020\nyusuf@example.org,,3,\n")
    assert "Row 2: the manager “boss” is no account and no e-mail address." in carla.reads
    assert "Row 2: “99” is no level." in carla.reads
    assert "Row 2: “10/12/2020” is no day that is surely meant." in carla.reads
    assert "Rows left out: 1" in carla.reads


def test_a_manager_who_has_come_here_is_shown_by_name(stage: Stage, carla: Actor) -> None:
    for name in ("Mira Okafor", "Yusuf Kaya", "Ines Duarte"):
        stage.person(name, email=f"{name.split()[0].lower()}@example.org").asks("help")
    gives(carla, "email,manager\nines@example.org,mira@example.org\n")
    assert "New: Ines Duarte, Line manager Mira Okafor" in carla.reads
    carla.presses("Take it over")
    gives(carla, "email,manager\nines@example.org,yusuf@example.org\n")
    assert "Changed: Ines Duarte, Line manager Yusuf Kaya instead of Mira Okafor" in carla.reads


def test_only_who_runs_every_programme_may_import(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Leaders")
    olga = stage.person("Olga Stein")
    olga.asks("help")
    person = olga.me.id
    with stage.store() as store:
        store.programmes.appoint(person, cohort.programme, "owner", by="carla", at=stage.now)
    olga.asks_admin("people import")
    assert olga.dialog is None


def test_of_the_whole_company_who_is_missing_is_taken_away(stage: Stage, carla: Actor) -> None:
    gives(carla, "email,site\nines@example.org,Faro\nyusuf@example.org,Porto\n")
    carla.presses("Take it over")
    gives(carla, "email,site\nines@example.org,Faro\n", extent="The whole company")
    assert "Taken away: yusuf@example.org" in carla.reads
    carla.presses("Take it over")
    assert list(known(stage)) == ["ines@example.org"]


def test_who_takes_part_is_asked_once_and_reads_it_where_nobody_else_does(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Leaders")
    ines = stage.person("Ines Duarte", email="ines@example.org")
    joins(stage, ines, cohort, Role.MENTEE)
    stage.person("Yusuf Kaya", email="yusuf@example.org").asks("help")
    gives(carla, TABLE)
    carla.presses("Take it over")
    assert "1 person who has joined is asked once" in carla.reads
    assert "Your company has told us where you work and since when." in ines.reads
    with stage.database.transaction() as connection:
        stored = [str(row.message) for row in connection.execute(select(outbox.c.message))]
    assert not any(fact in message for message in stored for fact in ("Lisbon", "mira@example.org", "2026"))
    ines.presses("See what it says")
    assert "Line manager: mira@example.org" in ines.reads
    assert "Site: Lisbon" in ines.reads
    assert "Started on: Thursday 1 October 2026" in ines.reads
    ines.presses("That is right")
    assert "Noted: that is right." in ines.reads
    assert known(stage)["ines@example.org"].word is Word.RIGHT
    ines.asks("settings")
    assert "Department: Data" in ines.reads
    assert "It came from Carla Weiss" in ines.reads


def test_who_finds_it_wrong_learns_whom_to_ask(stage: Stage, carla: Actor) -> None:
    ines = stage.person("Ines Duarte", email="ines@example.org")
    joins(stage, ines, stage.programme("Leaders"), Role.MENTEE)
    gives(carla, TABLE)
    carla.presses("Take it over")
    ines.presses("See what it says")
    ines.presses("Something is wrong")
    assert "Ask Carla Weiss to put them right." in ines.reads
    assert known(stage)["ines@example.org"].word is Word.WRONG
    ines.presses("Change my answers")
    assert "Office" in ines.reads


@pytest.mark.parametrize("meanwhile", [False, True])
def test_what_was_read_before_the_turn_counts_while_nothing_else_is_known(
    stage: Stage, carla: Actor, monkeypatch: pytest.MonkeyPatch, *, meanwhile: bool
) -> None:
    gives(carla, TABLE)
    _, button = carla.finds("Take it over")
    pressed = Inbound("later", carla.account, Pressed(button.action), Place.PRIVATE, stage.now)
    read = read_ahead(pressed, stage.kit)
    if meanwhile:
        with stage.store() as store:
            store.facts.keep({"noor@example.org": Known(site="Porto")}, source="i2", by="other", at=stage.now)
    looks: list[str] = []

    def look(text: str, *, home: str) -> Table:
        looks.append(home)
        return read_table(text, home=home)

    monkeypatch.setattr(importing, "read_table", look)
    assert dispatch(read, stage.kit) is not None
    assert len(looks) == meanwhile
    assert "ines@example.org" in known(stage)


def test_nothing_is_read_ahead_for_who_may_not_bring_a_table(stage: Stage, carla: Actor) -> None:
    gives(carla, TABLE)
    _, button = carla.finds("Take it over")
    hannah, nobody = stage.person("Hannah Weiss"), stage.person("Nobody Yet")
    hannah.asks("help")
    one, who, owner = stage.programme().programme, hannah.me.id, carla.me.id
    with stage.store() as store:
        store.programmes.appoint(who, one, Rank.OWNER, by=owner, at=stage.now)
    given = Submitted(Action("people.table"), {"table": (TABLE,), "extent": ("some",)})
    for actor, reads in ((carla, True), (hannah, False), (nobody, False)):
        for what in (Pressed(button.action), given):
            sent = Inbound("ahead", actor.account, what, Place.PRIVATE, stage.now)
            assert (read_ahead(sent, stage.kit).ahead is not None) is reads


def test_a_table_about_many_who_joined_is_taken_over_in_few_statements(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme()
    for number in range(12):
        joins(stage, stage.person(f"Somebody {number}", email=f"s{number}@example.org"), cohort, Role.MENTEE)
    gives(carla, "E-mail,Site\n" + "\n".join(f"s{number}@example.org,Porto" for number in range(12)))
    _, button = carla.finds("Take it over")
    pressed = Inbound("all", carla.account, Pressed(button.action), Place.PRIVATE, stage.now)
    with statements() as seen:
        reply = dispatch(read_ahead(pressed, stage.kit), stage.kit)
    assert reply is not None
    assert "12 people who have joined are asked once" in shown(reply.message)
    assert len(seen) < 30
