"""The registration conversation: an answer is taken, and what comes next is put."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flows.people import Participant, Standing
from flows.questionnaire import (
    LANGUAGES,
    ZONE,
    Answer,
    Kind,
    Misfit,
    Question,
    asked,
    next_question,
    page_before,
    page_of,
    take,
    take_text,
)
from flows.refusal import Refusal
from flows.voice import answered_questions as voice
from flows.voice import help as help_voice
from flows.voice import hesitating, misfits
from flows.voice.answers import labels
from flows.voice.message import Kind as PostKind
from flows.voice.message import Message, Post, ToPerson
from handlers import words
from handlers.conversation import CARD, STOPPED, Conversation, mine, of
from handlers.inbound import Reply, Said, Where
from handlers.turn import Turn
from storage.participants import Put


def answer(turn: Turn) -> Reply:
    """A question's button or form."""
    conversation = mine(turn)
    page = conversation.page(turn.arg("question"))
    try:
        taken = {question.id: take(question, _given(turn, question)) for question in page}
    except Misfit as misfit:
        return Reply(misfits.does_not_fit(misfit, turn.say), Where.PRIVATELY)
    return _taken(conversation, page, taken)


def encourage(turn: Turn) -> Reply:
    """Somebody is not sure whether they are the one. Nothing of it is kept: the question is as open as before."""
    conversation = mine(turn)
    page = conversation.page(turn.arg("question"))
    if page[0].unsure is None:
        raise Refusal("message.old")
    return Reply(_encouraged(conversation, page), Where.INSTEAD)


def begin_small(turn: Turn) -> Reply:
    """The small beginning: its answers, and from there on the ordinary way."""
    conversation = mine(turn)
    page = conversation.page(turn.arg("question"))
    if page[0].unsure is None:
        raise Refusal("message.old")
    return _taken(conversation, page, dict(page[0].unsure.gives))


def _encouraged(conversation: Conversation, page: Sequence[Question]) -> Message:
    back = bool(page_before(conversation.questions, conversation.answers, page[0].id))
    return hesitating.encourage(page[0], conversation.participant.id, back=back, say=conversation.turn.say)


def take_known(turn: Turn) -> Reply:
    """`That is right`: what the company says is the answer. What else stands in the same form is still asked."""
    conversation = mine(turn)
    page = conversation.page(turn.arg("question"))
    found = conversation.suggested(page)
    if found is None or found.question != turn.arg("question"):
        raise Refusal("message.old")
    question = next(one for one in page if one.id == found.question)
    taken = {question.id: take(question, {question.id: (found.value,)})}
    conversation.record(taken)
    if all(one.id in conversation.answers for one in page):
        return _taken(conversation, page, taken)
    return Reply(conversation.ask(page), Where.INSTEAD)


def skip(turn: Turn) -> Reply:
    """An optional question is left out."""
    conversation = mine(turn)
    page = conversation.page(turn.arg("question"))
    if not all(question.optional for question in page):
        raise Refusal("message.old")
    return _taken(conversation, page, {question.id: None for question in page})


def _taken(conversation: Conversation, page: Sequence[Question], taken: Mapping[str, Answer]) -> Reply:
    here = conversation.post_of(page[0].id)
    if conversation.record(taken):
        conversation.renew_lines(page, but=here)
    conversation.go_on(page[0].id)
    return Reply(conversation.line(page), Where.INSTEAD)


def back(turn: Turn) -> Reply:
    """The question before this one, in the same message."""
    conversation = mine(turn)
    current = turn.arg("question")
    page = page_before(conversation.questions, conversation.answers, current)
    post = conversation.post_of(current)
    if not page or post is None:
        raise Refusal("message.old")
    conversation.note(page[0].id, post)
    return Reply(conversation.ask(page), Where.INSTEAD)


def stop(turn: Turn) -> Reply:
    """The conversation waits; nothing is open until the person goes on."""
    conversation = mine(turn)
    if conversation.participant.standing is not Standing.ANSWERING:
        raise Refusal("message.old")
    post = conversation.post_of(turn.arg("question"))
    if post is None:
        raise Refusal("message.old")
    conversation.note(STOPPED, post)
    told = voice.stopped if conversation.has_begun else voice.not_now
    return Reply(told(conversation.participant.id, turn.say), Where.INSTEAD)


def go_on(turn: Turn) -> Reply:
    """What is open, in place of the message that said that it waits."""
    conversation = mine(turn)
    if conversation.participant.standing is not Standing.ANSWERING:
        return Reply(conversation.card(), Where.INSTEAD)
    here = conversation.post_of(STOPPED)
    if here is None:
        # It goes on already: the button was pressed twice.
        return conversation.in_message_of(STOPPED) or Reply(voice.moved_down(turn.say), Where.INSTEAD)
    which, message = conversation.show()
    conversation.note(which, here)
    return Reply(message, Where.INSTEAD)


