"""A letter to oneself through the local workspace: typed in a window, kept, sealed, read in a window on its day."""

from flows.match import Match, MatchState, Member
from flows.people import Participant, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from storage.store import Store
from tests.stage import Stage

WORDS = "I want to remember why I began. *MARK* <!channel>"


async def matched(stage: Stage) -> None:
    """Mira and Ines are matched today."""
    mira, ines = stage.actors("Mira", "Ines")
    await mira.asks("help")
    await ines.asks("help")
    today = stage.world.now().date()
    kit = stage.app.kit
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        cohort = Cohort("c1", "p1", "Mentoring", CohortState.RUNNING, today)
        store.programmes.add(Programme("p1", "Mentoring", Design(), "", stage.world.now()), cohort)
        members = []
        for actor, role in ((mira, Role.MENTOR), (ines, Role.MENTEE)):
            person = next(one for one in store.people.everybody() if one.account.user == actor.id)
            place = Participant(f"at-{actor.id}", "c1", person.id, Standing.JOINED, frozenset({role}))
            store.participants.add(place, source="command", at=stage.world.now())
            members.append(Member(person.id, place.id, role))
        store.matches.add(Match("m1", "c1", MatchState.ACTIVE, tuple(members), today, cohort.ends_on))


async def test_a_letter_is_typed_kept_sealed_and_read_in_windows(stage: Stage) -> None:
    await matched(stage)
    ines = stage.actor("Ines")
    await ines.asks("letter")
    await ines.fills("Your letter", "half a thought")
    await ines.closes()

    await ines.asks("letter")
    assert ines.player.holds("Your letter") == ("half a thought",)
    await ines.fills("Your letter", WORDS)
    await ines.presses("Keep as a draft")
    assert "Your draft is kept" in ines.modal
    await ines.closes()

    await ines.asks("letter")
    assert ines.player.holds("Your letter") == (WORDS,)
    await ines.chooses("When shall it open?", "In one year")
    await ines.submits()
    assert "Your letter is sealed" in ines.last_message

    await stage.wait(weeks=53)
    assert ines.hears("Your letter of Monday 1 March 2027 is ready.")
    await ines.presses("Open it")
    assert WORDS in ines.modal
    assert not ines.hears("MARK"), "nothing of it stands in the conversation"
