"""What of the reasons of a pair is told to whom."""

from flows.people import Role
from flows.voice.gallery.example import MIRA
from flows.voice.gallery.matches import QUESTIONS
from flows.voice.reasons import ASKED_FOR, points, sentences
from flows.voice.say import ENGLISH, Say, flatten

SAY = Say(ENGLISH, "UTC")
STORED = (("goals", "data"), (ASKED_FOR,))


def test_whom_a_mentee_asked_for_is_told_to_the_two_and_to_no_coordinator() -> None:
    to_mentee = [flatten(one) for one in sentences(STORED, Role.MENTEE, MIRA, QUESTIONS, 0, SAY)]
    to_coordinator = [flatten(one) for one in points(STORED, QUESTIONS, 0, SAY)]

    assert "You asked for Mira." in to_mentee
    assert len(to_coordinator) == 1
    assert to_coordinator[0].startswith("Wanted and known:")


def test_each_kind_of_mentoring_that_two_share_is_quoted_by_itself() -> None:
    stored = (("type", "career", "life"),)
    both = "“Career: somebody further ahead” and “Life: work and everything around it”"

    to_mentee = [flatten(one) for one in sentences(stored, Role.MENTEE, MIRA, QUESTIONS, 0, SAY)]
    assert to_mentee[0] == f"You chose the same kind of mentoring: {both}."
    to_coordinator = [flatten(one) for one in points(stored, QUESTIONS, 0, SAY)]
    assert to_coordinator == [f"Same kind of mentoring: {both}."]
    one_kind = [flatten(one) for one in points((("type", "career"),), QUESTIONS, 0, SAY)]
    assert one_kind == ["Same kind of mentoring: “Career: somebody further ahead”."]
