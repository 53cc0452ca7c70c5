"""The same company as Entra and Teams know it: object ids, addresses, the team and its channels."""

import hashlib
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from bot.playground.company import COMPANY
from bot.playground.members import Channel, Company, Member

LOCALES = {"es-LA": "es-MX"}
"""What Teams says where Slack has a locale of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsApp:
    """The one app, as it is registered."""

    id: str
    """The registration's client id, which is the bot's id and the audience of its tokens."""
    name: str

    @property
    def address(self) -> str:
        """Its id in conversations."""
        return f"28:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team with its channels; the first is General and has the team's own id."""

    id: str
    group: str
    """The id of the Entra group behind it."""
    name: str
    channels: tuple[Channel, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantOfCompany:
    """Everything that is there before anybody does anything."""

    id: str
    name: str
    domain: str
    app: TeamsApp
    members: tuple[Member, ...]
    """`id` is the Entra object id."""
    teams: tuple[Team, ...]

    @property
    def team(self) -> Team:
        """The first one, in which everybody is."""
        return self.teams[0]


def in_teams(company: Company, *, app: str = "Alongside") -> TenantOfCompany:
    """The company, with ids that are the same in every run. The channels of its first team are those where the app is;
    in its second one is every other person."""
    members = tuple(
        replace(m, id=object_id(company, m.id), locale=LOCALES.get(m.locale, m.locale)) for m in company.members
    )
    everybody = tuple(m.id for m in members)
    channels = tuple(
        replace(one, id=_channel_id(company, one.name), members=everybody) for one in company.channels if one.with_app
    )
    whole = Team(
        id=channels[0].id,
        group=object_id(company, "team"),
        name=company.name,
        channels=channels,
        members=everybody,
    )
    some = tuple(
        Channel(id=_channel_id(company, f"product/{name}"), name=name, members=everybody[::2], with_app=False)
        for name in ("general", "launches")
    )
    product = Team(
        id=some[0].id, group=object_id(company, "product"), name="Product", channels=some, members=everybody[::2]
    )
    return TenantOfCompany(
        id=object_id(company, "tenant"),
        name=company.name,
        domain=company.domain,
        app=TeamsApp(id=object_id(company, "app"), name=app),
        members=members,
        teams=(whole, product),
    )


def object_id(company: Company, of: str) -> str:
    """The Entra object id that belongs to an id of the company's list."""
    return str(uuid5(NAMESPACE_URL, f"https://{company.domain}.example/{of}"))


def member_address(tenant: str, app: str, user: str) -> str:
    """The id under which this app knows this person in conversations: another for every pair of app and person."""
    return "29:1" + hashlib.sha256(f"{tenant}/{app}/{user}".encode()).hexdigest()[:44]


def mail_of(member: Member, *, domain: str) -> str:
    """The person's address, which is their user principal name as well."""
    return f"{member.handle}@{domain}.example"


def _channel_id(company: Company, name: str) -> str:
    return f"19:{hashlib.sha256(f'{company.team}/{name}'.encode()).hexdigest()[:32]}@thread.tacv2"


TENANT = in_teams(COMPANY)
