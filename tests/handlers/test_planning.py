"""One subject that cannot be looked at holds up no other."""

from datetime import timedelta

import pytest

from handlers import planning
from tests.handlers.stage import Stage


def test_a_look_that_fails_is_put_off_and_the_others_are_taken(stage: Stage) -> None:
    with stage.store() as store:
        store.schedule.look_at("person:nobody", stage.now)
        store.schedule.look_at("match:gone", stage.now)

    with pytest.raises(LookupError):
        planning.plan(stage.kit)
    (failure,) = planning.plan_singly(stage.kit)

    assert isinstance(failure, LookupError)
    with stage.store() as store:
        assert store.schedule.due(stage.now, 10) == []
        assert store.schedule.first_due() == stage.now + timedelta(hours=1)
