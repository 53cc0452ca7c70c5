"""How fast Teams lets us speak."""

from typing import Final

from handlers.pacing import Act, Paces
from storage.limits import Pace

PACES: Final = Paces(
    acts={
        Act.POST: Pace(720, burst=10, spare=0.2),
        Act.UPDATE: Pace(300, burst=4, spare=0.2),
        Act.OPEN: Pace(180, burst=3),
        Act.FIND: Pace(60, burst=1),
    },
    conversation=Pace(29, burst=5),
)
"""An app may make 50 requests a second in a tenant, of all kinds together (30, say older pages); the bursts here and
the second that follows them make 39, so that answers to gestures, which are not counted here, find room. In one
conversation 7 messages in a second, 8 in two, 60 in thirty and 1800 in an hour, of which two a burst are left to these
answers: learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit."""
