"""What a report says of messages adds up, whatever state they are in."""

import pytest
from sqlalchemy import update

from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.database import Database
from storage.figures import Figures
from storage.outbox import Outbox, State
from storage.tables import outbox
from tests.handlers.stage import MONDAY_MORNING


@pytest.mark.parametrize("state", State)
def test_no_message_is_missing_from_a_report(database: Database, state: State) -> None:
    message = Message("Hello", (Paragraph((Plain("Hello"),)),))
    with database.transaction() as connection:
        post = Post("closed:c1:p1", ToPerson("p1"), message, Kind.MUST_ARRIVE, subject="c1")
        Outbox(connection).put(post, now=MONDAY_MORNING)
        connection.execute(update(outbox).values(state=state))
        assert Figures(connection).delivery("c1").intended == 1