def change(turn: Turn) -> Reply:
    """A dialog with what was answered."""
    conversation = mine(turn)
    page = conversation.page(turn.arg("question"))
    if page[0].kind is Kind.CONSENT:
        raise Refusal("message.old")
    source = turn.action.args.get("source", "")
    dialog = voice.change(
        page, conversation.answers, participant=conversation.participant.id, source=source, me=turn.me, say=turn.say
    )
    return Reply(dialog, Where.DIALOG)


def changed(turn: Turn) -> Reply:
    """The dialog was sent: the message from which it was opened says what holds now."""
    conversation = mine(turn)
    page = conversation.page(turn.arg("question"))
    taken: dict[str, Answer] = {}
    errors: dict[str, str] = {}
    for question in page:
        try:
            taken[question.id] = take(question, turn.filled)
        except Misfit as misfit:
            field = ZONE if question.kind is Kind.PLACE else question.id
            errors[field] = misfits.misfit(misfit, turn.say)
    if errors:
        return Reply(conversation.line(page), Where.FIELD_ERRORS, errors)
    from_card = turn.action.args.get("source") == "card"
    here = conversation.post_of(page[0].id) if turn.action.args.get("source") == "open" else None
    if conversation.record(taken):
        conversation.renew_lines(page, but=here)
    conversation.go_on(page[0].id, card_is_shown=from_card)
    if not from_card:
        return Reply(conversation.line(page), Where.INSTEAD)
    ended = next_question(conversation.questions, conversation.answers) is None
    return Reply(conversation.card() if ended else voice.one_more(turn.say), Where.INSTEAD)


def typed(turn: Turn) -> Reply | None:
    """A message in the private conversation: it answers the question that was open when it was typed."""
    what = turn.inbound.what
    text = what.text.strip() if isinstance(what, Said) else ""
    found = _open_then(turn)
    if found is None and turn.greeted:
        return None
    if text.casefold() in [word.verb for word in words.MENTOR]:
        return _say(turn, misfits.command_word(text.casefold(), turn.say))
    if found is None:
        near = words.misspelt(text)
        if near:
            return _say(turn, help_voice.unknown("mentor", text, near, turn.say))
        return _say(turn, misfits.nothing_asked(turn.say))
    conversation, put = found
    page = conversation.page(put.question)
    missing = [question for question in page if question.id not in conversation.answers and question.takes_text]
    question = (missing or page)[0]
    if question.unsure and text.casefold() == turn.say.text(question.unsure.says).casefold():
        here = conversation.post_of(page[0].id)
        if here is not None:
            conversation.rewrite(here, _encouraged(conversation, page))
        return None
    try:
        taken = {question.id: take_text(question, text, labels(question, turn.say))}
    except Misfit as misfit:
        return _say(turn, misfits.does_not_fit(misfit, turn.say))
    here = conversation.post_of(page[0].id)
    if conversation.record(taken):
        conversation.renew_lines(page, but=here)
    left = [one.id for one, answered in asked(conversation.questions, conversation.answers) if not answered]
    is_open = conversation.last == page[0].id and any(one.id in left for one in page)
    # A text that arrives late may belong to a question whose message shows another one by now: that one stays.
    if here is not None:
        conversation.rewrite(here, conversation.ask(page) if is_open else conversation.line(page))
    conversation.go_on(page[0].id)
    return None


def awaits_text(turn: Turn) -> bool:
    """Whether a question that is answered in words was open when the message was typed."""
    found = _open_then(turn)
    if found is None:
        return False
    conversation, put = found
    return any(question.takes_text for question in page_of(conversation.questions, conversation.answers, put.question))


def _say(turn: Turn, message: Message) -> Reply | None:
    """Typed text is no gesture that could be answered, so the answer is a message of its own, and waits its turn; but
    it stands where the text was typed, also where they are not written to otherwise."""
    if not turn.at_main:
        return Reply(message, Where.BELOW)
    post = Post(f"typed:{turn.inbound.id}", ToPerson(turn.me.id), message, PostKind.ANSWER)
    turn.store.outbox.put(post, now=turn.now)
    return None


def _open_then(turn: Turn) -> tuple[Conversation, Put] | None:
    """The question that was open at the platform's time of the message, in whichever cohort it was put last."""
    found: list[tuple[datetime, Participant, Put]] = []
    for participant in turn.store.participants.of_person(turn.me.id):
        if participant.standing is not Standing.LEFT:
            puts = turn.store.participants.questions_put(participant.id)
            before = [(put.at, put) for put in puts if put.at is not None and put.at <= turn.inbound.at]
            if before:
                found.append((before[-1][0], participant, before[-1][1]))
    if not found:
        return None
    _, participant, put = max(found, key=lambda one: one[0])
    return None if put.question in (CARD, STOPPED) else (of(turn, participant), put)


def _given(turn: Turn, question: Question) -> Mapping[str, Sequence[str]]:
    """What the button means, else what its form holds."""
    args = turn.action.args
    if "value" in args:
        return {question.id: (args["value"],)}
    if ZONE in args:
        return {ZONE: (args[ZONE],), LANGUAGES: args.get(LANGUAGES, "").split(",")}
    return turn.filled
