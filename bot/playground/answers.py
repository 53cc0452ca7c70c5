"""What the app answers to an act: the body of its acknowledgement, and what it posts to a response address."""

import json
from dataclasses import replace
from typing import Any

from bot.playground.controls import with_ids
from bot.playground.methods.views import changed, pushed
from bot.playground.refusals import SlackError
from bot.playground.seen import Message, View
from bot.playground.strict.surfaces import check_message, check_view
from bot.playground.workspace import Workspace

Json = dict[str, Any]
_ANSWER_FIELDS = {
    "text", "blocks", "response_type", "replace_original", "delete_original",
    "thread_ts", "metadata", "unfurl_links", "unfurl_media", "mrkdwn",
}  # fmt: skip


def show_command_answer(workspace: Workspace, user: str, *, channel: str, body: str) -> str | None:
    """Shows the body of a slash command's acknowledgement; returns Slack's notice when it is not fit to be shown."""
    if not body.strip():
        return None
    try:
        answer = json.loads(body) if body.lstrip().startswith("{") else {"text": body}
        _show(workspace, user, channel=channel, answer=answer)
    except (SlackError, ValueError) as broken:
        return _complain(workspace, user, f"command answer: {broken}")
    return None


def answer_through_address(workspace: Workspace, response_id: str, answer: Json) -> None:
    """What the app posted to a response address; raises `SlackError`."""
    ticket = workspace.tickets.use_response(response_id)
    original = workspace.message(ticket.channel, ticket.message) if ticket.message else None
    try:
        if answer.get("delete_original"):
            if original is None:
                raise SlackError("no_original", ["delete_original: there is no message of the app to delete"])
            workspace.take_away(original)
        elif answer.get("replace_original") and original is not None:
            _replace(workspace, original, answer)
        else:
            _show(workspace, ticket.user, channel=ticket.channel, answer=answer)
    except SlackError as refused:
        workspace.refused.append(f"response_url: {refused}")
        raise


def _replace(workspace: Workspace, original: Message, answer: Json) -> None:
    check_message(answer.get("text"), answer.get("blocks"), ephemeral=original.only_for is not None)
    blocks = with_ids(answer.get("blocks") or [], workspace.new_id)
    workspace.show(replace(original, text=answer["text"], blocks=blocks, edited=True))


def _show(workspace: Workspace, user: str, *, channel: str, answer: Json) -> None:
    unknown = sorted(set(answer) - _ANSWER_FIELDS)
    if unknown:
        raise SlackError("invalid_arguments", [f"[ERROR] {', '.join(unknown)}: no field of an answer"])
    kind = answer.get("response_type", "ephemeral")
    if kind not in {"ephemeral", "in_channel"}:
        raise SlackError("invalid_arguments", [f"[ERROR] response_type: {kind}"])
    check_message(answer.get("text"), answer.get("blocks"), ephemeral=kind == "ephemeral")
    workspace.show(
        Message(
            channel=channel,
            ts=workspace.new_ts(),
            at=workspace.times.now(),
            author=workspace.app_user,
            text=answer["text"],
            blocks=with_ids(answer.get("blocks") or [], workspace.new_id),
            thread_ts=answer.get("thread_ts"),
            only_for=user if kind == "ephemeral" else None,
        )
    )


def apply_submission_answer(workspace: Workspace, user: str, *, view: View, body: str) -> str | None:
    """What becomes of the modal after it was sent; returns Slack's notice when the answer is not fit."""
    try:
        answer = json.loads(body) if body.strip() else {}
        _apply(workspace, user, view=view, answer=answer)
    except (SlackError, ValueError) as broken:
        return _complain(workspace, user, f"view_submission answer: {broken}")
    return None


def _apply(workspace: Workspace, user: str, *, view: View, answer: Json) -> None:
    match answer.get("response_action"):
        case None:
            stack = workspace.stack(user)
            if view in stack:
                workspace.set_stack(user, stack[: stack.index(view)])
        case "clear":
            workspace.set_stack(user, ())
        case "errors":
            _show_errors(workspace, user, view=view, errors=answer.get("errors"))
        case "update":
            given = answer.get("view")
            check_view(given)
            workspace.replace_view(user, changed(workspace, view, given or {}))
        case "push":
            given = answer.get("view")
            check_view(given)
            pushed(workspace, user, given or {})
        case other:
            raise SlackError("invalid_arguments", [f"[ERROR] response_action: {other}"])


def _show_errors(workspace: Workspace, user: str, *, view: View, errors: Any) -> None:
    inputs = {b["block_id"] for b in view.blocks if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not all(isinstance(t, str) and t for t in errors.values()):
        raise SlackError("invalid_arguments", ["[ERROR] errors: must name input blocks with a text each"])
    unknown = sorted(set(errors) - inputs)
    if unknown:
        raise SlackError("invalid_arguments", [f"[ERROR] errors: no input block is called {', '.join(unknown)}"])
    workspace.contents.errors[view.id] = dict(errors)
    workspace.changed("modal", user)


def _complain(workspace: Workspace, user: str, what: str) -> str:
    workspace.refused.append(what)
    notice = "The app answered something that Slack cannot show."
    workspace.notify(user, notice)
    return notice
