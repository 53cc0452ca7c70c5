"""The bot's own connector, token cache and check of deliveries against this tenant: what they say is what happened."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground.faults import Fault, Trouble
from bot.playground.teams.deliver import HONEST, Forgery, attempt
from bot.playground.teams.keys import ISSUER, signing_key
from bot.playground.teams.person import Person
from bot.playground.teams.tenant import Tenant
from bot.teams import trouble
from bot.teams.client import open_client
from bot.teams.connector import Connector
from bot.teams.hosts import Hosts
from bot.teams.keys import Keys
from bot.teams.spot import Spot
from bot.teams.tokens import Tokens
from bot.teams.trust import Distrusted, Trust
from handlers.outcomes import Sent
from tests.bot.playground.conftest import Hands
from tests.bot.playground.teams.conftest import TinyBot

Json = dict[str, Any]


@pytest.fixture
async def connector(tenant: Tenant, hands: Hands) -> AsyncIterator[Connector]:
    app = tenant.company.app.id
    async with open_client() as http:
        tokens = Tokens(
            http, hands.real, login_url=tenant.login_url, tenant=tenant.company.id, app_id=app, password=tenant.password
        )
        yield Connector(http, tokens, Hosts((tenant.service_host,)), app_id=app)
        await tokens.close()


async def chat_of(connector: Connector, person: Person) -> Spot:
    tenant = person.tenant
    made = await connector.create(tenant.service_url, person.id, tenant=tenant.company.id)
    assert isinstance(made, Spot)
    return made


async def test_it_writes_changes_and_takes_back(connector: Connector, bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    chat = await chat_of(connector, ines)
    assert chat.conversation == ines.dm
    sent = await connector.send(chat, {"type": "message", "text": "hello"})
    assert isinstance(sent, Sent)
    assert ines.last_message.summary == "hello"
    await connector.update(chat, sent.receipt, {"type": "message", "text": "hello again"})
    assert ines.last_message.summary == "hello again"
    await connector.delete(chat, sent.receipt)
    assert ines.reads() == ()
    assert bot.tenant.tokens.issued == 1
    assert bot.tenant.refused == []


async def test_it_begins_a_chat_at_the_common_address_too(
    connector: Connector, tenant: Tenant, bot: TinyBot, ines: Person
) -> None:
    await ines.installs()
    made = await connector.create(Hosts((tenant.service_host,)).home, ines.id, tenant=tenant.company.id)
    assert isinstance(made, Spot)
    assert isinstance(await connector.send(made, {"type": "message", "text": "hello"}), Sent)
    assert bot.tenant.refused == []


async def test_it_reads_the_roster(connector: Connector, ines: Person) -> None:
    await ines.installs()
    chat = await chat_of(connector, ines)
    member = await connector.member(chat, ines.id)
    assert isinstance(member, dict)
    assert member["email"] == "ines.duarte@harbour.example"


async def test_it_asks_a_team_for_its_name_and_its_channels(connector: Connector, tenant: Tenant, ines: Person) -> None:
    service, (product,) = tenant.service_url, (one for one in tenant.company.teams if one.name == "Product")
    refused = trouble.NotInstalled("BotNotInConversationRoster")
    assert await connector.channels(service, product.id) == refused
    assert await connector.team(service, product.id) == refused
    assert await connector.channels(service, "19:nothing@thread.tacv2") == trouble.Gone("ConversationNotFound")
    await ines.adds_app_to_team("Product")
    told = await connector.channels(service, product.id)
    assert isinstance(told, tuple)
    assert [(one["id"], one["name"]) for one in told] == [(product.id, None), (product.channels[1].id, "launches")]
    team = await connector.team(service, product.id)
    assert isinstance(team, dict)
    assert team["name"] == "Product"
    tenant.faults.on("channels", Fault(trouble=Trouble.RATE_LIMITED, retry_after=7))
    assert await connector.channels(service, product.id) == trouble.Throttled(7, "Throttled")


async def test_it_begins_a_chat_with_a_member_of_a_team_by_the_id_there(
    connector: Connector, tenant: Tenant, ines: Person, mira: Person
) -> None:
    await ines.adds_app_to_team("Product")

    async def begun(who: str) -> object:
        return await connector.create(tenant.service_url, who, tenant=tenant.company.id)

    assert isinstance(await begun(tenant.address_of(ines.id)), Spot)
    assert isinstance(await begun(ines.id), trouble.NotInstalled)
    assert isinstance(await begun(tenant.address_of(mira.id)), trouble.NotInstalled)


@pytest.mark.parametrize(
    ("fault", "meant"),
    [
        (Fault(trouble=Trouble.REFUSED, status=403, error="ConversationBlockedByUser"), trouble.Blocked),
        (Fault(trouble=Trouble.REFUSED, status=403, error="BotNotInConversationRoster"), trouble.NotInstalled),
        (Fault(trouble=Trouble.REFUSED, status=403, error=""), trouble.Blocked),
        (Fault(trouble=Trouble.REFUSED, status=404, error="ConversationNotFound"), trouble.Gone),
        (Fault(trouble=Trouble.REFUSED, status=412, error="PreconditionFailed"), trouble.Transient),
        (Fault(trouble=Trouble.REFUSED, status=413, error="MessageSizeTooBig"), trouble.TooBig),
        (Fault(trouble=Trouble.RATE_LIMITED, retry_after=7), trouble.Throttled),
        (Fault(trouble=Trouble.SERVER_ERROR), trouble.Ambiguous),
        (Fault(trouble=Trouble.BROKEN_AFTER), trouble.Ambiguous),
        (Fault(trouble=Trouble.DROPPED), trouble.Ambiguous),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else f"{one.trouble}-{one.status}-{one.error}",
)
async def test_it_knows_what_went_wrong(
    connector: Connector, bot: TinyBot, ines: Person, fault: Fault, meant: type[object]
) -> None:
    await ines.installs()
    chat = await chat_of(connector, ines)
    bot.tenant.faults.on("send", fault)
    assert isinstance(await connector.send(chat, {"type": "message", "text": "hello"}), meant)


async def test_it_believes_this_tenant_and_nobody_else(
    tenant: Tenant, bot: TinyBot, ines: Person, hands: Hands
) -> None:
    async with open_client() as http:
        keys = Keys(http, hands.real, tenant.openid_url)
        trust = Trust(keys, issuer=ISSUER, app_id=tenant.company.app.id, tenant=tenant.company.id)
        await ines.types("mentor help")
        said = bot.heard[-1]
        seen: list[str] = []

        async def comes(forgery: Forgery = HONEST, **changed: Any) -> str:
            token = tenant.keys.signed(
                app=tenant.company.app.id, service_url=tenant.service_url, claims=forgery.claims, key=forgery.key
            )
            try:
                await trust.check(f"Bearer {token}", said | changed)
            except Distrusted as why:
                return str(why)
            return ""

        assert await comes() == ""
        assert await comes(serviceUrl=tenant.service_url.rstrip("/")) == ""
        seen += [await comes(Forgery(key=signing_key(7))), await comes(Forgery(claims={"aud": "another"}))]
        seen += [await comes(serviceUrl="https://evil.example/"), await comes(channelData={"tenant": {"id": "other"}})]
        assert all(seen), seen
        fetched = tenant.keys.fetched
        tenant.keys.rotate()
        hands.ahead += 31
        assert await comes() == ""
        assert tenant.keys.fetched == fetched + 1
        tenant.keys.rotate(endorsements=("skype",))
        hands.ahead += 31
        assert await comes() != ""
        await keys.close()
    again = await attempt(tenant, said, who=ines.id)
    assert again.taken
