"""Reads questionnaire.toml: a question that cannot work is told with its place and the cause."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise

from flows.formats import Format
from flows.hesitation import Unsure, read_unsure
from flows.pack_fault import PackFault
from flows.questionnaire import FORMAT, LANGUAGES, ZONE, Kind, Question, fits

FILE = "questionnaire.toml"
_KEYS = {field.name for field in fields(Question)}
_CHOSEN = (Kind.CHOICE, Kind.CHOICES, Kind.PLACE)
MOST_OPTIONS = 100
"""As many as a list to choose from holds on every platform."""
FEW = 5
"""As many options are buttons; more are a menu."""
LONGEST_VALUE = 40
"""Characters of an option as it is stored."""
LONGEST_LABEL = 75
LONGEST_TEXT = 3_000


class _Table:
    """One [[question]] of the file, read with the place of every fault."""

    def __init__(self, table: Mapping[str, object], lists: Mapping[str, object]) -> None:
        self._table = table
        self._lists = lists
        self.id = self.text("id")

    def fault(self, cause: str) -> PackFault:
        """A fault in this question."""
        return PackFault(FILE, f'question "{self.id}"', cause)

    def text(self, key: str, *, needed: bool = True) -> str:
        """A text; "" when it may be left out and is."""
        value = self._table.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            who = f'question "{self.id}"' if key != "id" else f"question {self._table.get('name', '')!r}"
            raise PackFault(FILE, who, f"{key} must be a text")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._table.get(key, ())
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
            raise self.fault(f"{key} must be a list of texts")
        return tuple(value)

    def number(self, key: str, *, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self._table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.fault(f"{key} must be a whole number from {least} to {most}")
        return value

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._table.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(f"{key} must be true or false")
        return value

    def options(self) -> tuple[tuple[str, str], ...]:
        """(value, label) pairs: a table, or the name of one below [lists]."""
        value = self._table.get("options", {})
        if isinstance(value, str):
            if value not in self._lists:
                raise self.fault(f'options names the list "{value}", which is not below [lists]')
            value = self._lists[value]
        if not isinstance(value, Mapping):
            raise self.fault("options must be a table of values and labels, or the name of a list")
        for key, label in value.items():
            if len(key) > LONGEST_VALUE:
                raise self.fault(f"option {key} is longer than {LONGEST_VALUE} characters; its label may be longer")
            if not isinstance(label, str) or not label.strip() or len(label) > LONGEST_LABEL:
                raise self.fault(f"the label of option {key} must be a text of at most {LONGEST_LABEL} characters")
        if len(value) > MOST_OPTIONS:
            raise self.fault(f"has {len(value)} options; a menu holds {MOST_OPTIONS}")
        return tuple((str(key), str(label)) for key, label in value.items())

    def only_if(self, earlier: Sequence[Question]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Conditions on questions that stand before this one."""
        value = self._table.get("only_if", {})
        if not isinstance(value, Mapping):
            raise self.fault('only_if must be a table such as { role = "mentee" }')
        known = {question.id: question for question in earlier}
        conditions = []
        for which, wanted in value.items():
            values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
            if which == FORMAT:
                strange = [item for item in values if item not in list(Format)]
                if strange:
                    raise self.fault(f"only_if wants the format {strange[0]!r}; known are {', '.join(Format)}")
                conditions.append((FORMAT, tuple(str(item) for item in values)))
                continue
            if which not in known:
                raise self.fault(f'only_if names "{which}", which no earlier question has')
            strange = [item for item in values if item not in known[which].values]
            if strange:
                raise self.fault(f'only_if wants {strange[0]!r} of "{which}", which is none of its options')
            conditions.append((str(which), tuple(str(item) for item in values)))
        return tuple(conditions)

    def unsure(self) -> Unsure | None:
        """What stands beside the answers for whom none comes easily."""
        try:
            return read_unsure(self._table["unsure"]) if "unsure" in self._table else None
        except ValueError as fault:
            raise self.fault(str(fault)) from None

    def kind(self) -> Kind:
        """One of the kinds."""
        named = self.text("kind")
        if named not in list(Kind):
            raise self.fault(f'kind "{named}" is not one of {", ".join(Kind)}')
        return Kind(named)

    def reject_unknown(self) -> None:
        """A key that nobody reads is a slip of the pen."""
        for key in self._table:
            if key not in _KEYS:
                raise self.fault(f'"{key}" is not a key of a question; known are {", ".join(sorted(_KEYS))}')


