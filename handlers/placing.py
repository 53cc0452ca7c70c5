"""Where the bot may speak to many: what the platforms tell of their channels is kept."""

from dataclasses import replace

from flows.people import Account
from handlers.inbound import Places
from storage.store import Store


def learn(who: Account, places: Places, store: Store) -> None:
    """Keep what is there, forget what is gone."""
    at, group = (who.platform, who.workspace), places.group
    if places.name:
        store.channels.name_group(*at, group, places.name)
    name = places.name or store.channels.group_name(*at, group)
    if places.whole:
        store.channels.drop_others(*at, group, [one.id for one in places.channels])
    store.channels.keep(*at, [replace(one, group=group, group_name=name) for one in places.channels])
    store.channels.drop(*at, group, places.gone)
