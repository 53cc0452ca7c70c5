"""A coordinator: dialogs, dry runs and confirmations through the real adapter."""

from bot.playground.faults import Fault, Trouble
from flows.people import Participant, Role, Standing
from flows.questionnaire import AGREED, Answer
from storage.store import Store
from tests.stage import Actor, Call, Stage
from tests.written_down import everybody

ANSWERS = {
    "Which problem keeps your leaders awake?": "People leave in their second year.",
    "Why this format?": "Two people talk more openly than ten.",
    "One objective": "Fewer people leave early.",
    "How is it measured, and where does the figure come from?": "per cent a year, people system",
    "The figure today": "18",
    "Champion": "Hannah Weiss",
}
COMMON: dict[str, Answer] = {"consent": AGREED, "hours": 2, "new": "neither", "mode": "either", "times": ("tue-am",)}
MENTEE: dict[str, Answer] = {"role": "mentee", "types_wished": ("career",), "skills_wanted": ("data",)}
MENTOR: dict[str, Answer] = {"role": "mentor", "types_offered": ("career",), "skills_offered": ("data",), "capacity": 1}


async def joined(stage: Stage, name: str, role: Role) -> Actor:
    """Somebody who has answered and joined before the story begins."""
    actor = stage.actor(name)
    await actor.asks("help")
    with stage.app.kit.database.transaction() as connection:
        store = Store(connection, stage.app.kit.keyring)
        person = next(one for one in everybody(connection) if one.account.user == actor.id)
        (cohort,) = store.programmes.taking_people()
        now = stage.world.now()
        participant = Participant(
            f"pa-{actor.id}", cohort.id, person.id, Standing.JOINED, frozenset({role}), int(role is Role.MENTOR)
        )
        store.participants.add(participant, source="command", at=now)
        for question, answer in (COMMON | (MENTOR if role is Role.MENTOR else MENTEE)).items():
            store.participants.answer(participant.id, question, answer, private=False, at=now)
    return actor


async def described(priya: Actor) -> None:
    """A programme in which nothing is missing."""
    await priya.coordinates("programme new Spring")
    for label, answer in (ANSWERS | {"The figure you want": "12"}).items():
        await priya.fills(label, answer)
    await priya.chooses("Why do you want mentoring?", "Career growth")
    await priya.chooses("Format", "One to one")
    await priya.submits()
    await priya.closes()


async def test_from_the_first_idea_to_the_introductions(stage: Stage) -> None:
    priya = stage.actor("Priya")
    await priya.coordinates("programme new Spring")
    for label, answer in ANSWERS.items():
        await priya.fills(label, answer)
    await priya.chooses("Why do you want mentoring?", "Engagement and retention")
    await priya.chooses("Format", "One to one")
    await priya.submits()
    assert "Figure wanted" in priya.modal

    await priya.presses("Edit")
    await priya.fills("The figure you want", "12")
    await priya.submits()
    refused = await priya.coordinates("open Spring")
    assert refused is not None
    assert any(line in refused for line in ("Where shall the invitation to Spring stand?", "I am in no channel yet."))

    await priya.coordinates("open Spring #general")
    assert "posts one invitation" in priya.answer
    await priya.presses("Post the invitation")
    assert "is open, and the invitation is on its way" in priya.answer
    ines = await joined(stage, "Ines", Role.MENTEE)
    assert "Mentoring starts on" in priya.player.channel("#general")[-1]
    mira = await joined(stage, "Mira", Role.MENTOR)

    await priya.coordinates("match draft")
    assert "Ines Duarte with Mira Okafor" in priya.last_message
    await priya.coordinates("match publish")
    dry_run = priya.answer
    await priya.presses("Publish")
    assert "2 introductions are on their way" in priya.answer
    await priya.presses_again(dry_run, "Publish")
    assert "works only once" in priya.answer

    await stage.wait(days=1)
    assert ines.hears("You and Mira Okafor are matched")
    assert mira.hears("You and Ines Duarte are matched")
    if stage.has_groups:
        (shared,) = ines.player.groups()
        assert "I cannot read what you write here" in ines.player.channel(shared)[0]

    await ines.presses("See starters")
    assert ines.hears("What made you want to be a mentor?")
    if stage.has_groups:
        await ines.presses("Say hello")
        assert ines.hears("Write to Mira Okafor")
    await mira.presses("About Ines")
    assert mira.hears("before your first talk")

    await priya.coordinates("broadcast")
    await priya.fills("Your words", "Lunch *together* <!channel>")
    await priya.submits()
    assert "This goes to 2 people" in priya.modal
    await priya.presses("Send it")
    await priya.closes()
    await stage.wait(days=1)
    assert ines.hears("Lunch *together* <!channel>")

    await priya.coordinates("people")
    assert "In a match: 2" in priya.answer
    await priya.coordinates("person Ines Duarte")
    assert "mentee with Mira Okafor" in priya.answer
    await priya.coordinates("unpair Ines Duarte Mira Okafor")
    await priya.presses("End their match")
    await stage.wait(days=1)
    assert mira.hears("Your match with Ines Duarte has ended.")


async def test_an_invitation_that_did_not_arrive_is_shown_and_posted_anew(stage: Stage) -> None:
    priya = stage.actor("Priya")
    await described(priya)
    await priya.coordinates("open Spring #general")
    stage.fails(Call.POST, Fault(trouble=Trouble.REFUSED, error="not_in_channel"), at=priya)
    await priya.presses("Post the invitation")
    await priya.coordinates("programme show")
    assert "The invitation did not arrive in its channel." in priya.answer

    await priya.coordinates("open Spring #general")
    await priya.presses("Post the invitation")
    await priya.coordinates("programme show")
    assert "did not arrive" not in priya.answer
    assert "Mentoring starts on" in priya.player.channel("#general")[-1]


async def test_who_did_not_get_a_broadcast_is_named_and_gets_it_after_one_more_press(stage: Stage) -> None:
    priya = stage.actor("Priya")
    await described(priya)
    await priya.coordinates("open Spring #general")
    await priya.presses("Post the invitation")
    ines, mira = await joined(stage, "Ines", Role.MENTEE), await joined(stage, "Mira", Role.MENTOR)
    await priya.coordinates("broadcast Tea at four")
    stage.fails(Call.POST, Fault(trouble=Trouble.REFUSED, error="restricted_action", status=400), at=ines)
    await priya.presses("Send it")
    await stage.wait(days=1)
    assert sorted([ines.hears("Tea at four"), mira.hears("Tea at four")]) == [False, True]

    await priya.coordinates("outbox")
    assert "1 of 2 sent, 1 failed" in priya.answer
    assert "It was refused (“restricted_action”)." in priya.answer
    assert "Tea at four" not in priya.answer
    await priya.presses("Send again")
    assert "This sends one message again." in priya.answer
    await priya.presses("Send it again")
    assert "It is on its way again." in priya.answer
    await stage.wait(days=1)
    assert [ines.hears("Tea at four"), mira.hears("Tea at four")] == [True, True]
    await priya.coordinates("outbox")
    assert "2 of 2 sent" in priya.answer
