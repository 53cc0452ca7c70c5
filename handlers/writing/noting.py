"""`Our notes`: one dialog with all of a match that the reader may see today."""

from flows.activities import goals, letter, review, spotlight
from flows.activities.reading import of_kind, visible
from flows.activities.writing import Writing, WritingState
from flows.people import Role
from flows.voice import goals as goal_voice
from flows.voice import letters as letter_voice
from flows.voice import notes as voice
from flows.voice import ratings as rating_voice
from flows.voice import reviews as review_voice
from flows.voice import spotlights as spotlight_voice
from flows.voice.message import Block, Bullets, Paragraph
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.writing.rating import newest_rows
from handlers.writing.reviewing import sides
from handlers.writing.scene import Scene, enter, partner_name, session_of


def open_notes(turn: Turn) -> Reply:
    """Every section that holds something."""
    scene = enter(turn)
    say = turn.say
    sections = (
        (say.plain("What we expect"), _expectations(turn, scene)),
        (say.plain("Our goals"), _goals(turn, scene)),
        (say.plain("Five skills"), _skills(turn, scene)),
        (say.plain("Strengths"), _strengths(turn, scene)),
        (say.plain("Log of wins"), _wins(turn, scene)),
        (say.plain("Our next steps"), _steps(turn, scene)),
        (say.plain("Looking back"), _reviews(turn, scene)),
        (say.plain("Your letter"), _letter(turn, scene)),
    )
    filled = [(title, inside) for title, inside in sections if inside]
    return Reply(voice.notes(partner_name(turn, scene), filled, say), Where.DIALOG)


def _expectations(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    both = sides(turn, scene, review.EXPECTATIONS, 0)
    return tuple(block for name, piece in both for block in review_voice.expectation(name, piece, turn.say))


def _goals(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    pieces = of_kind(_visible(turn, scene), goals.GOALS)
    return (Bullets(tuple(goal_voice.goal_words(piece, turn.say) for piece in pieces)),) if pieces else ()


def _skills(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    rows = newest_rows(turn, scene)
    names = {person.id: person.first_name for person in scene.partners}
    return (rating_voice.table(rows, names, turn.say),) if rows else ()


def _strengths(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    mentor = turn.say.listing([scene.name(member.person) for member in scene.match.in_role(Role.MENTOR)])
    pieces = of_kind(_visible(turn, scene), spotlight.KIND)
    return tuple(block for piece in pieces for block in spotlight_voice.strength(piece, mentor, scene.role, turn.say))


def _wins(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    pieces = of_kind(_visible(turn, scene), spotlight.WINS)
    return (spotlight_voice.log(pieces),) if pieces else ()


def _steps(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    pieces = of_kind(_visible(turn, scene), goals.STEPS)
    people = {person.id: person.first_name for person in scene.people.values()}
    return (Bullets(tuple(goal_voice.step_words(piece, people, turn.say) for piece in pieces)),) if pieces else ()


def _reviews(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    both = sides(turn, scene, review.REVIEW, session_of(turn, scene, review.REVIEW))
    return tuple(block for name, piece in both for block in review_voice.review(name, piece, turn.say))


def _letter(turn: Turn, scene: Scene) -> tuple[Block, ...]:
    own = letter.of_author(turn.store.writings.letters(scene.match.id), turn.me.id)
    if own is None or own.state is not WritingState.SENT:
        return ()
    if letter.is_open(own, turn.today):
        return letter_voice.opening(scene.match.id, turn.say)
    return (Paragraph(letter_voice.standing(own.opens_on, turn.say)),)


def _visible(turn: Turn, scene: Scene) -> tuple[Writing, ...]:
    return visible(turn.store.writings.of_match(scene.match.id), turn.me.id, scene.match, turn.today)
