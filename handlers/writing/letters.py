"""The Future Self Letter: write it, keep a draft, seal it, leave it elsewhere, read it on its day."""

from dataclasses import replace

from flows.activities import letter as rules
from flows.activities.writing import Writing, WritingState
from flows.calendar import local
from flows.refusal import Refusal
from flows.voice import letters as voice
from flows.voice.message import Message
from flows.voice.refusals import refused
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.writing.opening import letter_subject
from handlers.writing.scene import Scene, enter, last_talk, partner_name, scene_of


def ask(turn: Turn) -> Reply:
    """`/mentor letter`: the one letter that can be meant, or the choice among several matches."""
    mine = [
        match
        for match in turn.store.matches.of_person(turn.me.id)
        if match.is_alive or rules.of_author(turn.store.writings.letters(match.id), turn.me.id) is not None
    ]
    if not mine:
        raise Refusal("writing.no_match")
    scenes = [scene_of(turn, match) for match in mine]
    if len(scenes) > 1:
        listed = [(scene.match.id, partner_name(turn, scene)) for scene in scenes]
        return Reply(voice.which(listed, turn.say), Where.PRIVATELY)
    return _show(turn, scenes[0])


def open_or_write(turn: Turn) -> Reply:
    """The letter as it stands: read it on its day, before it its state, and the form when there is none."""
    return _show(turn, enter(turn))


def write_anew(turn: Turn) -> Reply:
    """The form, with the draft in it; a sealed letter stays until another one is sealed."""
    scene = enter(turn, writes=True)
    standing = _standing(turn, scene)
    if standing is not None and rules.is_open(standing, turn.today):
        return _read(turn, scene)
    return _form(turn, scene)


def seal(turn: Turn) -> Reply:
    """Words and day are final; nobody reads them before."""
    scene = enter(turn, writes=True)
    today = turn.today
    standing = _standing(turn, scene)
    if standing is not None and rules.is_open(standing, today):
        raise Refusal("letter.open")
    typed = _typed(turn)
    offered = rules.choices(last_talk(turn.store, turn.content, scene.match), scene.match)
    try:
        text, opens = rules.written(typed, offered)
    except Refusal as refusal:
        return Reply(refused(refusal, turn.say), Where.FIELD_ERRORS, voice.errors(refusal.key, turn.say))
    blank = standing or _blank(turn, scene)
    letter = rules.seal(blank, text, opens, shared=bool(typed["shared"]), today=today, now=turn.now)
    _save(turn, letter, is_new=standing is None)
    draft = turn.store.writings.draft(scene.match.id, turn.me.id, rules.KIND)
    if draft is not None:
        turn.store.writings.remove(draft.id)
    turn.store.schedule.look_at(letter_subject(letter.id), turn.now)
    return Reply(_sealed(turn, scene, letter), Where.BELOW)


def keep_draft(turn: Turn) -> Reply:
    """What was typed so far, sealed, for its writer alone."""
    scene = enter(turn, writes=True)
    _keep(turn, scene)
    return Reply(voice.draft_kept(scene.match.id, turn.say), Where.DIALOG)


def keep_what_was_closed(turn: Turn) -> None:
    """The same for a form that was closed by its X."""
    _keep(turn, enter(turn, writes=True))


def keep_elsewhere(turn: Turn) -> Reply:
    """An answer too: nothing more is asked. A letter that is sealed here stays."""
    scene = enter(turn, writes=True)
    standing = _standing(turn, scene)
    if standing is None:
        nothing = replace(_blank(turn, scene), state=WritingState.ELSEWHERE)
        _save(turn, nothing, is_new=True)
    return _show(turn, scene)


def read(turn: Turn) -> Reply:
    """`Open it`."""
    return _show(turn, enter(turn))


def later(turn: Turn) -> Reply:
    """`Not now`: letters do not expire."""
    return Reply(voice.later(enter(turn).match.id, turn.say), Where.INSTEAD)


def _show(turn: Turn, scene: Scene) -> Reply:
    standing = _standing(turn, scene)
    if standing is not None and rules.is_open(standing, turn.today):
        return _read(turn, scene)
    if standing is None:
        if not scene.match.is_alive:
            raise Refusal("match.over")
        return _form(turn, scene)
    if standing.state is WritingState.ELSEWHERE:
        return Reply(voice.elsewhere(scene.match.id, turn.say), Where.DIALOG)
    return Reply(_sealed(turn, scene, standing), Where.DIALOG)


def _read(turn: Turn, scene: Scene) -> Reply:
    """The letters that may be read today, each opened here and nowhere else."""
    today = turn.today
    letters = []
    for found in rules.readable(turn.store.writings.letters(scene.match.id), turn.me.id, today):
        letter = turn.store.writings.open_letter(found.id, today)
        author = "" if letter.author == turn.me.id else scene.name(letter.author)
        letters.append(voice.Opened(author, local(letter.at, turn.me.hours).date(), letter.words["text"]))
    return Reply(voice.read(letters, turn.say), Where.DIALOG)


def _form(turn: Turn, scene: Scene) -> Reply:
    standing = _standing(turn, scene)
    draft = turn.store.writings.draft(scene.match.id, turn.me.id, rules.KIND)
    dialog = voice.form(
        scene.match.id,
        partner_name(turn, scene),
        turn.content.activities[rules.KIND],
        scene.role,
        rules.choices(last_talk(turn.store, turn.content, scene.match), scene.match),
        draft=draft.words if draft else {},
        anew=standing is not None and standing.state is WritingState.SENT,
        say=turn.say,
    )
    return Reply(dialog, Where.DIALOG)


def _standing(turn: Turn, scene: Scene) -> Writing | None:
    return rules.of_author(turn.store.writings.letters(scene.match.id), turn.me.id)


def _sealed(turn: Turn, scene: Scene, letter: Writing) -> Message:
    partner = partner_name(turn, scene)
    return voice.sealed(scene.match.id, letter.opens_on, shared=letter.shared, partner=partner, say=turn.say)


def _keep(turn: Turn, scene: Scene) -> None:
    """An empty form changes nothing: there may be a draft, and closing is not deleting."""
    typed = _typed(turn)
    if not typed["text"]:
        return
    kept = turn.store.writings.draft(scene.match.id, turn.me.id, rules.KIND)
    draft = replace(kept or _blank(turn, scene), words=typed, at=turn.now)
    _save(turn, draft, is_new=kept is None)


def _blank(turn: Turn, scene: Scene) -> Writing:
    return Writing(turn.new_id(), scene.match.id, turn.me.id, rules.KIND, 0, WritingState.DRAFT, turn.now)


def _save(turn: Turn, letter: Writing, *, is_new: bool) -> None:
    if is_new:
        turn.store.writings.add(letter)
    else:
        turn.store.writings.save(letter)


def _typed(turn: Turn) -> dict[str, str]:
    return {"text": turn.field("text")[: rules.MOST + 1], "opens": turn.field("opens"), "shared": turn.field("shared")}
