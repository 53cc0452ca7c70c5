"""The page's acts in Teams: JSON from the browser, checked and turned into what a person does."""

from typing import Any

from bot.playground.controls import NotPossible
from bot.playground.teams import acts
from bot.playground.teams.acts import Outcome
from bot.playground.teams.controls import Control, controls_of
from bot.playground.teams.seen import InMessage, Kind
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]


async def act(tenant: Tenant, asked: Json) -> Outcome:
    """Does what the page asks for; raises `NotPossible` with a sentence when it makes no sense."""
    user = _text(asked, "as")
    member = tenant.contents.members.get(user)
    if member is None or member.deleted:
        raise NotPossible(f"{user[:40]} cannot act here.")
    match asked.get("kind"):
        case "install":
            return await acts.install(tenant, user)
        case "uninstall":
            return await acts.uninstall(tenant, user)
        case "say":
            return await _say(tenant, user, asked)
        case "press":
            where = _where(tenant, user, asked)
            for id_, value in _values(asked).items():
                await acts.put_in(tenant, user, where=where, control=_input(tenant, user, where, id_), value=value)
            return await acts.press(tenant, user, where=where, control=_button(tenant, user, where, asked))
        case "close":
            acts.close(tenant, user)
            return Outcome()
        case other:
            raise NotPossible(f"There is no act {str(other)[:40]}.")


async def _say(tenant: Tenant, user: str, asked: Json) -> Outcome:
    text, id_ = _text(asked, "text").strip(), _text(asked, "conversation")
    if not text:
        raise NotPossible("There is nothing to send.")
    if id_ == tenant.chat_id(user) and user not in tenant.contents.installed:
        await acts.install(tenant, user)
    here = tenant.contents.conversations.get(id_)
    name = tenant.company.app.name
    if here is not None and here.kind is not Kind.PERSONAL:
        text = text.replace(f"@{name}", f"<at>{name}</at>")
    return await acts.say(tenant, user, conversation=id_, text=text)


def _where(tenant: Tenant, user: str, asked: Json) -> InMessage:
    where = InMessage(conversation=_text(asked, "conversation"), message=_text(asked, "message"))
    conversation = tenant.contents.conversations.get(where.conversation)
    if conversation is None or user not in conversation.members or tenant.message(where) is None:
        raise NotPossible("That message is no longer there.")
    return where


def _controls(tenant: Tenant, user: str, where: InMessage) -> tuple[Control, ...]:
    message = tenant.message(where)
    return controls_of(tenant.as_seen_by(user, message)) if message is not None else ()


def _button(tenant: Tenant, user: str, where: InMessage, asked: Json) -> Control:
    """Buttons have no id: the page names one by its place among them."""
    buttons = [control for control in _controls(tenant, user, where) if not control.holds]
    n = asked.get("button")
    if not isinstance(n, int) or not 0 <= n < len(buttons):
        raise NotPossible("That button is no longer there.")
    return buttons[n]


def _input(tenant: Tenant, user: str, where: InMessage, id_: str) -> Control:
    for control in _controls(tenant, user, where):
        if control.holds and control.id == id_:
            return control
    raise NotPossible("That field is no longer there.")


def _values(asked: Json) -> dict[str, str | list[str]]:
    values = asked.get("values") or {}
    if not isinstance(values, dict):
        raise NotPossible("values must be an object.")
    for value in values.values():
        if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            raise NotPossible("A value is a string or a list of strings.")
    return values


def _text(asked: Json, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise NotPossible(f"The act needs {name}, a string.")
    return value
