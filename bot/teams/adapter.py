"""botbuilder's adapter, and only its model half: a turn is carried in, and the answer to an invoke is carried out.

The stock one opens a connection and fetches a token for each turn, and answers every card with 500.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse

from bot.teams.limits import Json

Logic = Callable[[TurnContext], Awaitable[None]]
ANSWER: Final = "alongside.answer"
"""Where a turn puts the body that answers its invoke; None is an empty one."""
DONE: Final = InvokeResponse(status=200)
NOT_OURS: Final = InvokeResponse(status=501)
"""For an invoke that nobody answered."""


class TeamsAdapter(BotAdapter):  # type: ignore[misc]
    """Runs the pipeline of one activity. The token of its sender was checked before, and what is said goes through the
    Messenger, which counts and knows what a failure means."""

    async def process(self, activity: Activity, logic: Logic) -> InvokeResponse:
        """Status and body of the answer. Raises what the turn raises."""
        context = TurnContext(self, activity)
        await self.run_pipeline(context, logic)
        if activity.type != ActivityTypes.invoke:
            return DONE
        if ANSWER not in context.turn_state:
            return NOT_OURS
        body: Json | None = context.turn_state[ANSWER]
        return InvokeResponse(status=200, body=body)

    async def send_activities(self, context: TurnContext, activities: Sequence[Activity]) -> list[ResourceResponse]:
        """Nobody says anything through the adapter."""
        raise NotImplementedError

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Nor changes anything."""
        raise NotImplementedError

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> Any:
        """Nor takes anything back."""
        raise NotImplementedError
