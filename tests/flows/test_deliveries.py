"""Which message may be sent again, and what is said instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.deliveries import SORTS, Lost, Sort, Undelivered, batch_of, check_again, cohort_of_batch, sort_of
from flows.match import Match, MatchState, Member
from flows.people import Account, Person, Role, Standing
from flows.refusal import Refusal
from flows.voice.refusals import WORDINGS

NOW = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
INES = Person("p1", Account("slack", "T1", "U1"), "Ines Duarte", "en")
MATCH = Match(
    "m1",
    "c1",
    MatchState.ACTIVE,
    (Member("p2", "pa2", Role.MENTOR), Member("p1", "pa1", Role.MENTEE)),
    date(2027, 3, 1),
    date(2027, 5, 23),
)
OVER = MATCH.end(date(2027, 3, 2), "left")


def undelivered(key: str, *, words: bool = True, answers: bool = False, week: str = "2027-W09") -> Undelivered:
    return Undelivered(key, Lost.UNKNOWN, "", "p1", "", "m1", "c1", week, NOW, words, answers)


def refusal(
    one: Undelivered,
    *,
    reader: Person | None = INES,
    pair: Sequence[Person] = (),
    standing: Standing | None = Standing.JOINED,
    match: Match | None = None,
) -> str:
    """The rule that says no, which has a wording; "" when it may go."""
    try:
        check_again(one, reader=reader, pair=pair, standing=standing, match=match, now=NOW)
    except Refusal as refused:
        WORDINGS[refused.key].format(**refused.details)
        return refused.key
    return ""


@pytest.mark.parametrize("first", ["broadcast", "intro", "unmatched", "closed", "ended", "session", "pulse", "letter"])
def test_what_was_meant_to_arrive_may_go_again_while_its_words_are_kept(first: str) -> None:
    assert refusal(undelivered(f"{first}:m1:p1"), match=MATCH) == ""


def test_nobody_is_written_to_who_is_gone() -> None:
    one = undelivered("broadcast:b1:p1")
    assert refusal(one, reader=None) == "outbox.gone"
    assert refusal(one, reader=replace(INES, active=False)) == "outbox.account"
    assert refusal(one, standing=Standing.LEFT) == "outbox.left"
    assert refusal(one, standing=None) == ""


def test_a_shared_chat_needs_both_of_the_pair() -> None:
    one = replace(undelivered("shared:m1"), person="", match="m1")
    kai = replace(INES, id="p2", name="Kai")
    assert refusal(one, reader=None, pair=(INES, kai), standing=None) == ""
    assert refusal(one, reader=None, pair=(INES, replace(kai, reachable=False)), standing=None) == "outbox.unreachable"
    assert refusal(one, reader=None, pair=(replace(INES, active=False), kai), standing=None) == "outbox.account"


def test_a_match_that_is_over_is_told_only_that_it_ended() -> None:
    assert refusal(undelivered("intro:m1:p1"), match=OVER) == "outbox.match_over"
    assert refusal(undelivered("ended:m1:p1"), match=OVER) == ""


def test_a_weekly_message_goes_in_its_own_week_only() -> None:
    assert refusal(undelivered("nudge:p1:2027-W09")) == ""
    assert refusal(undelivered("nudge:p1:2027-W08", week="2027-W08")) == "outbox.old_week"


def test_without_words_it_is_said_how_to_write_them_again() -> None:
    assert refusal(undelivered("broadcast:b1:p1", words=False)) == "outbox.words_of_broadcast"
    assert refusal(undelivered("pulse:c1:p1", words=False)) == "outbox.words_gone"
    invitation = replace(undelivered("invitation:c1:0", words=False, answers=True), person="")
    assert refusal(invitation, reader=None) == "outbox.words_of_invitation"


def test_an_answer_to_what_somebody_did_is_old_by_now_but_an_invitation_is_not() -> None:
    assert refusal(undelivered("question:pa1:1", answers=True)) == "outbox.old_answer"
    invitation = replace(undelivered("invitation:c1:0", answers=True), person="")
    assert refusal(invitation, reader=None) == ""


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("not granted: Chat.Create", "not granted: Chat.Create"),
        ("msg_blocked", "msg_blocked"),
        ("MessageSizeTooBig", "MessageSizeTooBig"),
        ("HTTP 500", "HTTP 500"),
        ("it cannot be drawn: A message has 13200 characters", ""),
        ("Thursday at noon", ""),
        ("", ""),
    ],
)
def test_only_a_platforms_own_word_is_repeated(reason: str, code: str) -> None:
    assert replace(undelivered("broadcast:b1:p1"), reason=reason).code == code


def test_what_a_message_was_stands_in_its_key_and_of_many_the_cohort_too() -> None:
    assert sort_of("intros:m1:p1") is sort_of("intro:m1:p1") is Sort.INTRODUCTION
    assert sort_of("a step of somebody's own pack") is Sort.OTHER
    assert cohort_of_batch(batch_of(Sort.BROADCAST, "c1", "b1")) == "c1"
    assert len(batch_of(Sort.PROGRAMME_END, "0" * 16, "0" * 16)) <= 64, "the column holds no more"
    assert {*SORTS.values(), Sort.OTHER} == set(Sort)
