"""The state of joining is the answers: whatever was said, changed or taken away, there is always a next question."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.content import parse
from flows.pack_fault import PackFault
from flows.questionnaire import (
    AGREED,
    SLOTS,
    Answer,
    Cause,
    Kind,
    Misfit,
    Question,
    asked,
    fits,
    next_question,
    page_before,
    page_of,
    progress,
    standing_answers,
    take,
    take_text,
)
from flows.questions import parse_questions
from storage import packs

DEFAULT = parse(packs.read()).questions
BY_ID = {question.id: question for question in DEFAULT}
MENTEE: dict[str, Answer] = {"consent": AGREED, "role": "mentee"}


def some_answer(question: Question) -> st.SearchStrategy[Answer]:
    """Anything that this question takes."""
    match question.kind:
        case Kind.CONSENT:
            fitting: st.SearchStrategy[Answer] = st.just(AGREED)
        case Kind.CHOICE:
            fitting = st.sampled_from(question.values)
        case Kind.CHOICES | Kind.WEEKLY_HOURS:
            most = question.at_most or len(question.values)
            fitting = st.lists(st.sampled_from(question.values), min_size=1, max_size=most, unique=True).map(tuple)
        case Kind.PLACE:
            fitting = st.sampled_from(question.values).map(lambda language: ("Europe/Lisbon", language))
        case Kind.NUMBER:
            fitting = st.integers(question.least, question.most)
        case Kind.DATE:
            fitting = st.dates().map(date.isoformat)
        case Kind.SHORT_TEXT | Kind.LONG_TEXT | Kind.PERSON:
            fitting = st.text(st.characters(categories=["L", "N", "S"]), min_size=1, max_size=question.limit or 20)
    return st.none() | fitting if question.optional else fitting


SOME_ANSWERS = st.fixed_dictionaries({}, optional={question.id: some_answer(question) for question in DEFAULT})
SOME_QUESTIONS = st.lists(st.sampled_from(DEFAULT), unique=True)
ANYTHING: st.SearchStrategy[Answer] = (
    st.none() | st.text() | st.integers() | st.floats() | st.lists(st.text()).map(tuple)
)


def answer_all(questions: tuple[Question, ...], answers: dict[str, Answer], data: st.DataObject) -> dict[str, Answer]:
    for _ in range(len(questions) + 1):
        question = next_question(questions, answers)
        if question is None:
            return answers
        answers = {**answers, question.id: data.draw(some_answer(question))}
    raise AssertionError("the conversation does not end")


@given(SOME_ANSWERS, st.data())
def test_from_any_state_the_conversation_comes_to_its_end(answers: dict[str, Answer], data: st.DataObject) -> None:
    ended = answer_all(DEFAULT, dict(answers), data)
    assert all(answered for _, answered in asked(DEFAULT, ended))


@given(st.dictionaries(st.sampled_from(sorted(BY_ID)) | st.text(), ANYTHING), st.data())
def test_whatever_stands_in_the_database_there_is_a_next_question_or_none(
    answers: dict[str, Answer], data: st.DataObject
) -> None:
    question = next_question(DEFAULT, answers)
    assert question is None or question in DEFAULT
    assert answer_all(DEFAULT, dict(answers), data)


@given(SOME_ANSWERS, SOME_QUESTIONS, st.data())
def test_a_changed_questionnaire_leaves_nobody_nowhere(
    answers: dict[str, Answer], kept: list[Question], data: st.DataObject
) -> None:
    changed = tuple(question for question in DEFAULT if question in kept)
    ended = answer_all(changed, dict(answers), data)
    assert set(standing_answers(changed, ended)) <= {question.id for question in changed}


@given(SOME_ANSWERS, st.sampled_from(DEFAULT), st.data())
def test_an_option_that_was_taken_away_is_asked_again(
    answers: dict[str, Answer], question: Question, data: st.DataObject
) -> None:
    if question.kind not in (Kind.CHOICE, Kind.CHOICES) or question.optional:
        return
    gone = replace(question, options=(("other", "Something else"),))
    questions = tuple(gone if one is question else one for one in DEFAULT)
    ended = answer_all(questions, dict(answers), data)
    if gone.id in standing_answers(questions, ended):
        assert "other" in str(ended[gone.id])


@given(SOME_ANSWERS, st.permutations([question.id for question in DEFAULT]))
def test_the_order_in_which_answers_arrive_does_not_matter(answers: dict[str, Answer], order: list[str]) -> None:
    shuffled = {which: answers[which] for which in order if which in answers}
    assert next_question(DEFAULT, shuffled) == next_question(DEFAULT, answers)
    assert standing_answers(DEFAULT, shuffled) == standing_answers(DEFAULT, answers)


@given(SOME_ANSWERS)
def test_going_back_reaches_the_beginning_and_never_the_consent(answers: dict[str, Answer]) -> None:
    answers = {**answers, "consent": AGREED}
    current = next_question(DEFAULT, answers) or DEFAULT[-1]
    seen = set()
    while page := page_before(DEFAULT, answers, current.id):
        assert page[0].id not in seen
        assert page[0].id != "consent"
        seen.add(page[0].id)
        current = page[0]
    assert current.id in ("consent", "role")


@given(SOME_ANSWERS)
def test_progress_never_counts_beyond_its_end(answers: dict[str, Answer]) -> None:
    for question, _ in asked(DEFAULT, answers):
        number, total = progress(DEFAULT, answers, question.id)
        assert 1 <= number <= total


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_one_role_takes_twelve_forms_at_most(role: str) -> None:
    assert progress(DEFAULT, {"consent": AGREED, "role": role}, "role")[1] <= 12


def test_what_is_left_of_another_role_decides_nothing() -> None:
    answers: dict[str, Answer] = {**MENTEE, "capacity": 3, "skills_offered": ("data",)}
    assert "capacity" not in standing_answers(DEFAULT, answers)
    assert "capacity" in standing_answers(DEFAULT, {**answers, "role": "both"})


def test_questions_that_belong_together_stand_in_one_form() -> None:
    answers: dict[str, Answer] = {"consent": AGREED, "role": "mentor", "types_offered": ("peer",)}
    assert [question.id for question in page_of(DEFAULT, answers, "hours")] == ["hours", "capacity"]
    assert [question.id for question in page_of(DEFAULT, MENTEE, "hours")] == ["hours"]


@given(st.sampled_from(DEFAULT), st.data())
def test_what_is_taken_from_a_form_fits(question: Question, data: st.DataObject) -> None:
    given_ = data.draw(st.lists(st.text() | st.sampled_from([*question.values, "3", "Europe/Lisbon"])))
    filled = {question.id: given_, "zone": given_[:1], "languages": given_[1:]}
    try:
        answer = take(question, filled)
    except Misfit:
        return
    assert fits(question, answer)


def test_a_number_may_be_typed_in_words_of_ones_own() -> None:
    hours = BY_ID["hours"]
    assert [take_text(hours, text, {}) for text in ("2", "2 hours", "about 2", "2.0", "2h")] == [2, 2, 2, 2, 2]
    for text, cause in {"a few": Cause.NOT_A_NUMBER, "2 to 3": Cause.NOT_A_NUMBER, "40": Cause.OUT_OF_BOUNDS}.items():
        with pytest.raises(Misfit) as caught:
            take_text(hours, text, {})
        assert caught.value.cause is cause


def test_a_choice_may_be_typed_by_what_is_read() -> None:
    labels = dict(BY_ID["role"].options)
    assert take_text(BY_ID["role"], " mentor SOMEBODY ", labels) == "mentor"
    skills = dict(BY_ID["skills_wanted"].options)
    assert take_text(BY_ID["skills_wanted"], "Strategy, giving feedback", skills) == ("feedback", "strategy")
    with pytest.raises(Misfit):
        take_text(BY_ID["role"], "boss", labels)


def test_a_private_question_takes_no_typed_text() -> None:
    with pytest.raises(Misfit):
        take_text(BY_ID["move_into"], "data", dict(BY_ID["move_into"].options))


@pytest.mark.parametrize("text", ["<!channel> *hi* | `x`", "مرحبا 🙂", "a\n\nb"])
def test_words_are_kept_as_typed(text: str) -> None:
    assert take_text(BY_ID["about"], text, {}) == text


def test_a_text_that_is_too_long_says_how_long_it_is() -> None:
    with pytest.raises(Misfit) as caught:
        take_text(BY_ID["about"], "x" * 3_000, {})
    assert (caught.value.cause, caught.value.length) == (Cause.TOO_LONG, 3_000)


def test_free_times_are_parts_of_the_working_week() -> None:
    assert take(BY_ID["times"], {"times": ["fri-pm", "mon-am"]}) == ("mon-am", "fri-pm")
    assert SLOTS[0] == "mon-am"


def question(**changes: object) -> dict[str, object]:
    return {"id": "hours", "kind": "number", "name": "Hours", "ask": "How many?"} | changes


@pytest.mark.parametrize(
    ("listed", "cause"),
    [
        ([question(only_if={"rol": "mentee"})], 'question "hours": only_if names "rol", which no earlier question has'),
        ([question(kind="numbr")], 'question "hours": kind "numbr" is not one of consent, choice'),
        ([question(colour="red")], 'question "hours": "colour" is not a key of a question'),
        ([question(), question()], 'question "hours": this id is taken'),
        ([question(kind="choice")], 'question "hours": a choice needs options'),
        ([question(kind="choice", options="skils")], 'question "hours": options names the list "skils"'),
        ([question(kind="choice", options={"a": "x" * 76})], "the label of option a must be a text of at most 75"),
        ([question(kind="choice", options={"a" * 41: "A"})], "is longer than 40 characters; its label may be longer"),
        ([question(ask="")], 'question "hours": ask must be a text'),
        ([question(least=5, most=3)], 'question "hours": least is 5, which is more than most, 3'),
        ([question(private=True, match_sees="Hours")], 'question "hours": is private'),
        ([question(optional="yes")], 'question "hours": optional must be true or false'),
        ([question(together=True)], 'question "hours": there is no question before it'),
        ([], "there must be at least one"),
    ],
)
def test_a_broken_questionnaire_names_file_key_and_cause(listed: list[object], cause: str) -> None:
    with pytest.raises(PackFault, match=re.escape(cause)) as fault:
        parse_questions({"question": listed})
    assert str(fault.value).startswith("questionnaire.toml: ")


UNSURE: dict[str, object] = {
    "says": "I am not sure",
    "lines": ["Anyone can."],
    "offer": "Start small.",
    "begin": "Start",
    "gives": {"role": "mentor"},
}


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"lines": []}, "unsure: lines must be a list of texts"),
        ({"says": " "}, "unsure: says must be a text"),
        ({"gives": {}}, "unsure: gives must be a table"),
        ({"gives": {"role": ["mentor"]}}, "unsure: gives must be a table"),
        ({"gives": {"role": "boss"}}, "unsure: gives 'boss' for 'role', which is no answer"),
        ({"gives": {"rank": 1}}, "unsure: gives 1 for 'rank', which is no answer"),
        ({"colour": "red"}, "unsure is a table with says, lines, offer, begin and gives"),
    ],
)
def test_words_for_who_is_not_sure_are_checked(changes: dict[str, object], cause: str) -> None:
    role = question(id="role", kind="choice", options={"mentor": "Mentor"}, unsure=UNSURE | changes)
    with pytest.raises(PackFault, match=re.escape(f'question "role": {cause}')):
        parse_questions({"question": [role]})


def test_words_for_who_is_not_sure_stand_beside_few_answers_and_answer_their_own_question() -> None:
    with pytest.raises(PackFault, match="needs a choice of at most 5 options"):
        parse_questions({"question": [question(unsure=UNSURE | {"gives": {"hours": 2}})]})
    role = question(id="role", kind="choice", options={"mentor": "Mentor"}, unsure=UNSURE | {"gives": {"hours": 2}})
    with pytest.raises(PackFault, match="gives must hold an answer to this question"):
        parse_questions({"question": [role, question()]})


def test_a_condition_on_an_option_that_is_not_there_is_told() -> None:
    role = question(id="role", kind="choice", options={"mentee": "Learn"})
    with pytest.raises(PackFault, match="none of its options"):
        parse_questions({"question": [role, question(only_if={"role": "mentor"})]})


def test_a_form_cannot_depend_on_itself() -> None:
    role = question(id="role", kind="choice", options={"mentee": "Learn"})
    with pytest.raises(PackFault, match="cannot depend on it"):
        parse_questions({"question": [role, question(together=True, only_if={"role": "mentee"})]})
