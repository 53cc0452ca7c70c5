"""Before there is a programme, Priya asks whether anybody would like one."""

from tests.stage import Actor, Stage, Where

TOPIC = "What should it be about?"
NAMES = ("Ines", "Yusuf", "Björn", "Mira", "Hannah", "Amara")


async def taps(actor: Actor, label: str, topic: str = "") -> None:
    """Both taps."""
    await actor.presses(label)
    if topic:
        await actor.chooses(TOPIC, topic)
        await actor.presses("Count it")


async def test_priya_asks_whom_the_bot_knows_and_learns_counts_alone(stage: Stage) -> None:
    priya, *people = stage.actors("Priya", *NAMES)
    for one in people:
        await one.asks("help")

    await priya.coordinates("interest")
    await priya.presses("Ask the 6 people whom I know")
    assert any("This asks 6 people, in their working hours." in seen for seen in priya.in_sight())
    await priya.presses("Ask them")
    await stage.wait(days=1)
    for one in people:
        assert one.hears("Would mentoring help you, or could you help somebody?")
        await taps(one, "I would like a mentor", "Strategy")
        assert one.hears("Thank you, counted. What was chosen is not kept beside your name.")
        assert not one.hears("Strategy")

    await priya.coordinates("interest")
    assert "At least five have answered." in priya.answer
    assert "Strategy" not in priya.answer
    await priya.presses("Close it and show me")
    await priya.coordinates("interest")
    assert "6 people have answered." in priya.answer
    assert "Would like a mentor: 6" in priya.answer
    assert "Strategy: 6" in priya.answer
    for one in people:
        assert one.player.member.name not in priya.answer
    await priya.presses("Describe a programme")
    assert priya.modal_asks


async def test_in_a_channel_each_is_answered_alone(stage: Stage) -> None:
    priya, ines = stage.actors("Priya", "Ines")
    await priya.coordinates("interest #general")
    assert "This asks everybody in the channel that you chose" in priya.answer
    await priya.presses("Ask them")
    await ines.comes()
    if stage.platform is Where.BOTH:
        return
    question = ines.player.channel("#general")[-1]
    assert "Two taps, no name." in question

    await ines.presses_again(question, "I would be a mentor")
    await ines.chooses(TOPIC, "Working with data")
    await ines.presses("Count it")

    assert any("Thank you, counted." in seen for seen in ines.in_sight())
    assert question in ines.player.channel("#general")
    await ines.presses_again(question, "Not now")
    assert "each of us counts once" in ines.told_alone or ines.hears("each of us counts once")
