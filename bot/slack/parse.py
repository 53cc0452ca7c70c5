"""Payloads of Slack as Inbound: pure. None is a gesture that is not for us; it is acknowledged and forgotten."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.slack.limits import Json
from bot.slack.origin import Origin, unpacked
from bot.slack.render import FORM
from bot.told import EMAIL, LOCALE, NAME, storable
from flows.people import Account, Profile
from flows.voice.message import Action
from handlers.inbound import (
    AccountChanged,
    Asked,
    Closed,
    Filled,
    Inbound,
    Opened,
    Place,
    Pressed,
    Said,
    Submitted,
    What,
)

_NAMED = re.compile(r"<([@#][A-Z0-9]+)\|[^>]*>")
_ADDRESS = re.compile(r"<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>")
SLACKBOT = "USLACKBOT"


def inbound(body: Json, now: datetime) -> Inbound | None:
    """What somebody did. `now` stands in where the payload tells no time (commands and dialogs).

    The id is Slack's own name for the gesture and the same when it is delivered again.
    """
    match body:
        case {"command": str(), "trigger_id": str()}:
            return _command(body, now)
        case {"type": "block_actions", "actions": [*_]}:
            return _press(body) if _is_ours(body) else None
        case {"type": "view_submission", "view": {}}:
            return _submission(body, now) if _is_ours(body) else None
        case {"type": "view_closed", "view": {"callback_id": str(), "private_metadata": str()}}:
            return _closed(body, now) if _is_ours(body) else None
        case {"type": "event_callback", "event": {}}:
            return _event(body)
        case _:
            return None


def origin(body: Json) -> Origin:
    """Where the gesture came from, and how it can be answered there; a dialog remembers where it was opened."""
    view = body.get("view") or {}
    if view.get("type") == "home":
        return Origin(Place.HOME)
    if view:
        return unpacked(view["private_metadata"])[0]
    container = body.get("container") or {}
    event = body.get("event") or {}
    channel = container.get("channel_id") or body.get("channel_id") or event.get("channel") or ""
    return Origin(
        _place(channel),
        channel=channel,
        ts=container.get("message_ts", ""),
        response_url=body.get("response_url", ""),
        ephemeral=bool(container.get("is_ephemeral")),
    )


def blocks_of_fields(view: Json) -> Mapping[str, str]:
    """Field name → block_id of the inputs of a view, where Slack wants the line about a field that does not fit."""
    inputs = (block for block in view["blocks"] if block["type"] == "input")
    return {block["element"]["action_id"]: block["block_id"] for block in inputs}


def profile(user: Json) -> Profile | None:
    """What the directory says of an account; None for Slackbot. A zone or locale that Slack does not tell is UTC and
    "": docs.slack.dev/reference/objects/user-object (`locale` comes on request only). An address comes with
    `users:read.email` alone, which whoever installs the bot may add. Bots are never active. Names and titles are cut to
    what our tables keep: Slack takes longer ones through its API, and no message could show them."""
    if user["id"] == SLACKBOT:
        return None
    told = user.get("profile") or {}
    name = told.get("real_name") or user.get("real_name") or user.get("name") or ""
    locale = user.get("locale") or ""
    return Profile(
        name=(storable(name) or user["id"])[:NAME],
        zone=user.get("tz") or "UTC",
        locale=locale if len(locale) <= LOCALE else "",
        active=not (user.get("deleted") or user.get("is_bot") or user.get("is_workflow_bot")),
        title=storable(told.get("title") or "")[:NAME],
        email=storable(told.get("email") or "")[:EMAIL],
    )


def _is_ours(body: Json) -> bool:
    """In a channel shared with another company its people may press too; they are not in this workspace."""
    team = (body.get("team") or {}).get("id")
    home = body["user"].get("team_id")
    return team is None or home is None or team == home


def _command(body: Json, now: datetime) -> Inbound:
    who = Account("slack", body["team_id"], body["user_id"])
    place = _place(body.get("channel_id", ""))
    asked = Asked(body["command"].lstrip("/"), _typed(body.get("text") or "").strip())
    return Inbound(body["trigger_id"], who, asked, place, now)


def _press(body: Json) -> Inbound | None:
    action = next((action for action in body["actions"] if action.get("type") == "button"), None)
    if action is None:
        return None
    name, _, mark = action["action_id"].rpartition("#")
    args = _args(action.get("value"))
    if not name or args is None:
        return None
    state = (body.get("view") or body).get("state") or {}
    filled = _filled(state, form=mark.removeprefix(FORM)) if mark.startswith(FORM) else {}
    container = body.get("container") or {}
    pressed = container.get("view_id") or f"{container.get('channel_id')}:{container.get('message_ts')}"
    at = action.get("action_ts", "0")
    key = ":".join((body["user"]["id"], pressed, action["action_id"], at))
    where = origin(body)
    what = Pressed(Action(name, args), filled)
    return Inbound(key, _who(body), what, where.place, _moment(at), receipt=_receipt(where))


def _submission(body: Json, now: datetime) -> Inbound:
    view = body["view"]
    where, args = unpacked(view["private_metadata"])
    filled = _filled(view.get("state") or {}, form="0")
    # A dialog that was sent back with a line about a field keeps its id and hash; the trigger is new with each sending.
    key = f"{view['id']}:{body.get('trigger_id') or view.get('hash', '')}"
    what = Submitted(Action(view["callback_id"], args), filled)
    return Inbound(key, _who(body), what, where.place, now, receipt=_receipt(where))


def _receipt(where: Origin) -> str:
    """Of the message that was pressed; what only one person sees was never sent as a post."""
    return "" if where.ephemeral else where.ts


def _closed(body: Json, now: datetime) -> Inbound:
    """A dialog that was closed by its X. Slack's documentation shows the whole view here but does not promise that its
    state holds what was typed (docs.slack.dev/reference/interaction-payloads/view-interactions-payload)."""
    view = body["view"]
    where, args = unpacked(view["private_metadata"])
    filled = _filled(view.get("state") or {}, form="0")
    return Inbound(
        f"{view['id']}:closed", _who(body), Closed(Action(view["callback_id"], args), filled), where.place, now
    )


def _event(body: Json) -> Inbound | None:
    event = body["event"]
    match event:
        case {"type": "app_home_opened", "tab": "home", "user": str(user)}:
            return _told(body, user, Opened(), Place.HOME, event.get("event_ts"))
        case {"type": "message", "channel_type": "im", "user": str(user), "text": str(text), "ts": str(ts)}:
            # Anything with a subtype was not just typed: an edit, a deletion, a join, a bot's own words.
            if event.get("subtype") or event.get("bot_id") or user == SLACKBOT:
                return None
            key = event.get("client_msg_id") or f"{event['channel']}:{ts}"
            return _told(body, user, Said(_typed(text)), Place.PRIVATE, ts, key)
        case {"type": "user_change" | "team_join", "user": {"id": str(user)} as changed}:
            said = profile(changed)
            if said is None or changed.get("is_bot"):
                return None
            return _told(body, user, AccountChanged(said), Place.PRIVATE, event.get("event_ts"))
        case _:
            return None


def _told(body: Json, user: str, what: What, place: Place, at: str | None, key: str = "") -> Inbound:
    moment = _moment(at or str(body["event_time"]))
    return Inbound(key or body["event_id"], Account("slack", body["team_id"], user), what, place, moment)


def _who(body: Json) -> Account:
    team = (body.get("team") or {}).get("id") or body["user"]["team_id"]
    return Account("slack", team, body["user"]["id"])


def _place(channel: str) -> Place:
    return Place.PRIVATE if channel.startswith("D") else Place.SHARED


def _args(value: str | None) -> Mapping[str, str] | None:
    """What a button carries; None when it is not one of ours."""
    if not value:
        return {}
    try:
        args = json.loads(value)
    except ValueError:
        return None
    return args if isinstance(args, dict) else None


def _moment(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def _typed(text: str) -> str:
    """What a person typed, as they typed it; mentions keep their angle brackets, without a name.

    Slack escapes three signs and wraps addresses: docs.slack.dev/messaging/formatting-message-text.
    """
    told = _ADDRESS.sub(lambda found: found[2] or found[1], _NAMED.sub(r"<\1>", storable(text)))
    return told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _filled(state: Json, *, form: str) -> Filled:
    """The inputs of one form of the message; block_ids are `digest.form.name`."""
    values: dict[str, tuple[str, ...]] = {}
    for block_id, held in (state.get("values") or {}).items():
        _, _, rest = block_id.partition(".")
        number, _, name = rest.partition(".")
        if number == form and name in held and (chosen := _chosen(held[name])):
            values[name] = chosen
    return values


def _chosen(held: Mapping[str, Any]) -> tuple[str, ...]:
    match held:
        case {"selected_options": [*options]}:
            return tuple(option["value"] for option in options)
        case {"selected_option": {"value": str(value)}}:
            return (value,)
        case (
            {"value": str(value)}
            | {"selected_date": str(value)}
            | {"selected_time": str(value)}
            | {"selected_user": str(value)}
            | {"selected_conversation": str(value)}
        ):
            value = storable(value)
            return (value,) if value else ()
        case _:
            return ()
