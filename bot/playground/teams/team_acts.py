"""What happens to teams and their channels: the app comes and goes, channels come, go and are called otherwise.

The app hears of a team in which it is, and of no other.
"""

from dataclasses import replace

from bot.playground.controls import NotPossible
from bot.playground.teams import activities
from bot.playground.teams.acts import Outcome
from bot.playground.teams.deliver import deliver
from bot.playground.teams.seen import Conversation, TeamNow
from bot.playground.teams.tenant import Tenant


async def add(tenant: Tenant, user: str, *, team: str = "") -> Outcome:
    """Somebody adds the app to a team and all its channels, the company's when none is named."""
    return await _install(tenant, user, team, added=True)


async def remove(tenant: Tenant, user: str, *, team: str = "") -> Outcome:
    """Somebody removes the app from a team; what it has written stays."""
    return await _install(tenant, user, team, added=False)


async def _install(tenant: Tenant, user: str, team: str, *, added: bool) -> Outcome:
    here = _team(tenant, user, team)
    tenant.contents.teams[here.id] = replace(here, with_app=added)
    general = tenant.contents.conversations[here.id]
    heard = activities.installation(tenant, user, conversation=general, action="add" if added else "remove")
    delivery = await deliver(tenant, heard, who=user)
    members = (tenant.app_user,)
    changed = activities.members_changed(tenant, user, conversation=general, members=members, added=added)
    await deliver(tenant, changed, who=user)
    return Outcome(delivery=delivery)


async def create_channel(tenant: Tenant, user: str, name: str, *, team: str = "") -> Outcome:
    """Somebody makes a channel."""
    here = _team(tenant, user, team)
    made = tenant.add_channel(here, id_=f"19:{tenant.new_id()}@thread.tacv2", name=name)
    tenant.changed("messages", *here.members)
    return await _told(tenant, user, made, "channelCreated")


async def rename_channel(tenant: Tenant, user: str, channel: str, *, to: str) -> Outcome:
    """Somebody calls a channel otherwise."""
    renamed = replace(_channel(tenant, user, channel), name=to)
    tenant.contents.conversations[channel] = renamed
    tenant.changed("messages", *renamed.members)
    return await _told(tenant, user, renamed, "channelRenamed")


async def delete_channel(tenant: Tenant, user: str, channel: str) -> Outcome:
    """Somebody deletes a channel; the first one of a team stays."""
    gone = _channel(tenant, user, channel)
    if gone.id == gone.team:
        raise NotPossible("The first channel of a team stays as long as the team.")
    tenant.remove_channel(gone)
    return await _told(tenant, user, gone, "channelDeleted")


async def rename_team(tenant: Tenant, user: str, *, to: str, team: str = "") -> Outcome:
    """Somebody calls a team otherwise."""
    renamed = replace(_team(tenant, user, team), name=to)
    tenant.contents.teams[renamed.id] = renamed
    if not renamed.with_app:
        return Outcome()
    heard = activities.team_changed(tenant, user, team=renamed, event="teamRenamed")
    return Outcome(delivery=await deliver(tenant, heard, who=user))


async def delete_team(tenant: Tenant, user: str, *, team: str) -> Outcome:
    """Somebody deletes a team with all its channels."""
    gone = _team(tenant, user, team)
    heard = activities.team_changed(tenant, user, team=gone, event="teamDeleted")
    for channel in tenant.channels_of(gone.id):
        tenant.remove_channel(channel)
    del tenant.contents.teams[gone.id]
    return Outcome(delivery=await deliver(tenant, heard, who=user)) if gone.with_app else Outcome()


async def _told(tenant: Tenant, user: str, channel: Conversation, event: str) -> Outcome:
    if not tenant.has_app(channel):
        return Outcome()
    heard = activities.channel_changed(tenant, user, channel=channel, event=event)
    return Outcome(delivery=await deliver(tenant, heard, who=user))


def _team(tenant: Tenant, user: str, name: str) -> TeamNow:
    for team in tenant.contents.teams.values():
        if name in ("", team.name, team.id) and user in team.members:
            return team
    raise NotPossible(f"There is no team {name} to which this person belongs.")


def _channel(tenant: Tenant, user: str, id_: str) -> Conversation:
    found = tenant.contents.conversations.get(id_)
    if found is None or not found.team or user not in found.members:
        raise NotPossible(f"There is no channel {id_} to which this person belongs.")
    return found