def parse_questions(table: Mapping[str, object]) -> tuple[Question, ...]:
    """The questions in their order. Raises PackFault with file, question and cause."""
    lists = table.get("lists", {})
    listed = table.get("question", [])
    if not isinstance(lists, Mapping) or not isinstance(listed, list) or not listed:
        raise PackFault(FILE, "", "there must be at least one [[question]]")
    questions: list[Question] = []
    for entry in listed:
        if not isinstance(entry, Mapping):
            raise PackFault(FILE, "question", "each question begins with [[question]]")
        questions.append(_question(_Table(entry, lists), questions))
    _check_order(questions)
    _check_unsure(questions)
    return tuple(questions)


def _question(table: _Table, earlier: Sequence[Question]) -> Question:
    table.reject_unknown()
    kind = table.kind()
    if table.id in {question.id for question in earlier} | {ZONE, LANGUAGES, FORMAT}:
        raise table.fault("this id is taken; each question needs its own")
    if not table.id.isidentifier() or len(table.id) > 40:
        raise table.fault("id must be letters, digits and _, at most 40 of them")
    options = table.options()
    if kind in _CHOSEN and not options:
        raise table.fault(f"a {kind} needs options")
    if kind not in _CHOSEN and options:
        raise table.fault(f"a {kind} has no options")
    is_number = kind is Kind.NUMBER
    question = Question(
        id=table.id,
        kind=kind,
        name=table.text("name"),
        ask=table.text("ask"),
        hint=table.text("hint", needed=False),
        notice=table.texts("notice"),
        options=options,
        at_most=table.number("at_most", default=0, least=0, most=MOST_OPTIONS),
        least=table.number("least", default=0, least=0, most=10_000),
        most=table.number("most", default=100 if is_number else 0, least=0, most=10_000),
        limit=table.number("limit", default=_longest(kind), least=0, most=LONGEST_TEXT),
        only_if=table.only_if(earlier),
        optional=table.flag("optional"),
        private=table.flag("private"),
        together=table.flag("together"),
        match_sees=table.text("match_sees", needed=False),
        example=table.text("example", needed=False),
        unsure=table.unsure(),
    )
    if is_number and question.least > question.most:
        raise table.fault(f"least is {question.least}, which is more than most, {question.most}")
    if question.private and question.match_sees:
        raise table.fault("is private, so match_sees cannot stand with it")
    if question.kind in (Kind.CONSENT, Kind.PLACE) and (question.optional or question.private):
        raise table.fault(f"a {kind} is neither optional nor private")
    return question


def _check_unsure(questions: Sequence[Question]) -> None:
    """The small beginning answers its own question, with answers that their questions take."""
    known = {question.id: question for question in questions}
    for question in questions:
        if question.unsure and (question.kind is not Kind.CHOICE or len(question.options) > FEW):
            raise PackFault(FILE, f'question "{question.id}"', f"unsure needs a choice of at most {FEW} options")
        for which, value in question.unsure.gives if question.unsure else ():
            if which not in known or not fits(known[which], value):
                cause = f"unsure: gives {value!r} for {which!r}, which is no answer to a question of this name"
                raise PackFault(FILE, f'question "{question.id}"', cause)
        if question.unsure and question.id not in dict(question.unsure.gives):
            raise PackFault(FILE, f'question "{question.id}"', "unsure: gives must hold an answer to this question")


def _longest(kind: Kind) -> int:
    return {Kind.SHORT_TEXT: 120, Kind.LONG_TEXT: 600}.get(kind, 0)


def _check_order(questions: Sequence[Question]) -> None:
    """A form of several questions has no choice that decides about its own fields, and no consent or place in it."""
    for before, question in pairwise([None, *questions]):
        if question is None or not question.together:
            continue
        where = f'question "{question.id}"'
        if before is None:
            raise PackFault(FILE, where, "there is no question before it to stand together with")
        if {before.kind, question.kind} & {Kind.CONSENT, Kind.PLACE} or before.private != question.private:
            raise PackFault(FILE, where, f'cannot stand in one form with "{before.id}"')
        if not set(before.only_if) <= set(question.only_if):
            raise PackFault(FILE, where, f'must have the only_if of "{before.id}", with which it stands in one form')
        if before.id in {which for which, _ in question.only_if}:
            raise PackFault(FILE, where, f'stands in one form with "{before.id}", so it cannot depend on it')
