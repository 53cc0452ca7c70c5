"""What each expects at the beginning and takes along at the end, shown to both once both have sent."""

from collections.abc import Sequence

from flows.activities import review as rules
from flows.activities.reading import of_kind, sent_by
from flows.activities.spotlight import WINS
from flows.activities.writing import Writing
from flows.refusal import Refusal
from flows.voice import reviews as voice
from flows.voice import writing as lines
from flows.voice.message import Message
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.writing import rating, revealing
from handlers.writing.scene import Scene, enter, example_day, partner_name, session_of, typed


def open_review(turn: Turn) -> Reply:
    """Both reviews once both have sent, else the form with the log of wins."""
    scene = enter(turn)
    number = session_of(turn, scene, rules.REVIEW)
    if revealing.revealed(turn, scene, rules.REVIEW, number):
        return Reply(_review_page(turn, scene, number), Where.DIALOG)
    _must_live(scene)
    mine = revealing.mine(turn, scene, rules.REVIEW, number)
    partner = partner_name(turn, scene)
    activity = turn.content.activities[rules.REVIEW]
    wins = _wins(turn, scene)
    form = voice.review_form(scene.match.id, number, activity, scene.role, wins, mine, partner, turn.say)
    return Reply(form, Where.DIALOG)


def send_review(turn: Turn) -> Reply | None:
    """One side's words."""
    scene = enter(turn, writes=True)
    number = session_of(turn, scene, rules.REVIEW)
    filled = typed(turn)
    problems = rules.problems_of_review(filled)
    if problems:
        return _unfit(turn, problems)
    is_both = _send(turn, scene, rules.REVIEW, number, {"text": filled["text"]})
    return Reply(_review_page(turn, scene, number), Where.DIALOG) if is_both else None


def open_expectations(turn: Turn) -> Reply:
    """Both sides once both have sent, else the form."""
    scene = enter(turn)
    if revealing.revealed(turn, scene, rules.EXPECTATIONS, 0):
        return Reply(_expectations_page(turn, scene), Where.DIALOG)
    _must_live(scene)
    mine = revealing.mine(turn, scene, rules.EXPECTATIONS, 0)
    activity = turn.content.activities[rules.EXPECTATIONS]
    partner = partner_name(turn, scene)
    form = voice.expectations_form(scene.match.id, activity, scene.role, mine, partner, turn.say)
    return Reply(form, Where.DIALOG)


def send_expectations(turn: Turn) -> Reply | None:
    """One side's answer."""
    scene = enter(turn, writes=True)
    filled = typed(turn)
    problems = rules.problems_of_expectations(filled)
    if problems:
        return _unfit(turn, problems)
    words = {"often": filled["often"], "about": filled["about"]}
    is_both = _send(turn, scene, rules.EXPECTATIONS, 0, words)
    return Reply(_expectations_page(turn, scene), Where.DIALOG) if is_both else None


def sides(turn: Turn, scene: Scene, kind: str, session: int) -> Sequence[tuple[str, Writing]]:
    """Everybody's piece once all are there, the reader's first with "" for a name; nothing before."""
    if not revealing.revealed(turn, scene, kind, session):
        return ()
    pieces = turn.store.writings.of_match(scene.match.id)
    people = [("", turn.me.id), *((person.first_name, person.id) for person in scene.partners)]
    found = [(name, sent_by(pieces, kind, session, person)) for name, person in people]
    return [(name, piece) for name, piece in found if piece is not None]


def _send(turn: Turn, scene: Scene, kind: str, number: int, words: dict[str, str]) -> bool:
    match = scene.match.id
    return revealing.send(
        turn,
        scene,
        kind,
        number,
        words,
        waiting=lambda partner, say: voice.waiting(match, number, kind, partner, say),
        both=lambda partner, say: voice.both(match, number, kind, partner, say),
    )


def _review_page(turn: Turn, scene: Scene, number: int) -> Message:
    names = {person.id: person.first_name for person in scene.partners}
    reviews = sides(turn, scene, rules.REVIEW, number)
    activity = turn.content.activities[rules.REVIEW]
    wins, rows = _wins(turn, scene), rating.newest_rows(turn, scene)
    return voice.review_page(scene.match.id, activity, reviews, wins, rows, names, turn.say)


def _expectations_page(turn: Turn, scene: Scene) -> Message:
    both = sides(turn, scene, rules.EXPECTATIONS, 0)
    return voice.expectations_page(scene.match.id, turn.content.activities[rules.EXPECTATIONS], both, turn.say)


def _wins(turn: Turn, scene: Scene) -> tuple[Writing, ...]:
    return of_kind(turn.store.writings.of_match(scene.match.id), WINS)


def _must_live(scene: Scene) -> None:
    if not scene.match.is_alive:
        raise Refusal("match.over")


def _unfit(turn: Turn, problems: dict[str, str]) -> Reply:
    errors = lines.errors(problems, turn.say, example=example_day(turn))
    return Reply(Message(next(iter(errors.values())), ()), Where.FIELD_ERRORS, errors)
