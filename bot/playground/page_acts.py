"""The page's acts: JSON from the browser, checked and turned into what a person does."""

from typing import Any

from bot.playground import acts
from bot.playground.acts import Outcome
from bot.playground.controls import Control, NotPossible
from bot.playground.seen import InMessage, InView, Where
from bot.playground.workspace import Workspace

Json = dict[str, Any]
LOOKS = frozenset({"open", "read"})
"""Acts by which nobody takes somebody's part yet."""


async def act(workspace: Workspace, asked: Json) -> Outcome:
    """Does what the page asks for; raises `NotPossible` with a sentence when it makes no sense."""
    user = _text(asked, "as")
    member = workspace.contents.members.get(user)
    if member is None or member.deleted:
        raise NotPossible(f"{user[:40]} cannot act here.")
    if asked.get("kind") not in LOOKS:
        workspace.contents.played.add(user)
    match asked.get("kind"):
        case "say":
            text = _text(asked, "text").strip()
            if not text:
                raise NotPossible("There is nothing to send.")
            return await acts.say(workspace, user, channel=_text(asked, "channel"), text=text)
        case "press":
            where = _where(workspace, user, asked)
            control = _control(workspace, where, asked)
            option = asked.get("value")
            return await acts.press(
                workspace, user, where=where, control=control, option=option if isinstance(option, str) else None
            )
        case "set":
            where = _where(workspace, user, asked)
            control = _control(workspace, where, asked)
            return await acts.put_in(workspace, user, where=where, control=control, value=_value(asked.get("value")))
        case "submit":
            return await _submit(workspace, user, asked)
        case "close":
            return await acts.close(workspace, user, view_id=_text(asked, "view"))
        case "open":
            tab = asked.get("tab", "home")
            if tab not in {"home", "messages"}:
                raise NotPossible("The app has the tabs home and messages.")
            return await acts.open_app(workspace, user, tab=tab)
        case "read":
            workspace.mark_read(user, _text(asked, "channel"))
            return Outcome()
        case other:
            raise NotPossible(f"There is no act {str(other)[:40]}.")


async def _submit(workspace: Workspace, user: str, asked: Json) -> Outcome:
    view = _text(asked, "view")
    values = asked.get("values") or {}
    if not isinstance(values, dict):
        raise NotPossible("values must be an object.")
    where = InView(view=view)
    for block_id, actions in values.items():
        if not isinstance(actions, dict):
            raise NotPossible("values must be an object of objects.")
        for action_id, value in actions.items():
            control = acts.find_control(workspace, where, block_id=block_id, action_id=action_id)
            if control.kind == "file_input":
                _attach(workspace, user, where, control, value)
            else:
                acts.keep(workspace, user, where=where, control=control, value=_value(value))
    return await acts.submit(workspace, user, view_id=view)


def _attach(workspace: Workspace, user: str, where: Where, control: Control, value: Any) -> None:
    """A file as the page tells it: its name and its text; null where none was chosen."""
    match value:
        case {"name": str(name), "text": str(text)}:
            acts.attach(workspace, user, where=where, control=control, name=name, content=text.encode())
        case None:
            pass
        case _:
            raise NotPossible("A file is its name and its text.")


def _text(asked: Json, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise NotPossible(f"The act needs {name}, a string.")
    return value


def _value(given: Any) -> str | list[str] | None:
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, list) and all(isinstance(g, str) for g in given):
        return given
    raise NotPossible("A value is a string, a list of strings, or null.")


def _where(workspace: Workspace, user: str, asked: Json) -> Where:
    where = asked.get("where")
    if not isinstance(where, dict):
        raise NotPossible("The act needs where, an object.")
    if "view" in where:
        found = workspace.view(_text(where, "view"))
        if found is None or found[0] != user:
            raise NotPossible("That window is no longer open.")
        return InView(view=found[1].id)
    place = InMessage(channel=_text(where, "channel"), ts=_text(where, "ts"))
    message = workspace.message(place.channel, place.ts)
    if message is None or message.only_for not in (None, user):
        raise NotPossible("That message is no longer there.")
    if user not in workspace.contents.conversations[place.channel].members:
        raise NotPossible("That conversation belongs to others.")
    return place


def _control(workspace: Workspace, where: Where, asked: Json) -> Any:
    return acts.find_control(workspace, where, block_id=_text(asked, "block_id"), action_id=_text(asked, "action_id"))
