"""Activities of Teams as Inbound: pure. What is no gesture for us gives nothing; it is acknowledged and forgotten.

The fields are those of learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages and
.../subscribe-to-conversation-events.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from botbuilder.schema import Activity, ActivityTypes, ChannelAccount

from bot.teams.activity import moment_of, tenant_of
from bot.teams.carried import ARGS, VERB, Window, held, window_of
from bot.teams.limits import Json
from bot.teams.spot import Spot
from bot.teams.typed import typed
from bot.told import LOCALE, NAME, storable
from flows.people import Account, Profile
from flows.questionnaire import is_zone
from flows.voice.message import Action
from handlers.acts import SUBMISSIONS
from handlers.inbound import Filled, Inbound, Joined, Left, Place, Pressed, Submitted, What

EXECUTE: Final = "adaptiveCard/action"
"""The invoke of a card's button."""
OPENS: Final = "task/fetch"
"""The invoke of a button that opens a dialog."""
SENDS: Final = "task/submit"
"""The invoke of a button in a dialog."""
_CAME: Final = frozenset({"add", "add-upgrade"})
_WENT: Final = "remove"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a gesture was made: the conversation, the message with the card that was pressed there, and the dialog for
    a button in one. `opens`: Teams waits for a dialog to open."""

    spot: Spot
    place: Place
    card: str = ""
    window: Window | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """What a button carries, with the inputs of the card as Teams merges them in."""

    verb: str
    data: Json


def inbounds(activity: Activity, now: datetime) -> tuple[Inbound, ...]:
    """What people did. `now` stands in where the activity tells no time. Usually one; several who came together are one
    each. The id is the conversation's and the activity's, the same when it is delivered again."""
    found = _what(activity)
    return tuple(_inbound(activity, who, what, now) for who, what in found if who.aad_object_id and tenant_of(activity))


def origin(activity: Activity) -> Origin:
    """Where the gesture was made, and how it can be answered there."""
    conversation = activity.conversation
    place = Place.PRIVATE if conversation.conversation_type == "personal" else Place.SHARED
    press = pressed(activity) if activity.name == SENDS else None
    return Origin(
        spot=Spot(activity.service_url.rstrip("/"), conversation.id),
        place=place,
        card=activity.reply_to_id or "",
        window=window_of(press.data) if press is not None else None,
        opens=activity.type == ActivityTypes.invoke and activity.name == OPENS,
    )


def pressed(activity: Activity) -> Press | None:
    """The button of a card: the invoke of its Execute, or the message of the Submit that older clients send instead."""
    value = activity.value
    if activity.type == ActivityTypes.message and isinstance(value, dict) and isinstance(value.get(VERB), str):
        return Press(value[VERB], value)
    if activity.type == ActivityTypes.invoke and activity.name in {OPENS, SENDS}:
        match value:
            case {"data": dict(sent)} if isinstance(sent.get(VERB), str):
                return Press(sent[VERB], sent)
    if activity.type == ActivityTypes.invoke and activity.name == EXECUTE:
        match value:
            case {"action": {"verb": str(verb), "data": dict(data)}}:
                return Press(verb, data)
            case {"action": {"verb": str(verb)}}:
                return Press(verb, {})
    return None


def ids_of(account: Account, activity: Activity) -> tuple[str, ...]:
    """The ids by which a roster may list somebody of this activity: theirs with us, and theirs in the directory."""
    everybody = (activity.from_property, *(activity.members_added or ()))
    ours = [who.id for who in everybody if who is not None and who.aad_object_id == account.user and who.id]
    return (*ours[:1], account.user)


def profile(who: ChannelAccount, activity: Activity) -> Profile:
    """What the activity says of whoever acted; "" for what it does not say. A zone comes with what people do themselves
    and not with an installation."""
    told = _client(activity)
    zone = str(told.get("timezone") or activity.local_timezone or "")
    locale = str(activity.locale or told.get("locale") or "")
    return Profile(
        name=storable(who.name or "").strip()[:NAME],
        zone=zone if is_zone(zone) else "",
        locale=locale if len(locale) <= LOCALE else "",
    )


def _what(activity: Activity) -> Sequence[tuple[ChannelAccount, What]]:
    me = activity.from_property
    match activity.type:
        case ActivityTypes.message | ActivityTypes.invoke:
            what = _said_or_pressed(activity)
            return ((me, what),) if me is not None and what is not None else ()
        case ActivityTypes.conversation_update:
            return [(who, Joined()) for who in _new(activity)]
        case ActivityTypes.installation_update if me is not None and activity.action in _CAME:
            return ((me, Joined()),)
        case ActivityTypes.installation_update if me is not None and activity.action == _WENT:
            # Out of a team the bot may go while it stays with its people.
            return ((me, Left()),) if origin(activity).place is Place.PRIVATE else ()
        case _:
            return ()


def _said_or_pressed(activity: Activity) -> What | None:
    press = pressed(activity)
    if press is None:
        where = origin(activity)
        if activity.type != ActivityTypes.message or activity.value is not None:
            return None
        return typed(activity, channel="" if where.place is Place.PRIVATE else _channel(where.spot))
    args = press.data.get(ARGS)
    if not isinstance(args, dict) or not all(isinstance(value, str) for value in args.values()):
        return None
    action, filled = Action(press.verb, args), _stored(held(press.data))
    # A press in a dialog comes the same way as what is sent there; that is known by its name.
    return Submitted(action, filled) if press.verb in SUBMISSIONS else Pressed(action, filled)


def _channel(spot: Spot) -> str:
    """The channel without the thread in which somebody wrote: what is posted there begins one of its own."""
    return str(Spot(spot.service, spot.conversation.partition(";messageid=")[0]))


def _stored(filled: Filled) -> Filled:
    return {name: tuple(map(storable, values)) for name, values in filled.items()}


def _new(activity: Activity) -> list[ChannelAccount]:
    """Who came: those who were added, and in the private conversation whoever it is with."""
    ours = activity.recipient.id if activity.recipient is not None else ""
    added = list(activity.members_added or ())
    found = [who for who in added if who.id != ours]
    if added and not found and activity.from_property is not None and origin(activity).place is Place.PRIVATE:
        found = [activity.from_property]
    return found


def _inbound(activity: Activity, who: ChannelAccount, what: What, now: datetime) -> Inbound:
    where = origin(activity)
    at = moment_of(activity, now)
    gesture = activity.id or at.isoformat()
    mine = isinstance(what, Joined) and who is not activity.from_property
    return Inbound(
        id=":".join((where.spot.conversation, gesture, *((who.aad_object_id,) if mine else ()))),
        who=Account("teams", tenant_of(activity), who.aad_object_id),
        what=what,
        place=where.place,
        at=at,
        profile=_named(who) if mine else profile(who, activity),
        conversation=str(where.spot) if where.place is Place.PRIVATE else "",
        receipt=_receipt(where) if isinstance(what, Pressed | Submitted) else "",
    )


def _receipt(where: Origin) -> str:
    """Of the message that was pressed, or from which the dialog was opened."""
    return where.window.card if where.window is not None else where.card


def _named(who: ChannelAccount) -> Profile:
    """Of somebody who was added by another one, the activity says a name at most."""
    return Profile(storable(who.name or "").strip()[:NAME], "", "")


def _client(activity: Activity) -> Mapping[str, object]:
    """What their client says of itself."""
    entities = activity.entities or ()
    return next((one.additional_properties or {} for one in entities if one.type == "clientInfo"), {})
