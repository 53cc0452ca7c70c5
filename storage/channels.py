"""Where the bot may speak to many: the channels of each workspace, as its platform told them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from flows.channels import Channel
from storage.tables import channels
from storage.upsert import insert

_here = (channels.c.platform == bindparam("at_platform"), channels.c.workspace == bindparam("at_workspace"))
_of_group = (*_here, channels.c.group == bindparam("of_group"))
_all = select(channels).where(*_here)
_drop = delete(channels).where(*_of_group, channels.c.id.in_(bindparam("which", expanding=True)))
_drop_others = delete(channels).where(*_of_group, channels.c.id.not_in(bindparam("which", expanding=True)))
_name_group = update(channels).where(*_of_group).values(group_name=bindparam("told"))
_group_name = select(channels.c.group_name).where(*_of_group, channels.c.group_name != "").limit(1)
_keep = insert(channels)
_keep = _keep.on_conflict_do_update(
    index_elements=[channels.c.platform, channels.c.workspace, channels.c.id],
    set_={name: _keep.excluded[name] for name in ("conversation", "name", "group", "group_name")},
)


class Channels:
    """The channels of one workspace at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, platform: str, workspace: str) -> Sequence[Channel]:
        """All of them, a group's together, the one without a name first."""
        rows = self._connection.execute(_all, _at(platform, workspace)).mappings()
        found = [Channel(row["id"], row["conversation"], row["name"], row["group"], row["group_name"]) for row in rows]
        return sorted(found, key=lambda one: (one.group_name.casefold(), one.group, one.name.casefold(), one.id))

    def group_name(self, platform: str, workspace: str, group: str) -> str:
        """What a group is called; "" when that was never told."""
        told = self._connection.execute(_group_name, _at(platform, workspace, of_group=group)).scalar()
        return told or ""

    def keep(self, platform: str, workspace: str, known: Sequence[Channel]) -> None:
        """Write what is known of these."""
        rows = [
            {
                "platform": platform,
                "workspace": workspace,
                "id": one.id,
                "conversation": one.conversation,
                "name": one.name,
                "group": one.group,
                "group_name": one.group_name,
            }
            for one in known
        ]
        if rows:
            self._connection.execute(_keep, rows)

    def name_group(self, platform: str, workspace: str, group: str, name: str) -> None:
        """A group is called otherwise."""
        self._connection.execute(_name_group, _at(platform, workspace, of_group=group, told=name))

    def drop(self, platform: str, workspace: str, group: str, ids: Sequence[str]) -> None:
        """These are gone."""
        self._connection.execute(_drop, _at(platform, workspace, of_group=group, which=list(ids)))

    def drop_others(self, platform: str, workspace: str, group: str, ids: Sequence[str]) -> None:
        """All of a group but these are gone."""
        self._connection.execute(_drop_others, _at(platform, workspace, of_group=group, which=list(ids)))


def _at(platform: str, workspace: str, **more: Any) -> dict[str, Any]:
    return {"at_platform": platform, "at_workspace": workspace, **more}
