"""What a person does in Teams: adds the app, says, presses, puts in; the app hears of what concerns it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.playground.controls import NotPossible
from bot.playground.members import Member
from bot.playground.teams import activities
from bot.playground.teams.checks import ACTIVITY_MESSAGE, ERROR, check_answer, check_dialog
from bot.playground.teams.controls import Control, controls_of, missing_answers, put, values_of
from bot.playground.teams.deliver import HONEST, Delivery, Forgery, deliver
from bot.playground.teams.reading import complaints
from bot.playground.teams.refusals import TeamsError
from bot.playground.teams.seen import CARD, Conversation, InMessage, Kind, Message
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]
WENT_WRONG = "Something went wrong. Please try again."
"""What the client says below a card when the app does not answer a press, or answers what cannot be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act led to."""

    delivery: Delivery | None = None
    """None when the app did not have to be told."""
    notice: str | None = None
    """What Teams tells the person when something went wrong."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """Input id → text when the client sent nothing; "" → text when the app said what does not fit."""
    toast: str = ""
    """What the app said to the press without a new card."""


# -- the app comes and goes


async def install(tenant: Tenant, user: str) -> Outcome:
    """Adds the app for oneself: it hears that it was installed, and that it is in a new chat."""
    if tenant.contents.members[user].deleted:
        raise NotPossible("This account is closed.")
    tenant.contents.installed.add(user)
    tenant.contents.blocking.discard(user)
    chat = tenant.open_chat(user)
    heard = activities.installation(tenant, user, conversation=chat, action="add")
    delivery = await deliver(tenant, heard, who=user)
    members = (tenant.app_user,)
    added = activities.members_changed(tenant, user, conversation=chat, members=members, added=True)
    await deliver(tenant, added, who=user)
    return Outcome(delivery=delivery)


async def uninstall(tenant: Tenant, user: str) -> Outcome:
    """Removes the app; what it has written stays."""
    if user not in tenant.contents.installed:
        raise NotPossible("The app is not there.")
    tenant.contents.installed.discard(user)
    chat = tenant.open_chat(user)
    gone = activities.installation(tenant, user, conversation=chat, action="remove")
    return Outcome(delivery=await deliver(tenant, gone, who=user))


def block(tenant: Tenant, user: str) -> None:
    """Wants to hear no more from the app; it learns of that when it writes."""
    tenant.contents.blocking.add(user)
    tenant.changed("people", user)


def change_member(tenant: Tenant, member: Member) -> None:
    """Somebody is new, or their name, zone or language changed; Teams tells the app nothing."""
    tenant.change_member(member)


def deactivate(tenant: Tenant, user: str) -> None:
    """The company closes this person's account; the app finds out when it writes to them."""
    change_member(tenant, replace(tenant.contents.members[user], deleted=True))


# -- writing


async def say(tenant: Tenant, user: str, *, conversation: str, text: str, forgery: Forgery = HONEST) -> Outcome:
    """Types into a chat or channel; of a channel the app hears only what mentions it."""
    here = tenant.contents.conversations.get(conversation)
    if here is None or user not in here.members:
        raise NotPossible(f"There is no conversation {conversation} to write to.")
    if here.kind is Kind.PERSONAL and user not in tenant.contents.installed:
        raise NotPossible("The app is not there: add it first.")
    message = write(tenant, user, conversation=here, text=text)
    return await tell(tenant, message, conversation=here, forgery=forgery)


def write(tenant: Tenant, user: str, *, conversation: Conversation, text: str) -> Message:
    """Puts what somebody wrote into the conversation; the app has not heard of it yet."""
    message = Message(
        conversation=conversation.id,
        id=tenant.new_message_id(),
        n=tenant.next_n(),
        at=tenant.times.now(),
        author=user,
        text=text,
    )
    tenant.show(message)
    return message


async def tell(tenant: Tenant, message: Message, *, conversation: Conversation, forgery: Forgery = HONEST) -> Outcome:
    """Delivers what stands in the conversation already: once more, or late."""
    mentioned = f"<at>{tenant.company.app.name}</at>" in message.text
    if conversation.kind is not Kind.PERSONAL and not (mentioned and tenant.has_app(conversation)):
        return Outcome()
    heard = activities.typed(tenant, message, conversation=conversation)
    return Outcome(delivery=await deliver(tenant, heard, who=message.author, forgery=forgery))


# -- pressing


async def press(
    tenant: Tenant,
    user: str,
    *,
    where: InMessage,
    control: Control,
    surface: Message | None = None,
    old_client: bool = False,
    forgery: Forgery = HONEST,
) -> Outcome:
    """Presses a button.

    `surface` is an older form of the message, for a press on what is no longer there; an `old_client` knows no
    Action.Execute and takes its fallback.
    """
    message = surface or _message(tenant, user, where)
    conversation = tenant.contents.conversations[where.conversation]
    if control.kind == "consent":
        return await _consent(tenant, user, message=message, conversation=conversation, control=control)
    if control.kind == "Action.OpenUrl":
        return Outcome()
    if control.holds:
        raise NotPossible(f"“{control.label}” is no button, it is a {control.kind}.")
    controls = controls_of(message)
    put_in = {} if surface is not None else tenant.contents.put_in.get((user, where.key), {})
    values = values_of(controls, put_in) if control.sends_inputs else {}
    if control.sends_inputs:
        missing = missing_answers(controls, values)
        if missing:
            _complain(tenant, user, where, *missing.values())
            return Outcome(errors=missing)
    action = control.element
    if old_client and control.kind == "Action.Execute":
        action = action["fallback"]
    data = dict(action.get("data") or {}) | {id_: value for id_, value in values.items() if value != ""}
    tenant.contents.errors.pop((user, where.key), None)
    if message.dialog:
        heard = activities.sent(tenant, user, conversation=conversation, data=data)
        delivery = await deliver(tenant, heard, who=user, forgery=forgery)
        return _in_dialog(tenant, user, where, delivery)
    if (data.get("msteams") or {}).get("type") == "task/fetch":
        heard = activities.opening(tenant, user, message, conversation=conversation, data=data)
        delivery = await deliver(tenant, heard, who=user, forgery=forgery)
        return _in_dialog(tenant, user, where, delivery)
    if action["type"] == "Action.Submit":
        heard = activities.submitted(tenant, user, message, conversation=conversation, data=data)
        delivery = await deliver(tenant, heard, who=user, forgery=forgery)
        return Outcome(delivery=delivery, notice=_failure(tenant, user, delivery))
    heard = activities.executed(tenant, user, message, conversation=conversation, action=action, data=data)
    delivery = await deliver(tenant, heard, who=user, forgery=forgery)
    return _answered(tenant, user, where, delivery, was_form=bool(values))


