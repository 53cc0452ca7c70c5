"""Somebody's way into a cohort as it stands: the answers, what was put in which message, and what comes next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flows.facts import Known
from flows.facts_used import Suggested, suggested
from flows.formats import format_of
from flows.people import Participant, Person, Standing
from flows.profile import FIELDS, capacity_of, roles_of
from flows.questionnaire import (
    FORMAT,
    Answer,
    Question,
    next_question,
    page_before,
    page_of,
    progress,
    standing_answers,
)
from flows.refusal import Refusal
from flows.voice import answered_questions, review
from flows.voice import questions as voice
from flows.voice.message import Kind as PostKind
from flows.voice.message import Message, Post, Quote, Sealed, ToPerson
from flows.voice.say import flatten
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from storage.participants import Put

CARD = ""
"""The last card, where a question's id would stand."""
STOPPED = "-"
"""The person stopped for now: nothing is open."""


@dataclass
class Conversation:
    """Somebody's way into a cohort, as it stands: the answers, and what was put in which message."""

    turn: Turn
    me: Person
    participant: Participant
    answers: dict[str, Answer]
    puts: list[Put]

    @property
    def questions(self) -> Sequence[Question]:
        """What the pack asks."""
        return self.turn.content.questions

    @property
    def has_begun(self) -> bool:
        """Whether anything was agreed to or answered; a programme of another format than pairs says so by itself."""
        return bool(self.answers.keys() - {FORMAT})

    @property
    def last(self) -> str | None:
        """What was put last: a question, the last card, or nothing yet."""
        return self.puts[-1].question if self.puts else None

    def post_of(self, question: str) -> str | None:
        """The message in which this stands now; a message may have shown one question after the other."""
        showing = {put.post: put.question for put in self.puts}
        return next((post for post, shown in reversed(showing.items()) if shown == question), None)

    def page(self, question: str) -> tuple[Question, ...]:
        """What stands in one form with the question. Raises Refusal when it is no longer asked."""
        page = page_of(self.questions, self.answers, question)
        if not page:
            raise Refusal("question.gone")
        return page

    def ask(self, page: Sequence[Question]) -> Message:
        """The question as it stands, with what was answered before."""
        return voice.ask(
            page,
            self.answers,
            participant=self.participant.id,
            progress=progress(self.questions, self.answers, page[0].id),
            back=bool(page_before(self.questions, self.answers, page[0].id)),
            me=self.me,
            now=self.turn.now,
            say=self.turn.say,
            company=self._company(page),
        )

    def _company(self, page: Sequence[Question]) -> voice.Company | None:
        """What the company says of the first open question of the page that it says anything of."""
        found = self.suggested(page)
        if found is None:
            return None
        words = {FIELDS["office"]: self.known.site, FIELDS["function"]: self.known.department}.get(found.question)
        if words is None:
            return voice.Company(found.question, started_on=self.known.started_on)
        return voice.Company(found.question, words)

    def suggested(self, page: Sequence[Question]) -> Suggested | None:
        """The answer that the company suggests to an open question of the page."""
        today = self.turn.today
        found = (suggested(self.known, one, today) for one in page if one.id not in self.answers and not one.private)
        return next((one for one in found if one is not None), None)

    @cached_property
    def known(self) -> Known:
        """What the company says of the person."""
        return self.turn.store.facts.get(self.me.id)

    def card(self) -> Message:
        """The last card."""
        return review.card(
            self.turn.store.programmes.cohort(self.participant.cohort),
            self.participant,
            self.answers,
            self.questions,
            me=self.me,
            cadence_hours=self.turn.content.frame.cadence_hours,
            say=self.turn.say,
        )

    def show(self) -> tuple[str, Message]:
        """What is open now: the next question, else the last card; its id and its message."""
        question = next_question(self.questions, self.answers)
        if question is None:
            return CARD, self.card()
        page = self.page(question.id)
        return page[0].id, self.ask(page)

    def put(self) -> None:
        """Send what is open now as a new message."""
        which, message = self.show()
        post = f"question:{self.participant.id}:{len(self.puts) + 1}"
        to = ToPerson(self.me.id)
        self.turn.store.outbox.put(Post(post, to, self._sealed(post, message), PostKind.ANSWER), now=self.turn.now)
        self.note(which, post)

    def note(self, question: str, post: str) -> None:
        """Remember what a message shows."""
        self.turn.store.participants.put_question(self.participant.id, question, post, self.turn.now)
        self.puts.append(Put(question, post, self.turn.now))

    def rewrite(self, post: str, message: Message) -> None:
        """Change an earlier message in place."""
        key = f"{post}:{self.turn.new_id()}"
        change = Post(key, ToPerson(self.me.id), self._sealed(key, message), PostKind.ANSWER, edits=post)
        self.turn.store.outbox.put(change, now=self.turn.now)

    def _sealed(self, key: str, message: Message) -> Message:
        """What the company says, which is the only quote in a question, waits sealed until the message is sent."""
        quotes = [block for block in message.blocks if isinstance(block, Quote)]
        for quote in quotes:
            self.turn.store.relays.add(key, flatten(quote.words), match="", author=self.me.id, at=self.turn.now)
        sealed = (Sealed(key) if isinstance(block, Quote) else block for block in message.blocks)
        return replace(message, blocks=tuple(sealed)) if quotes else message

    def go_on(self, after: str, *, card_is_shown: bool = False) -> None:
        """Put what comes next after this one was answered; nothing, while another question is open."""
        other = self.last not in (None, CARD, after)
        if self.last == STOPPED or (other and page_of(self.questions, self.answers, str(self.last))):
            return
        waiting = self.participant.standing is Standing.ANSWERING
        question = next_question(self.questions, self.answers)
        card = self.post_of(CARD)
        if question is not None:
            first = self.page(question.id)[0].id
            if self.last != first:
                if waiting and self.last == CARD and card is not None and not card_is_shown:
                    self.rewrite(card, answered_questions.one_more(self.turn.say))
                self.put()
        elif waiting and self.last != CARD:
            self.put()
        elif waiting and card is not None and not card_is_shown:
            self.rewrite(card, self.card())

    def record(self, taken: Mapping[str, Answer]) -> bool:
        """Keep answers; whether any of them is news. What follows from an answer follows at once."""
        changed = {which: answer for which, answer in taken.items() if self.answers.get(which, _NONE) != answer}
        at = self.turn.inbound.at
        for question in self.questions:
            if question.id not in changed:
                continue
            counts = self.turn.store.participants.answer(
                self.participant.id, question.id, changed[question.id], private=question.private, at=at
            )
            if counts:
                self.answers[question.id] = changed[question.id]
        self.take_over_person(changed)
        if self.participant.has_joined:
            self.take_over_roles()
        return bool(changed)

    def take_over_person(self, changed: Collection[str]) -> None:
        """Zone, language and introduction follow what was answered last, in whichever cohort."""
        me, place, about = self.me, self.answers.get("place"), self.answers.get("about")
        if "place" in changed and isinstance(place, tuple):
            hours = replace(me.hours, zone=place[0])
            me = replace(me, hours=hours, locale=spoken(me.locale, place[1:]), zone_known=True)
        if "about" in changed:
            hidden = "about" in self.participant.hidden
            me = replace(me, introduction=about if isinstance(about, str) and not hidden else "")
        if me != self.me:
            self.turn.store.people.save(me)
            self.me = me

    def take_over_roles(self) -> None:
        """Roles and capacity follow the answers, once the person has joined."""
        said, format_ = standing_answers(self.questions, self.answers), format_of(str(self.answers.get(FORMAT, "")))
        self.save(replace(self.participant, roles=roles_of(said, format_), capacity=capacity_of(said, format_)))

    def save(self, participant: Participant) -> None:
        """Keep a changed participant."""
        if participant != self.participant:
            self.turn.store.participants.save(participant)
            self.participant = participant

    def renew_lines(self, page: Sequence[Question], *, but: str | None = None) -> None:
        """Earlier lines of these questions say what holds now."""
        showing = {put.post: put.question for put in self.puts}
        for post, question in showing.items():
            if question == page[0].id and post != but:
                self.rewrite(post, self.line(page))

    def line(self, page: Sequence[Question]) -> Message:
        """What was recorded, in one calm line."""
        return answered_questions.answered(
            page, self.answers, participant=self.participant.id, me=self.me, say=self.turn.say
        )

    def in_message_of(self, question: str) -> Reply | None:
        """What the message in which this was put last shows by now: the same, another question after a step back, the
        last card, or what was recorded. None when it was never put."""
        post = next((put.post for put in reversed(self.puts) if put.question == question), None)
        showing = {put.post: put.question for put in self.puts}
        if post is None:
            return None
        shown = showing[post]
        if shown == STOPPED:
            told = answered_questions.stopped if self.has_begun else answered_questions.not_now
            return Reply(told(self.participant.id, self.turn.say), Where.INSTEAD)
        if shown == CARD:
            return Reply(self.card(), Where.INSTEAD)
        page = page_of(self.questions, self.answers, shown)
        if not page:
            return None
        joining = self.participant.standing is Standing.ANSWERING
        is_open = self.last == shown and (joining or any(one.id not in self.answers for one in page))
        return Reply(self.ask(page) if is_open else self.line(page), Where.INSTEAD)


