"""Links that open a chat or a new meeting in Teams; they need no permission.

learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams (a chat) and deep-link-workflow
(a meeting): people are named by their user principal name, which is as a rule their e-mail address.
"""

from typing import Final
from urllib.parse import quote

from flows.people import Person
from flows.space import Links

WEB: Final = "https://teams.microsoft.com"
OUTLOOK: Final = "https://outlook.office.com"


def links_to(partner: Person, subject: str) -> Links | None:
    """A chat with this person and a meeting with that subject; None while their address is unknown."""
    if not partner.email:
        return None
    who, about = quote(partner.email, safe="@"), quote(subject, safe="")
    return Links(
        chat=f"{WEB}/l/chat/0/0?users={who}",
        meeting=f"{WEB}/l/meeting/new?subject={about}&attendees={who}",
    )


def opens_mail(address: str) -> str:
    """What opens an e-mail in Teams: its cards open no mailto: (MicrosoftDocs/msteams-docs#3677), and whoever has Teams
    as a rule has Outlook on the web."""
    return f"{OUTLOOK}/mail/deeplink/compose?to={quote(address, safe='@')}"
