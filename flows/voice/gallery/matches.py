"""Examples of what two people hear of their match, and coordinators of matches made by hand."""

from collections.abc import Mapping

from flows.people import Role
from flows.questionnaire import Kind, Question
from flows.space import Way
from flows.voice import coordinating
from flows.voice import matches as voice
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.gallery.people import MATCH
from flows.voice.message import Action, Message, Plain
from flows.voice.reasons import sentences
from flows.voice.say import Say

LIFE = ("life", "Life: work and everything around it")
QUESTIONS = (
    Question(
        "skills_wanted", Kind.CHOICES, "", "", options=(("data", "Working with data"), ("lead", "Leading people"))
    ),
    Question("interests", Kind.CHOICES, "", "", options=(("music", "Music"), ("books", "Books"))),
    Question("place", Kind.PLACE, "", "", options=(("pt", "Portuguese"), ("en", "English"))),
    Question("area", Kind.CHOICE, "", "", options=(("finance", "Finance"), ("sales", "Sales"))),
    Question("move_into", Kind.CHOICE, "", "", options=(("finance", "Finance"),)),
    Question("mode", Kind.CHOICE, "", "", options=(("online", "Online"),)),
    Question("skills_offered", Kind.CHOICES, "", "", options=(("data", "Data"), ("lead", "Leading people"))),
    Question("types_offered", Kind.CHOICES, "", "", options=(("career", "Career: to somebody less far"), LIFE)),
    Question("types_wished", Kind.CHOICES, "", "", options=(("career", "Career: somebody further ahead"), LIFE)),
)
USUAL = (("goals", "data", "lead"), ("language", "pt"), ("time", "thu-09"))
RARE = (
    ("teaches", "data"),
    ("interests", "music", "books"),
    ("moving_into", "finance"),
    ("mode", "online"),
    ("type", "career", "life"),
    ("mix", "finance", "sales"),
    ("newcomer", "new"),
    ("seniority", "ahead"),
)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each; the reasons in all their kinds, for both sides."""
    found: dict[str, Example] = {}
    for role, partner in ((Role.MENTEE, MIRA), (Role.MENTOR, INES)):
        why = sentences(USUAL, role, partner, QUESTIONS, 0, say)
        few = sentences(USUAL[1:2], role, partner, QUESTIONS, 0, say)
        found[f"matches.introduction_{role}"] = _told(voice.introduction(MATCH, role, partner, why, say))
        found[f"matches.introduction_few_{role}"] = _told(voice.introduction(MATCH, role, partner, few, say))
        found[f"matches.introduction_late_{role}"] = _told(
            voice.introduction(MATCH, role, partner, why, say, late=True)
        )
        found[f"matches.greeted_{role}"] = Example(
            voice.introduction(MATCH, role, partner, why, say, greeted=True), Shown.ANSWER
        )
        for reason in RARE:
            why = sentences((reason,), role, partner, QUESTIONS, 0, say)
            found[f"matches.reason_{reason[0]}_{role}"] = _told(voice.introduction(MATCH, role, partner, why, say))
        answers = ((say.plain("Speaks"), (Plain("English"),)),)
        found[f"matches.about_{role}"] = Example(voice.about(partner, role, answers, say), Shown.ANSWER)
    found["matches.introductions"] = _told(voice.introductions([(MATCH, INES), (MATCH, MIRA)] * 2, say))
    pairing = coordinating.dry_run(
        voice.would_pair(MIRA, INES, Way.SHARED, say),
        voice.capacity(1, 2, say),
        None,
        say.plain("Introduce them"),
        Action("pair.confirm", {"token": "t-1"}),
        say,
        notes=[voice.met_before(say)],
    )
    parting = coordinating.dry_run(
        voice.would_unpair(MIRA, INES, say),
        (),
        voice.ended(INES, say),
        say.plain("End their match"),
        Action("unpair.confirm", {"token": "t-1"}),
        say,
        grave=True,
    )
    return found | {
        "matches.starters": Example(voice.starters(("What was hardest?", "What helped?"), MIRA, say), Shown.ANSWER),
        "matches.not_a_fit": Example(voice.not_a_fit(MATCH, MIRA, say), Shown.ANSWER),
        "matches.kept": Example(voice.kept(MIRA, say), Shown.ANSWER),
        "matches.you_ended": Example(voice.you_ended(MIRA, say), Shown.ANSWER),
        "matches.ended": _told(voice.ended(MIRA, say)),
        "matches.noted": Example(voice.noted(say), Shown.ANSWER),
        "matches.pairing": Example(pairing, Shown.ANSWER),
        "matches.paired": Example(voice.paired(MIRA, INES, say), Shown.ANSWER),
        "matches.parting": Example(parting, Shown.ANSWER),
        "matches.unpaired": Example(voice.unpaired(MIRA, INES, say), Shown.ANSWER),
    }


def _told(message: Message) -> Example:
    return Example(message, Shown.PROACTIVE)
