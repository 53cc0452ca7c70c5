"""What the stories have in common: a programme that Priya has opened, and people who join it as they are."""

from collections.abc import Mapping

from bot.playground.opening import open_programme
from bot.playground.players import Seen
from tests.stage import Actor, Stage

ROLE = "How would you like to take part?"
WISHES = "What kind of mentoring would help you?"
OFFERS = "What kind of mentoring do you offer?"
HOURS = "How many hours a month can you give to it?"
CAPACITY = "How many mentees can you meet at a time?"
WANTS = "What would you like to get better at?"
TEACHES = "What can you help somebody with?"
LIKES = "What do you like, beyond work?"
MOVE = "Is there another area that you would like to move into?"
NEW = "Are you new to something at the moment?"
MODE = "How would you like to meet?"
PLACE = "When is it morning for you, and which languages do you speak?"
LANGUAGES = "Languages you speak"
TIMES = "When are you usually free for a talk?"
ABOUT = "What should somebody know who meets you for the first time?"

Answers = Mapping[str, str | tuple[str, ...]]
"""The label of a field or question → what is typed, pressed or chosen; what stands in no line is skipped."""

MENTEE: Answers = {
    ROLE: "Learn from somebody",
    WISHES: "Career: somebody further ahead",
    HOURS: "2",
    WANTS: ("Working with data", "Speaking to groups"),
    LIKES: ("Music", "Travel"),
    MOVE: "Data",
    NEW: "Neither",
    LANGUAGES: ("English", "Portuguese"),
    MODE: "Online",
    TIMES: ("Tuesday morning", "Thursday morning"),
    ABOUT: "I came here from support and like short plans.",
}
MENTOR: Answers = {
    ROLE: "Mentor somebody",
    OFFERS: "Career: to somebody less far",
    HOURS: "3",
    CAPACITY: "1",
    TEACHES: ("Working with data", "Leading people"),
    LIKES: "Music",
    NEW: "Neither",
    LANGUAGES: ("English", "German"),
    MODE: "Either is fine",
    TIMES: ("Tuesday morning", "Thursday morning"),
    ABOUT: "I have led a data team for six years.",
}


async def open_spring(stage: Stage) -> None:
    """Priya makes the programme and posts the invitation."""
    await open_programme(stage.coordinator.player, stage.world.now().date(), stage.settle)


def question(seen: Seen) -> str:
    """What a message of the questionnaire asks: its first line."""
    return seen.summary.splitlines()[0]


async def joins(actor: Actor, answers: Answers) -> None:
    """From the command to the last button, as somebody who knows what they want."""
    await actor.asks("join")
    await actor.presses("I agree")
    while "Nothing counts until you join" not in actor.last_message:
        await answers_one(actor, answers)
    await actor.presses("Join Spring mentoring")
    assert "You have joined Spring mentoring" in actor.last_message


async def answers_one(actor: Actor, answers: Answers) -> None:
    """The question that stands there now: by its button, its form, or not at all."""
    seen = actor.last_message
    if question(seen) == PLACE and LANGUAGES in answers:
        await actor.presses("Change this")
        await actor.chooses(LANGUAGES, *answers[LANGUAGES])
        await actor.submits()
        return
    fields = [control for control in seen.controls if control.holds and control.label in answers]
    for field in fields:
        said = answers[field.label]
        if field.options:
            await actor.chooses(field.label, *((said,) if isinstance(said, str) else said))
        else:
            assert isinstance(said, str)
            await actor.fills(field.label, said)
    said = answers.get(question(seen), "")
    if fields:
        await actor.presses("Save")
    elif isinstance(said, str) and said in seen.labels:
        await actor.presses(said)
    else:
        await actor.presses("Skip" if "Skip" in seen.labels else "That is right")


async def everybody_joins(stage: Stage, *, of_ines: Answers = MENTEE) -> None:
    """Three who want to learn and two who have one place each, so that somebody is left over."""
    ines, yusuf, bjorn, mira, hannah = stage.actors("Ines", "Yusuf", "Björn", "Mira", "Hannah")
    await joins(ines, of_ines)
    await joins(yusuf, {**MENTEE, WANTS: "Leading people"})
    await joins(bjorn, {**MENTEE, WANTS: "Reading the numbers"})
    await joins(mira, MENTOR)
    await joins(hannah, {**MENTOR, TEACHES: "Leading people"})


async def publish(stage: Stage) -> None:
    """Priya finds pairs and publishes them: Ines with Mira, Yusuf with Hannah, nobody for Björn."""
    priya = stage.actor("Priya")
    await priya.coordinates("match draft")
    await priya.coordinates("match publish")
    await priya.presses("Publish")


async def spring_has_begun(stage: Stage, *, of_ines: Answers = MENTEE) -> None:
    """All of it, up to the introductions."""
    await open_spring(stage)
    await everybody_joins(stage, of_ines=of_ines)
    await publish(stage)
    await stage.wait(hours=2)