_NONE = object()


def spoken(locale: str, languages: Sequence[str]) -> str:
    """The language in which the bot speaks: as before where the person speaks it, else their first."""
    return locale if locale.replace("_", "-").split("-")[0] in languages else languages[0]


def mine(turn: Turn) -> Conversation:
    """The conversation of the pressed message. Raises Refusal when it is somebody else's, or over."""
    try:
        participant = turn.store.participants.get(turn.arg("participant"))
    except LookupError:
        raise Refusal("message.old") from None
    if participant.person != turn.me.id:
        raise Refusal("question.not_yours")
    if participant.standing is Standing.LEFT:
        raise Refusal("question.left")
    return of(turn, participant)


def as_it_stands(turn: Turn) -> Reply | None:
    """The pressed message of a conversation as it has to look now; None for anything else."""
    if "participant" not in turn.action.args:
        return None
    try:
        return mine(turn).in_message_of(turn.action.args.get("question", STOPPED))
    except Refusal:
        return None


def of(turn: Turn, participant: Participant) -> Conversation:
    """Somebody's conversation, loaded."""
    answers = dict(turn.store.participants.answers(participant.id))
    return Conversation(
        turn, turn.me, participant, answers, list(turn.store.participants.questions_put(participant.id))
    )


def turned_round(turn: Turn, participant: Participant) -> bool:
    """Whether they said no to the first question, which is whether their answers may be kept."""
    conversation = of(turn, participant)
    return conversation.last == STOPPED and not conversation.has_begun
