"""A file that is kept in the message that brought it: for its reader alone, and no longer than the message."""

from flows.people import Account
from flows.voice.message import File, Kind, Message, Post, ToPerson
from handlers.handing_over import find_file
from handlers.maintaining import maintain
from storage.store import Store
from tests.handlers.stage import Stage

FIGURES = File("figures.csv", "Figures", "segment,people\nLisbon,12\n")


def test_only_its_reader_gets_it_and_only_while_it_is_kept(stage: Stage) -> None:
    ines, mira = stage.person("Ines Duarte"), stage.person("Mira Okafor")
    ines.asks("help")
    mira.asks("help")
    with stage.database.transaction() as connection:
        store = Store(connection, stage.kit.keyring)
        reader = store.people.of(ines.account)
        assert reader is not None
        post = Post("tables:1", ToPerson(reader.id), Message("Two files.", (FIGURES,)), Kind.ANSWER)
        store.outbox.put(post, now=stage.now)

    def found(who: Account, delivery: str = "tables:1", name: str = FIGURES.name) -> str | None:
        return find_file(stage.kit, who, delivery=delivery, name=name)

    assert found(ines.account) == FIGURES.text
    assert found(mira.account) is None
    assert found(Account("slack", "T1", "a stranger")) is None
    assert found(ines.account, delivery="tables:2") is None
    assert found(ines.account, name="another.csv") is None

    stage.wait(days=8)
    maintain(stage.kit)
    assert found(ines.account) is None