def _answered(tenant: Tenant, user: str, where: InMessage, delivery: Delivery, *, was_form: bool) -> Outcome:
    if not delivery.taken:
        return Outcome(delivery=delivery, notice=_failure(tenant, user, delivery))
    try:
        kind, value = check_answer(tenant, delivery.answer)
    except TeamsError as refused:
        tenant.refused.append(f"answer to a press: {refused}")
        tenant.notify(user, WENT_WRONG)
        return Outcome(delivery=delivery, notice=WENT_WRONG)
    if kind == CARD:
        _replace_card(tenant, user, where, value)
        return Outcome(delivery=delivery)
    if kind == ERROR:
        notice = str(value["message"])
        tenant.notify(user, notice)
        return Outcome(delivery=delivery, notice=notice)
    if kind == ACTIVITY_MESSAGE and was_form:
        _complain(tenant, user, where, *str(value).splitlines())
        return Outcome(delivery=delivery, errors={"": value}, toast=value)
    return Outcome(delivery=delivery, toast=value)


def _in_dialog(tenant: Tenant, user: str, where: InMessage, delivery: Delivery) -> Outcome:
    """A dialog opens, goes on or closes; while the app does not answer it stays as it is."""
    if not delivery.taken:
        return Outcome(delivery=delivery, notice=_failure(tenant, user, delivery))
    try:
        kind, value = check_dialog(tenant, delivery.answer)
    except TeamsError as refused:
        tenant.refused.append(f"answer of a dialog: {refused}")
        tenant.notify(user, WENT_WRONG)
        return Outcome(delivery=delivery, notice=WENT_WRONG)
    if kind != "continue":
        tenant.close_dialog(user)
        return Outcome(delivery=delivery, toast=value or "")
    card = value["card"]["content"]
    tenant.open_dialog(user, where.conversation, title=value["title"], card=card)
    wrong = complaints(card)
    return Outcome(delivery=delivery, errors={"": "\n".join(wrong)} if wrong else {})


def close(tenant: Tenant, user: str) -> None:
    """Closes the open dialog; a bot hears nothing of that."""
    tenant.close_dialog(user)


def _replace_card(tenant: Tenant, user: str, where: InMessage, card: Json) -> None:
    message = tenant.message(where)
    if message is None:
        return
    if tenant.contents.conversations[where.conversation].kind is not Kind.PERSONAL:
        tenant.show_alone(user, where, card)
        return
    if json.dumps(card) == json.dumps(message.card):
        return
    tenant.show(replace(message, attachments=({"contentType": CARD, "content": card},), edited=True))


async def _consent(
    tenant: Tenant, user: str, *, message: Message, conversation: Conversation, control: Control
) -> Outcome:
    upload: Json | None = None
    if control.element["action"] == "accept":
        id_, name = tenant.new_id(), str((message.consent or {})["name"])
        tenant.contents.offered[id_] = (user, name)
        upload = {
            "contentUrl": f"https://{tenant.company.domain}-my.sharepoint.example/personal/{user}/{name}",
            "name": name,
            "uploadUrl": f"{tenant.address}/upload/{id_}",
            "uniqueId": id_,
            "fileType": name.rpartition(".")[2],
        }
    heard = activities.consented(
        tenant, user, message, conversation=conversation, action=control.element["action"], upload=upload
    )
    delivery = await deliver(tenant, heard, who=user)
    return Outcome(delivery=delivery, notice=_failure(tenant, user, delivery))


# -- putting in


async def put_in(
    tenant: Tenant, user: str, *, where: InMessage, control: Control, value: str | Sequence[str] | None
) -> Outcome:
    """Types into an input or chooses; the app hears of it with the press of a button."""
    held = put(control, value)
    if control.kind == "Input.Text":
        tenant.wire.keep_private(held)
    tenant.contents.put_in.setdefault((user, where.key), {})[control.id] = held
    tenant.changed("messages", user)
    return Outcome()


def put_aside(tenant: Tenant, user: str, where: InMessage) -> None:
    """Has done with a form without sending it; the app hears nothing of that."""
    tenant.contents.put_aside.add((user, where.key))
    tenant.changed("messages", user)


def _message(tenant: Tenant, user: str, where: InMessage) -> Message:
    found = tenant.message(where)
    if found is None:
        raise NotPossible("That message is no longer there.")
    return tenant.as_seen_by(user, found)


def _complain(tenant: Tenant, user: str, where: InMessage, *lines: str) -> None:
    tenant.contents.errors[user, where.key] = lines
    tenant.changed("messages", user)


def _failure(tenant: Tenant, user: str, delivery: Delivery) -> str | None:
    if delivery.taken:
        return None
    tenant.notify(user, WENT_WRONG)
    return WENT_WRONG
