"""Examples of the registration conversation."""

from collections.abc import Mapping
from datetime import date

from flows.hesitation import Unsure
from flows.questionnaire import AGREED, Answer, Cause, Kind, Misfit, Question
from flows.voice import hesitating, joining, misfits
from flows.voice import questions as voice
from flows.voice.gallery.cohorts import MENTORING, TECH
from flows.voice.gallery.example import INES, NOW, Example, Shown
from flows.voice.message import Message
from flows.voice.say import Say

AGREE = Question(
    "consent",
    Kind.CONSENT,
    name="Agreement",
    ask="May we keep your answers?",
    notice=("We keep what you answer.", "You can leave at any time."),
)
ROLE = Question(
    "role",
    Kind.CHOICE,
    name="Role",
    ask="How would you like to take part?",
    hint="With both you get two partners.",
    options=(("mentee", "Learn from somebody"), ("mentor", "Mentor somebody"), ("both", "Do both")),
    match_sees="Takes part as",
    unsure=Unsure(
        says="I am not sure that I qualify",
        lines=("Anyone can mentor.", "It takes no title.", "You share what you have lived through yourself."),
        offer="You can start with one meeting.",
        begin="Start with one meeting",
        gives=(("role", "mentor"), ("capacity", 1)),
    ),
)
HOURS = Question(
    "hours", Kind.NUMBER, name="Hours a month", ask="How many hours a month?", least=1, most=20, example="2"
)
CAPACITY = Question(
    "capacity", Kind.NUMBER, name="Mentees at a time", ask="How many mentees?", least=0, most=5, together=True
)
SKILLS = Question(
    "skills_wanted",
    Kind.CHOICES,
    name="I want to get better at",
    ask="What would you like to get better at?",
    hint="Up to two.",
    options=(("data", "Working with data"), ("leading", "Leading people"), ("strategy", "Strategy")),
    at_most=2,
    match_sees="Wants to get better at",
)
MOVE = Question(
    "move_into",
    Kind.CHOICE,
    name="Where I would like to move",
    ask="Is there an area that you would like to move into?",
    options=tuple((f"area{number}", f"Area {number}") for number in range(6)),
    private=True,
    optional=True,
)
PLACE = Question(
    "place",
    Kind.PLACE,
    name="Time zone and languages",
    ask="When is it morning for you?",
    options=(("en", "English"), ("pt", "Portuguese")),
    match_sees="Speaks",
)
TIMES = Question("times", Kind.WEEKLY_HOURS, name="Usually free", ask="When are you free?", match_sees="Usually free")
ABOUT = Question(
    "about",
    Kind.LONG_TEXT,
    name="About me",
    ask="What should somebody know who meets you?",
    limit=600,
    optional=True,
    match_sees="In their own words",
    example="I like short plans and long walks.",
)
BUDDY = Question("buddy", Kind.PERSON, name="Suggested by", ask="Who told you of this?", optional=True)
QUESTIONS = (AGREE, ROLE, HOURS, SKILLS, MOVE, PLACE, TIMES, ABOUT)
ANSWERS: Mapping[str, Answer] = {
    "consent": AGREED,
    "role": "mentee",
    "hours": 1,
    "skills_wanted": ("data", "strategy"),
    "move_into": "area1",
    "place": ("Europe/Lisbon", "pt", "en"),
    "times": ("thu-am",),
    "about": "I moved to data last spring. <!channel> *hello*",
}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""

    def ask(*page: Question, back: bool = True, answers: Mapping[str, Answer] = ANSWERS) -> Example:
        message = voice.ask(page, answers, participant="p1", progress=(3, 12), back=back, me=INES, now=NOW, say=say)
        return Example(message, Shown.ANSWER)

    def known(company: voice.Company, *page: Question) -> Example:
        told = voice.ask(
            page, {}, participant="p1", progress=(3, 12), back=True, me=INES, now=NOW, say=say, company=company
        )
        return Example(told, Shown.ANSWER)

    def answer(message: Message) -> Example:
        return Example(message, Shown.ANSWER)

    return {
        "question.consent": ask(AGREE, back=False, answers={}),
        "question.choice": ask(ROLE, back=False, answers={}),
        "question.choice_again": ask(ROLE, back=False),
        "question.number": ask(HOURS, answers={}),
        "question.two_in_one_form": ask(HOURS, CAPACITY, answers={}),
        "question.few_numbers": ask(CAPACITY, answers={}),
        "question.unsure": answer(hesitating.encourage(ROLE, "p1", back=False, say=say)),
        "question.company_says": known(voice.Company("skills_wanted", "Working with data"), SKILLS, MOVE),
        "question.company_says_since": known(voice.Company("role", started_on=date(2026, 10, 1)), ROLE),
        "question.choices": ask(SKILLS, answers={}),
        "question.private": ask(MOVE, answers={}),
        "question.place": ask(PLACE, answers={}),
        "question.weekly_hours": ask(TIMES, answers={}),
        "question.long_text": ask(ABOUT, answers={}),
        "question.person": ask(BUDDY, answers={}),
        "question.misfit_no_text": answer(misfits.does_not_fit(Misfit(TIMES, Cause.NOT_TYPED), say)),
        "question.misfit_long_list": answer(misfits.does_not_fit(Misfit(MOVE, Cause.NOT_AN_OPTION), say)),
        "question.command_word": answer(misfits.command_word("status", say)),
        "question.nothing_asked": answer(misfits.nothing_asked(say)),
        "joining.begun": answer(joining.begun(MENTORING, say)),
        "joining.goes_on": answer(joining.goes_on(MENTORING, say)),
        "joining.which": answer(joining.which_programme((MENTORING, TECH), "", say)),
        "joining.which_of_many": answer(joining.which_programme((MENTORING, TECH) * 15, "", say)),
        "joining.unknown": answer(joining.which_programme((MENTORING, TECH), "Mentorship *2031*", say)),
        "joining.nothing_open": answer(joining.nothing_open(say)),
    } | {
        f"question.misfit_{cause}": answer(misfits.does_not_fit(Misfit(question, cause, length=3_000), say))
        for cause, question in {
            Cause.EMPTY: SKILLS,
            Cause.TOO_LONG: ABOUT,
            Cause.NOT_A_NUMBER: HOURS,
            Cause.OUT_OF_BOUNDS: HOURS,
            Cause.NOT_AN_OPTION: ROLE,
            Cause.TOO_MANY: SKILLS,
            Cause.NOT_A_ZONE: PLACE,
            Cause.NOT_TYPED: MOVE,
        }.items()
    }
