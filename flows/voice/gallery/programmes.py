"""Examples of what is said of programmes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.channels import Channel
from flows.eligibility import Rule
from flows.formats import Format
from flows.frame import Choice, Figure, Frame
from flows.matching.rules import Rules
from flows.programme import Cohort, CohortState, Design, Programme
from flows.reach import Why
from flows.voice import coordinating, designs, eligibility, endings, invitations, left_out
from flows.voice import programmes as voice
from flows.voice.calm import line
from flows.voice.gallery.example import NOW, Example, Shown
from flows.voice.message import Action
from flows.voice.say import Say

FIGURE = Figure(
    "leaving", "Of people who chose to leave, 42% say they could have been kept.", "Gallup", 2024, frozenset()
)
FRAME = Frame(
    purposes=(Choice("leaders", "Grow future leaders", "People who will lead others soon."),),
    formats=(Choice("one_to_one", "One to one", "A mentor and a mentee."),),
    starters=("What was hardest on the way, and what helped?",),
    rules=Rules(),
    weeks_between=4,
    evidence=(FIGURE,),
)
DESIGN = Design(
    purpose="leaders",
    problem="Nobody inside is ready to lead.",
    format="one_to_one",
    format_reason="One person who knows their case.",
    objective="More leaders come from inside.",
    measure="HR system",
    baseline=20,
    target=30,
    champion="Rosa Lind",
)
PROGRAMME = Programme("p-1", "Leaders 2027", DESIGN, "p-mira", NOW)
COHORT = Cohort("c-1", "p-1", "Leaders 2027", CohortState.DRAFT, date(2027, 3, 22), next_round=date(2027, 4, 20))

CHANNELS = (
    Channel("ch-1", "conversation-1", "", "g-1", "Company"),
    Channel("ch-2", "conversation-2", "Mentoring", "g-1", "Company"),
    Channel("ch-3", "conversation-3", "", "g-2", "Product"),
)

RULE = Rule(departments=("Data", "Sales"), sites=("Lisbon",), level_from=3, level_to=6, months_to=12)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    empty = replace(PROGRAMME, design=Design())
    invitation = invitations.invitation(COHORT, FIGURE, say)
    opening = coordinating.dry_run(
        invitations.would_open(COHORT, 48, "Company › General", say),
        (),
        invitation,
        say.plain("Post the invitation"),
        Action("open.confirm", {"token": "t-1"}),
        say,
    )
    many = tuple(replace(CHANNELS[1], id=f"ch-{n}", name=f"Office {n}") for n in range(60))
    running = replace(COHORT, state=CohortState.RUNNING)
    closing = coordinating.dry_run(
        endings.would_close(running, say),
        endings.closing_counts(24, 3, 48, say),
        endings.ended(running, ("Mira",), say),
        say.plain("Close it"),
        Action("close.confirm", {"token": "t-1"}),
        say,
        grave=True,
    )
    unguided = {one: replace(COHORT, name="New faces", format=one) for one in Format if not one.guided}
    return {
        **{
            f"programmes.invitation_{one}": Example(invitations.invitation(cohort, None, say), Shown.PROACTIVE)
            for one, cohort in unguided.items()
        },
        "programmes.what_is_coffee": Example(
            invitations.what_is_this(unguided[Format.COFFEE], "Wider networks", (), say), Shown.ANSWER
        ),
        "programmes.shown_circle": Example(
            voice.shown(
                replace(PROGRAMME, design=replace(DESIGN, format="circle", purpose="retention")),
                COHORT,
                replace(
                    FRAME,
                    purposes=(Choice("retention", "Engagement", "People stay.", formats=("one_to_one",)),),
                    formats=(*FRAME.formats, Choice("circle", "Circle", "Four to eight peers.")),
                ),
                say,
            ),
            Shown.ANSWER,
        ),
        "programmes.form": Example(designs.form(None, COHORT, FRAME, say, name="Leaders 2027"), Shown.DIALOG),
        "programmes.edit": Example(designs.form(PROGRAMME, COHORT, FRAME, say), Shown.DIALOG),
        "programmes.shown": Example(voice.shown(PROGRAMME, COHORT, FRAME, say, lost=True), Shown.ANSWER),
        "programmes.open_to": Example(
            eligibility.form("pr-1", RULE, ["Data", "Sales"], ["Lisbon", "Porto"], say), Shown.DIALOG
        ),
        "programmes.open_to_some": Example(
            voice.shown(PROGRAMME, COHORT, FRAME, say, audience=eligibility.lines(RULE, 34, 210, say)), Shown.ANSWER
        ),
        "programmes.open_to_few": Example(
            voice.shown(PROGRAMME, COHORT, FRAME, say, audience=eligibility.lines(RULE, 3, 210, say)), Shown.ANSWER
        ),
        "programmes.open_to_everybody": Example(
            voice.shown(PROGRAMME, COHORT, FRAME, say, audience=eligibility.lines(Rule(), 0, 0, say)), Shown.ANSWER
        ),
        "programmes.not_for_you": Example(eligibility.not_for_you(COHORT, "Mira Okafor", say), Shown.ANSWER),
        "programmes.not_for_you_either": Example(eligibility.not_for_you(COHORT, "", say), Shown.ANSWER),
        "programmes.shown_empty": Example(voice.shown(empty, COHORT, FRAME, say), Shown.ANSWER),
        "programmes.cannot_open": Example(invitations.cannot_open(empty, say), Shown.ANSWER),
        "programmes.listed": Example(voice.listed([COHORT, running], 2, say), Shown.ANSWER),
        "programmes.listed_none": Example(voice.listed([], 0, say), Shown.ANSWER),
        "programmes.invitation": Example(invitation, Shown.PROACTIVE),
        "programmes.opening": Example(opening, Shown.ANSWER),
        "programmes.which_channel": Example(invitations.which_channel(COHORT, CHANNELS, say), Shown.ANSWER),
        "programmes.which_of_many": Example(
            invitations.which_channel(COHORT, many, say, unknown="#genral"), Shown.ANSWER
        ),
        "programmes.opened": Example(line(invitations.opened(COHORT, say)), Shown.ANSWER),
        "programmes.what_is_this": Example(
            invitations.what_is_this(COHORT, "Grow future leaders", (FIGURE,), say), Shown.ANSWER
        ),
        "programmes.not_now": Example(invitations.not_now(say), Shown.ANSWER),
        "programmes.dropped": Example(coordinating.dropped(say), Shown.ANSWER),
        "programmes.closing": Example(closing, Shown.ANSWER),
        "programmes.closed": Example(
            endings.closed(running, 48, left_out.lines({Why.LEFT: 2, Why.CLOSED: 1}, say), say), Shown.ANSWER
        ),
        "programmes.archiving": Example(line(endings.would_archive(running, say)), Shown.ANSWER),
        "programmes.archived": Example(endings.archived(running, say), Shown.ANSWER),
        "programmes.ended": Example(endings.ended(running, ("Mira",), say), Shown.PROACTIVE),
        "programmes.ended_unmatched": Example(endings.ended(running, (), say), Shown.PROACTIVE),
    }
