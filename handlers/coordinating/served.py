"""Who is served by the draft, group by group: in the chat, and as a page to print."""

from flows.rounds import Round
from flows.voice import served as voice
from flows.voice.file_names import beginning
from flows.voice.message import Kind, Post, ToPerson
from flows.voice.printing import printed
from handlers.coordinating.desk import Done, here
from handlers.coordinating.rounds import under_review
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def show(turn: Turn) -> Done:
    """The page, as it was counted when the draft was made."""
    round_, name = _drafted(turn)
    return Done(Reply(voice.page(round_, name, turn.say), Where.PRIVATELY), round_.id)


def to_print(turn: Turn) -> Done:
    """The same as a file, in the coordinator's own conversation."""
    round_, name = _drafted(turn)
    paper = voice.paper(round_, name, turn.say)
    called = f"{beginning(name)}-draft-{round_.number}-groups.html"
    file = printed(paper, name=called, title=paper.summary, language=turn.say.locale)
    message = voice.sent(round_, name, file, turn.say)
    post = Post(f"groups:{round_.id}:{turn.new_id()}", ToPerson(turn.me.id), message, Kind.ANSWER)
    turn.store.outbox.put(post, now=turn.now)
    return Done(Reply(voice.on_its_way(turn.say), Where.PRIVATELY), round_.id)


def _drafted(turn: Turn) -> tuple[Round, str]:
    """The draft that the button names, and its programme's name. Raises Refusal as `here` and `under_review`."""
    cohort = here(turn, "match show", turn.arg("cohort"))
    return under_review(turn, cohort, turn.arg("round")), cohort.name
