"""What the storage gives of a letter before its day: that it is there, and nothing of it."""

from datetime import date

import pytest

from tests.handlers.writing.conftest import Pair

DAY = date(2028, 3, 1)


def test_no_query_opens_a_letter_before_its_day(pair: Pair) -> None:
    pair.opens(pair.ines, "letter")
    pair.ines.fills(text="MARK", opens="1")
    writer = pair.ines.me.id
    with pair.stage.store() as store:
        (sealed,) = store.writings.letters(pair.match.id)
        assert (sealed.author, sealed.opens_on, dict(sealed.words)) == (writer, DAY, {})
        assert store.writings.letter(sealed.id) == sealed
        assert list(store.writings.of_match(pair.match.id)) == []
        assert store.writings.draft(pair.match.id, writer, "letter") is None
        with pytest.raises(LookupError):
            store.writings.get(sealed.id)
        with pytest.raises(LookupError):
            store.writings.open_letter(sealed.id, date(2028, 2, 29))
        assert store.writings.open_letter(sealed.id, DAY).words == {"text": "MARK"}


def test_a_letter_without_a_day_is_opened_by_no_date(pair: Pair) -> None:
    pair.opens(pair.ines, "letter")
    pair.ines.fills(text="MARK", opens="last")
    with pair.stage.store() as store:
        (sealed,) = store.writings.letters(pair.match.id)
        with pytest.raises(LookupError):
            store.writings.open_letter(sealed.id, date(2199, 1, 1))
        store.writings.set_opening_day(sealed.id, DAY)
        assert store.writings.open_letter(sealed.id, DAY).words == {"text": "MARK"}
