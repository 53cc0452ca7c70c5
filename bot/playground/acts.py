"""What a person does: says, presses, puts in, sends, closes, opens; the app hears of what concerns it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.playground import answers, payloads
from bot.playground.controls import Control, NotPossible, controls_of, missing_answers, put
from bot.playground.deliver import HONEST, Delivery, Forgery, deliver_event, deliver_form, deliver_payload
from bot.playground.members import Member
from bot.playground.methods.files import hold
from bot.playground.seen import Conversation, InMessage, InView, Kind, Message, View, Where
from bot.playground.typed_text import as_stored
from bot.playground.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act led to."""

    delivery: Delivery | None = None
    """None when the app did not have to be told."""
    notice: str | None = None
    """What Slack tells the person when something went wrong."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """block_id → text, when a modal was refused."""


async def say(
    workspace: Workspace, user: str, *, channel: str, text: str, forgery: Forgery = HONEST, event_id: str | None = None
) -> Outcome:
    """Types into a conversation; text that begins with a slash is a command."""
    if channel == workspace.dm_id(user):
        workspace.open_dm(user)
    conversation = workspace.contents.conversations.get(channel)
    if conversation is None or user not in conversation.members:
        raise NotPossible(f"There is no conversation {channel} to write to.")
    if text.startswith("/"):
        word, _, rest = text.partition(" ")
        return await _command(workspace, user, conversation=conversation, word=word, text=rest.strip(), forgery=forgery)
    message = Message(
        channel=channel,
        ts=workspace.new_ts(),
        at=workspace.times.now(),
        author=user,
        text=as_stored(workspace, text, named=False),
        client_msg_id=workspace.new_id(),
    )
    workspace.show(message)
    workspace.mark_read(user, channel)
    if conversation.kind is not Kind.DM:
        # The app asked for no events of channels and group messages: it cannot read what people write there.
        return Outcome()
    event = payloads.written(workspace, message)
    return Outcome(delivery=await deliver_event(workspace, event, who=user, forgery=forgery, event_id=event_id))


async def _command(
    workspace: Workspace, user: str, *, conversation: Conversation, word: str, text: str, forgery: Forgery
) -> Outcome:
    if word not in workspace.company.app.commands:
        unknown = f"{word} is not a valid command."
        workspace.notify(user, unknown)
        return Outcome(notice=unknown)
    escaped = as_stored(workspace, text, named=True)
    form = payloads.command(workspace, user, conversation=conversation, word=word, text=escaped)
    delivery = await deliver_form(workspace, name=word, who=user, form=form, forgery=forgery)
    notice = _failure(workspace, user, delivery, what=word)
    if notice is None:
        notice = answers.show_command_answer(workspace, user, channel=conversation.id, body=delivery.body)
    return Outcome(delivery=delivery, notice=notice)


def find_control(workspace: Workspace, where: Where, *, block_id: str, action_id: str) -> Control:
    """The control with these ids, as the surface is now; raises `NotPossible`."""
    for control in controls_of(workspace.blocks_at(where)):
        if (control.block_id, control.action_id) == (block_id, action_id):
            return control
    raise NotPossible("That control is no longer there.")


async def press(
    workspace: Workspace,
    user: str,
    *,
    where: Where,
    control: Control,
    option: str | None = None,
    surface: Message | View | None = None,
    forgery: Forgery = HONEST,
) -> Outcome:
    """Presses a button or takes an option of an overflow menu.

    `surface` is an older form of the message or view, for a press on what is no longer there.
    """
    held: Json = {"type": control.kind}
    if control.kind == "overflow":
        chosen = [o for o in control.element["options"] if o["value"] == option]
        if not chosen:
            raise NotPossible(f"“{control.label}” does not offer {option}.")
        held["selected_option"] = chosen[0]
    elif control.kind != "button":
        raise NotPossible(f"“{control.label}” is no button, it is a {control.kind}.")
    return await _tell(workspace, user, where=where, control=control, held=held, surface=surface, forgery=forgery)


async def put_in(
    workspace: Workspace, user: str, *, where: Where, control: Control, value: str | Sequence[str] | None
) -> Outcome:
    """Types into a field or chooses; the app hears of it when the control stands outside an input block."""
    held = keep(workspace, user, where=where, control=control, value=value)
    if not control.tells_app:
        return Outcome()
    return await _tell(workspace, user, where=where, control=control, held=held, surface=None, forgery=HONEST)


def keep(workspace: Workspace, user: str, *, where: Where, control: Control, value: str | Sequence[str] | None) -> Json:
    """Remembers what was typed or chosen without telling the app; what is typed into forms never shows on the wire."""
    held = put(control, value)
    if control.in_input and isinstance(held.get("value"), str):
        workspace.wire.keep_private(held["value"])
    workspace.put_in(user, where, block_id=control.block_id, action_id=control.action_id, held=held)
    return held


def attach(workspace: Workspace, user: str, *, where: Where, control: Control, name: str, content: bytes) -> None:
    """Puts a file into a field that takes one, in place of what was there; raises `NotPossible`."""
    taken = control.element.get("filetypes")
    if control.kind != "file_input":
        raise NotPossible(f"“{control.label}” takes no file.")
    if taken and name.rpartition(".")[2].casefold() not in taken:
        raise NotPossible(f"“{control.label}” takes {', '.join(taken)}.")
    file = hold(workspace, user, name=name, content=content)
    held: Json = {"type": control.kind, "files": [file]}
    workspace.put_in(user, where, block_id=control.block_id, action_id=control.action_id, held=held)


async def _tell(
    workspace: Workspace,
    user: str,
    *,
    where: Where,
    control: Control,
    held: Json,
    surface: Message | View | None,
    forgery: Forgery,
) -> Outcome:
    action = payloads.action(workspace, control, held)
    match surface or _surface(workspace, where):
        case Message() as message:
            payload = payloads.pressed_in_message(workspace, user, message, action)
        case View() as view:
            payload = payloads.pressed_in_view(workspace, user, view, action)
    delivery = await deliver_payload(workspace, payload, who=user, forgery=forgery)
    return Outcome(delivery=delivery, notice=_failure(workspace, user, delivery, what=f"“{control.label}”"))


def _surface(workspace: Workspace, where: Where) -> Message | View:
    found: Message | View | None
    match where:
        case InMessage(channel=channel, ts=ts):
            found = workspace.message(channel, ts)
        case InView(view=view_id):
            open_now = workspace.view(view_id)
            found = open_now[1] if open_now else None
    if found is None:
        raise NotPossible("That message or window is no longer there.")
    return found


async def submit(workspace: Workspace, user: str, *, view_id: str, forgery: Forgery = HONEST) -> Outcome:
    """Sends the modal: Slack checks required fields, then the app answers what becomes of it."""
    view = _own_modal(workspace, user, view_id)
    if "submit" not in view.given:
        raise NotPossible("This window has nothing to send.")
    missing = missing_answers(view.blocks, workspace.values(user, InView(view=view.id), view.blocks))
    if missing:
        workspace.contents.errors[view.id] = missing
        workspace.changed("modal", user)
        return Outcome(errors=missing)
    workspace.contents.errors.pop(view.id, None)
    payload = payloads.submitted(workspace, user, view)
    delivery = await deliver_payload(workspace, payload, who=user, forgery=forgery)
    if not delivery.taken:
        return Outcome(delivery=delivery, notice=_failure(workspace, user, delivery, what="This window"))
    notice = answers.apply_submission_answer(workspace, user, view=view, body=delivery.body)
    return Outcome(delivery=delivery, notice=notice, errors=workspace.contents.errors.get(view.id, {}))


async def close(workspace: Workspace, user: str, *, view_id: str) -> Outcome:
    """Closes the modal without sending; the app hears of it when it asked to."""
    view = _own_modal(workspace, user, view_id)
    whole_stack = bool(view.given.get("clear_on_close"))
    payload = payloads.closed(workspace, user, view, whole_stack=whole_stack)
    stack = workspace.stack(user)
    workspace.set_stack(user, () if whole_stack else stack[: stack.index(view)])
    if not view.given.get("notify_on_close"):
        return Outcome()
    return Outcome(delivery=await deliver_payload(workspace, payload, who=user))


def _own_modal(workspace: Workspace, user: str, view_id: str) -> View:
    for view in workspace.stack(user):
        if view.id == view_id:
            return view
    raise NotPossible("That window is no longer open.")


async def open_app(workspace: Workspace, user: str, *, tab: str = "home") -> Outcome:
    """Opens the app's Home or Messages tab."""
    event = payloads.home_opened(workspace, user, tab=tab)
    if tab == "messages":
        workspace.mark_read(user, workspace.dm_id(user))
    return Outcome(delivery=await deliver_event(workspace, event, who=user))


async def change_member(workspace: Workspace, member: Member) -> Outcome:
    """Somebody is new, or their name, zone or account changed; the app is told."""
    kind = "user_change" if member.id in workspace.contents.members else "team_join"
    workspace.change_member(member)
    event = payloads.about_member(workspace, kind, member.id)
    return Outcome(delivery=await deliver_event(workspace, event, who=member.id))


async def deactivate(workspace: Workspace, user: str) -> Outcome:
    """The company closes this person's account; the app is told, and can no longer open a conversation with them."""
    return await change_member(workspace, replace(workspace.contents.members[user], deleted=True))


def _failure(workspace: Workspace, user: str, delivery: Delivery, *, what: str) -> str | None:
    if delivery.taken:
        return None
    why = {
        "http_timeout": "the app did not answer in time",
        "connection_failed": "the app could not be reached",
    }.get(delivery.reason, f"the app answered {delivery.status}")
    notice = f"{what} did not work: {why}. Try again in a moment."
    workspace.notify(user, notice)
    return notice
