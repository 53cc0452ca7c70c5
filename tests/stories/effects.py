"""What an act has left behind, to see that it left nothing when it was done a second time."""

from sqlalchemy import select

from bot.playground.controls import NotPossible
from storage.tables import audit, inbox, limits, metadata, outbox, schedule
from tests.stage import Actor, Stage

BOOKKEEPING = {audit.name, inbox.name, limits.name, schedule.name}
"""What every act leaves: that it was taken, that it was tried, when to look again."""


def effects(stage: Stage) -> dict[str, list[str]]:
    """Every row that means something, by table; of the outbox what was told, not what was only changed in place."""
    with stage.app.kit.database.transaction() as connection:
        found = {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in metadata.sorted_tables
            if table.name not in BOOKKEEPING | {outbox.name}
        }
        told = select(outbox.c.key).where(outbox.c.edits == "")
        return found | {outbox.name: sorted(connection.scalars(told))}


async def presses_twice(actor: Actor, label: str) -> None:
    """A press, and once more on the message as it was: one effect, a polite line, no error of Slack's."""
    seen = next((seen for seen in actor.in_sight() if label in seen.labels), None)
    if seen is None:
        raise NotPossible(f"{actor.player.member.name} sees no “{label}”.")
    await actor.presses(label)
    before = effects(actor.stage)

    await actor.presses_again(seen, label)

    assert effects(actor.stage) == before, f"“{label}” had a second effect"
