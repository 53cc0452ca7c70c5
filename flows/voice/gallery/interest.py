"""Examples of the question whether there is interest in mentoring."""

from collections.abc import Mapping

from flows.channels import Channel
from flows.interest import OPEN_FOR, Result, Stance, Survey
from flows.voice import coordinating
from flows.voice import interest as voice
from flows.voice.calm import line
from flows.voice.gallery.example import NOW, Example, Shown
from flows.voice.message import Action
from flows.voice.say import Say

SURVEY = Survey("s-1", NOW, NOW + OPEN_FOR)
CHANNEL = Channel("C1", "C1", "general", "", "")
SKILLS = {"data": "Working with data", "leading": "Leading people"}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    some = Result(40, {Stance.MENTOR: 12, Stance.MENTEE: 28}, (), (("leading", 14), ("data", 9)))
    few = Result(12, {Stance.MENTEE: 6}, (Stance.MENTOR, Stance.NOT_NOW), ())
    asking = coordinating.dry_run(
        voice.would_ask(48, say),
        (),
        voice.ask("", say),
        say.plain("Ask them"),
        Action("interest.confirm", {"token": "t-1"}),
        say,
        notes=[voice.left_out(2, say)],
    )
    answers = {
        "interest.topic": voice.topic("s-1", SKILLS, say),
        "interest.counted": voice.counted(say),
        "interest.counted_before": voice.counted_before(say),
        "interest.choose_one": voice.choose_one(say),
        "interest.where": voice.where([CHANNEL], 48, say, lists=False, unknown="#general"),
        "interest.nowhere": voice.where([], 0, say, lists=False),
        "interest.asking": asking,
        "interest.asking_channel": line(voice.would_ask(0, say)),
        "interest.asked": voice.asked(SURVEY, say),
        "interest.under_way": voice.under_way(SURVEY, say, enough=True),
        "interest.under_way_few": voice.under_way(SURVEY, say, enough=False),
        "interest.came_to": voice.came_to(some, SKILLS, say),
        "interest.came_to_some": voice.came_to(few, SKILLS, say),
        "interest.came_to_few": voice.came_to(None, SKILLS, say),
        "interest.in_channel": voice.ask("s-1", say, in_channel=True),
    }
    return {"interest.ask": Example(voice.ask("s-1", say), Shown.PROACTIVE)} | {
        name: Example(message, Shown.ANSWER) for name, message in answers.items()
    }
