"""The views.* methods: modals and the App Home."""

from dataclasses import replace
from typing import Any

from bot.playground.controls import with_ids
from bot.playground.methods.arguments import Arguments
from bot.playground.refusals import SlackError
from bot.playground.seen import View
from bot.playground.shapes import view_object
from bot.playground.strict.surfaces import check_view
from bot.playground.workspace import Workspace

Json = dict[str, Any]
DEEPEST = 3
"""Modals that may lie on each other."""


def views_open(workspace: Workspace, arguments: Arguments) -> Json:
    """Opens a modal for the person whose trigger this is; an older stack is closed."""
    given = arguments.structure("view")
    trigger = workspace.tickets.use_trigger(arguments.text("trigger_id"))
    check_view(given)
    view = opened(workspace, given, below=())
    workspace.set_stack(trigger.user, (view,))
    return {"view": view_object(workspace, trigger.user, view)}


def views_push(workspace: Workspace, arguments: Arguments) -> Json:
    """Lays a modal over the one in which the trigger was made."""
    given = arguments.structure("view")
    trigger = workspace.tickets.use_trigger(arguments.text("trigger_id"))
    stack = workspace.stack(trigger.user)
    if not trigger.in_modal or not stack:
        raise SlackError("invalid_trigger_id", ["the trigger was not made inside an open modal"])
    check_view(given)
    view = pushed(workspace, trigger.user, given)
    return {"view": view_object(workspace, trigger.user, view)}


def views_update(workspace: Workspace, arguments: Arguments) -> Json:
    """Changes an open modal or an App Home, by its id or its external id."""
    given = arguments.structure("view")
    found = workspace.view(_view_id(workspace, arguments))
    if found is None:
        raise SlackError("not_found")
    user, before = found
    _fresh(before, arguments)
    check_view(given, home=before.given["type"] == "home")
    after = changed(workspace, before, given)
    workspace.replace_view(user, after)
    return {"view": view_object(workspace, user, after)}


def views_publish(workspace: Workspace, arguments: Arguments) -> Json:
    """Shows this person's App Home; the id stays the same."""
    user = arguments.text("user_id")
    if user not in workspace.contents.members:
        raise SlackError("user_not_found")
    given = arguments.structure("view")
    before = workspace.contents.homes.get(user)
    if before is not None:
        _fresh(before, arguments)
    check_view(given, home=True)
    after = opened(workspace, given, below=()) if before is None else changed(workspace, before, given)
    workspace.contents.homes[user] = after
    workspace.replace_view(user, after)
    return {"view": view_object(workspace, user, after)}


def opened(workspace: Workspace, given: Json, *, below: tuple[View, ...]) -> View:
    """A new view on top of those `below`."""
    id_ = f"V{workspace.new_id().upper()}"
    _not_taken(workspace, given, view_id=id_)
    return View(
        id=id_,
        root=below[0].root if below else id_,
        previous=below[-1].id if below else None,
        hash=_new_hash(workspace),
        given=_with_ids(workspace, given),
    )


def pushed(workspace: Workspace, user: str, given: Json) -> View:
    """Lays a checked view on this person's stack; raises `push_limit_reached`."""
    stack = workspace.stack(user)
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    view = opened(workspace, given, below=stack)
    workspace.set_stack(user, (*stack, view))
    return view


def changed(workspace: Workspace, before: View, given: Json) -> View:
    """The view with a new content and a new hash."""
    _not_taken(workspace, given, view_id=before.id)
    return replace(before, hash=_new_hash(workspace), given=_with_ids(workspace, given))


def _with_ids(workspace: Workspace, given: Json) -> Json:
    return {**given, "blocks": list(with_ids(given["blocks"], workspace.new_id))}


def _new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.times.now().timestamp())}.{workspace.new_id()}"


def _view_id(workspace: Workspace, arguments: Arguments) -> str:
    external = arguments.text_or_none("external_id")
    if external is None:
        return arguments.text("view_id")
    found = _called(workspace, external)
    if found is None:
        raise SlackError("not_found")
    return found.id


def _called(workspace: Workspace, external_id: str) -> View | None:
    stacks = workspace.contents.modals.values()
    return next((v for stack in stacks for v in stack if v.given.get("external_id") == external_id), None)


def _not_taken(workspace: Workspace, given: Json, *, view_id: str) -> None:
    other = _called(workspace, given["external_id"]) if given.get("external_id") else None
    if other is not None and other.id != view_id:
        raise SlackError("duplicate_external_id")


def _fresh(view: View, arguments: Arguments) -> None:
    told = arguments.text_or_none("hash")
    if told is not None and told != view.hash:
        raise SlackError("hash_conflict")


METHODS = {
    "views.open": views_open,
    "views.publish": views_publish,
    "views.push": views_push,
    "views.update": views_update,
}
