"""One message of every kind, for the tests of how each platform draws them."""

from datetime import UTC, date, datetime, time

from flows.people import Account
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    ChannelField,
    Chart,
    ChoiceField,
    ChoicesField,
    DateField,
    Facts,
    File,
    Form,
    Heading,
    Line,
    Link,
    Mention,
    Message,
    Note,
    NumberField,
    Option,
    Paragraph,
    PersonField,
    Plain,
    Quote,
    Strong,
    TextField,
    TimeField,
    Tone,
    When,
)

MIRA = Mention(Account("slack", "T0HOME", "U0MIRA"), "Mira Okafor")
ELSEWHERE = Mention(Account("teams", "tenant", "8:orgid:1"), "Sam Lind")
THURSDAY = When(datetime(2026, 5, 14, 8, 30, tzinfo=UTC), "Thursday 14 May, 9:30")
SKILLS = tuple(Option(f"skill-{n}", f"Skill number {n}") for n in range(12))
HOURS = (Option("1", "One hour a month"), Option("2", "Two hours a month", "Most people choose this"))

CHANNELS = (Option("ch-1", "Company › General"), Option("ch-2", "Company › Mentoring"))

INTRODUCTION = Message(
    "You and Mira Okafor are matched",
    (
        Heading("You are matched"),
        Paragraph((Strong("You and "), MIRA, Plain(" are matched. Mira works with data every day."))),
        Bullets(((Plain("You both speak Portuguese"),), (Plain("You are free on "), THURSDAY))),
        Quote((Plain("I like long walks & <short> meetings, *really*"),)),
        Facts((("Partner", (ELSEWHERE,)), ("Guide", (Link("how it works", "https://example.com/a?b=1&c=2"),)))),
        Note((Plain("Only you two see this."),)),
        Buttons(
            (
                Button("Say hello", Action("match.hello", {"match": "m1"}), Tone.MAIN),
                Button("See starters", Action("match.starters", {"match": "m1"})),
                Button("This is not a fit", Action("match.not_a_fit", {"match": "m1"}), Tone.GRAVE),
            )
        ),
    ),
)
NUDGE = Message(
    "You and Mira have no date yet",
    (
        Line(
            (Plain("You and "), MIRA, Plain(" have no date yet.")), Button("We met", Action("meeting.met", {"m": "1"}))
        ),
        Line((Plain("Sam and you: "), THURSDAY), Button("Move it", Action("meeting.move", {"m": "2"}))),
    ),
)
QUESTION = Message(
    "What would you like to get better at?",
    (
        Paragraph((Strong("What would you like to get better at?"),)),
        Form(
            (
                ChoicesField("goals", "Choose up to two", SKILLS[:3], hint="At most 2", chosen=("skill-1",), at_most=2),
                NumberField("capacity", "How many people?", value="1", least=0, most=5),
            ),
            Button("Next", Action("question.answer", {"q": "goals"}), Tone.MAIN),
            (Button("Back", Action("question.back", {"q": "goals"})),),
        ),
    ),
)
EVERY_FIELD = Message(
    "Your settings",
    (
        Heading("Settings"),
        Paragraph((Plain("Change what you like."),)),
        Form(
            (
                TextField("title", "Your title", hint="In three words", value="Analyst", limit=80),
                TextField("about", "About you", limit=600, long=True, optional=True),
                NumberField("hours", "Hours a month", least=0.5, most=20, decimal=True),
                ChoiceField("cadence", "How often", HOURS, chosen="2"),
                ChoiceField("skill", "One skill", SKILLS, chosen="skill-3"),
                ChoicesField("skills", "Some skills", SKILLS, chosen=("skill-3", "skill-4"), at_most=5),
                DateField("away", "Away until", value=date(2026, 6, 1), optional=True),
                TimeField("at", "At", value=time(9, 30)),
                PersonField("who", "A colleague"),
                ChannelField("where", "A channel", CHANNELS, chosen="ch-2"),
            ),
            Button("Save", Action("settings.save", {"cohort": "c1"})),
            (Button("Pause instead", Action("settings.pause")),),
        ),
    ),
)
REPORT = Message(
    "Twelve pairs have met",
    (
        Heading("Spring 2026"),
        Facts((("Joined", (Plain("30"),)), ("Matched", (Strong("24"),)))),
        Chart(
            "Belonging",
            "bar",
            ("Start", "Week 6", "Week 12"),
            (("Mentees", (3.1, 3.6, 4.0)), ("Mentors", (3.8, 3.9, 4.1))),
            x_label="When",
            y_label="Mean, 1 to 5",
        ),
        File("report.csv", "Spring 2026", "name,value\n"),
    ),
)
LINE_ONLY = Message("Nothing is open at the moment.", ())

EXAMPLES = {
    "introduction": INTRODUCTION,
    "nudge": NUDGE,
    "question": QUESTION,
    "every_field": EVERY_FIELD,
    "report": REPORT,
    "line_only": LINE_ONLY,
}
