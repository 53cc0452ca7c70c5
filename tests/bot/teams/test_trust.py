"""Only Teams itself is believed, and only what it says for our company to this bot."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass

import httpx
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.keys import Keys, KeysUnknown
from bot.teams.limits import Json
from bot.teams.trust import Distrusted, Trust
from tests.bot.teams.microsoft import (
    APP,
    ISSUER,
    SERVICE,
    TENANT,
    Answer,
    Clock,
    Microsoft,
    activity,
    claims,
    client_of_tests,
    drop,
    microsoft_here,
    named,
    private_key,
    published,
    signed,
)

STALL = 0.05
"""Seconds that nothing may hold up the loop."""


@dataclass
class Gate:
    """The check as it stands at our door."""

    microsoft: Microsoft
    clock: Clock
    keys: Keys
    trust: Trust

    @property
    def looks(self) -> int:
        """How often the keys were fetched."""
        return len(self.microsoft.named("/keys"))


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    clock = Clock()
    async with microsoft_here() as microsoft, client_of_tests() as http:
        keys = Keys(http, clock, microsoft.url("/openid"), patience=0.3)
        yield Gate(microsoft, clock, keys, Trust(keys, issuer=ISSUER, app_id=APP, tenant=TENANT))
        await keys.close()


def by_hand(header: Json, payload: Json | None = None, signature: bytes = b"x") -> str:
    """A header with a token that no library would sign."""
    parts = [json.dumps(header).encode(), json.dumps(payload or claims()).encode(), signature]
    return "Bearer " + ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def confused() -> str:
    """Signed with a secret-key algorithm whose secret is our public key, which anybody knows."""
    pem = private_key("one").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    said = by_hand({"alg": "HS256", "kid": "one"}, signature=b"").removeprefix("Bearer ").removesuffix(".")
    signature = base64.urlsafe_b64encode(hmac.new(pem, said.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
    return f"Bearer {said}.{signature}"


def otherwise(algorithm: str) -> str:
    """Signed with the right key in another way."""
    return "Bearer " + jwt.encode(claims(), private_key("one"), algorithm=algorithm, headers={"kid": "one"})


def tampered() -> str:
    """What it says was changed after it was signed."""
    head, _, signature = signed().split(".")
    changed = base64.urlsafe_b64encode(json.dumps(claims(sub="somebody")).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ({}, SERVICE),
        ({}, SERVICE.rstrip("/")),
        ({"serviceurl": SERVICE.rstrip("/")}, SERVICE),
        ({"serviceurl": "https://SMBA.TrafficManager.net/emea"}, SERVICE),
        ({"serviceurl": "https://smba.trafficmanager.net:443/emea"}, SERVICE),
        ({"exp": -240}, SERVICE),
        ({"nbf": 240}, SERVICE),
        ({"nbf": None}, SERVICE),
    ],
)
async def test_what_teams_says_is_believed(gate: Gate, said: Json, service: str) -> None:
    await gate.trust.check(signed(**said), activity(serviceUrl=service))


async def test_the_scheme_and_the_tenant_may_be_written_in_any_case(gate: Gate) -> None:
    told = activity(channelData={"tenant": {"id": TENANT.upper()}})
    await gate.trust.check(signed().replace("Bearer", "bearer"), told)


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (lambda: signed(aud="another-app"), "InvalidAudienceError"),
        (lambda: signed(aud=[APP]), "InvalidAudienceError"),
        (lambda: signed(aud=["another-app", APP]), "InvalidAudienceError"),
        (lambda: signed(aud=None), "MissingRequiredClaimError"),
        (lambda: signed(iss="https://api.botframework.us"), "InvalidIssuerError"),
        (lambda: signed(iss="https://sts.windows.net/x/"), "InvalidIssuerError"),
        (lambda: signed(iss=None), "MissingRequiredClaimError"),
        (lambda: signed(exp=-360), "ExpiredSignatureError"),
        (lambda: signed(exp=None), "MissingRequiredClaimError"),
        (lambda: signed(exp="soon"), "DecodeError"),
        (lambda: signed(exp=[1]), "its token is wrong"),
        (lambda: signed(exp=float("inf")), "its token is wrong"),
        (lambda: signed(nbf=[1]), "its token is wrong"),
        (lambda: signed(nbf=1200), "ImmatureSignatureError"),
        (lambda: signed(serviceurl="https://smba.trafficmanager.net/amer/"), "another service address"),
        (lambda: signed(serviceurl="https://smba.trafficmanager.net.example.com/emea/"), "another service address"),
        (lambda: signed(serviceurl="http://smba.trafficmanager.net/emea/"), "another service address"),
        (lambda: signed(serviceurl=None), "another service address"),
        (lambda: signed(serviceurl=["https://smba.trafficmanager.net/emea/"]), "another service address"),
        (lambda: signed("two", kid="one"), "InvalidSignatureError"),
        (lambda: signed("two"), "its key is not known"),
        (lambda: tampered(), "InvalidSignatureError"),
        (lambda: by_hand({"alg": "none", "kid": "one"}, signature=b""), "signed in another way"),
        (lambda: by_hand({"alg": "none"}, signature=b""), "signed in another way"),
        (lambda: by_hand({"alg": "RS256"}), "signed in another way"),
        (lambda: by_hand({"alg": "RS256", "kid": "one"}), "InvalidSignatureError"),
        (lambda: by_hand({"alg": "RS256", "kid": "one", "crit": ["x"], "x": 1}), "InvalidTokenError"),
        (lambda: by_hand({"alg": "RS256", "kid": 1}), "its token is wrong"),
        (lambda: by_hand({"alg": ["RS256"], "kid": "one"}), "signed in another way"),
        (lambda: confused(), "signed in another way"),
        (lambda: otherwise("RS512"), "signed in another way"),
        (lambda: otherwise("PS256"), "signed in another way"),
        (lambda: "Bearer garbage", "DecodeError"),
        (lambda: "Bearer a.b.c", "DecodeError"),
        (lambda: "Bearer \u20ac.\u20ac.\u20ac", "its token is wrong"),
        (lambda: "Bearer \udcff.e30.eA", "its token is wrong"),
        (lambda: "Bearer " + base64.urlsafe_b64encode(b"[" * 5000).decode() + ".e30.x", "DecodeError"),
        (lambda: "Bearer", "no token"),
        (lambda: "Bearer ", "no token"),
        (lambda: "Basic " + signed().removeprefix("Bearer "), "no token"),
        (lambda: signed().removeprefix("Bearer "), "no token"),
        (lambda: "", "no token"),
    ],
)
async def test_a_token_that_is_wrong_in_any_way_proves_nothing(
    gate: Gate, forge: Callable[[], str], reason: str
) -> None:
    header = forge()
    with pytest.raises(Distrusted, match=reason) as refused:
        await gate.trust.check(header, activity())
    assert not any(part in str(refused.value) for part in header.split(".") if len(part) > 20)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (activity(channelData={"tenant": {"id": "another"}}), "another tenant"),
        (activity(channelData={"tenant": {"id": [TENANT]}}), "another tenant"),
        (activity(channelData={"tenant": TENANT}), "another tenant"),
        (activity(channelData={}), "another tenant"),
        (activity(channelData=None), "another tenant"),
        (activity(serviceUrl="https://elsewhere.example.com/"), "another service address"),
        (activity(serviceUrl=""), "another service address"),
        (activity(serviceUrl=None), "another service address"),
        (activity(channelId="emulator"), "does not speak for the channel"),
        (activity(channelId="webchat"), "does not speak for the channel"),
        (activity(channelId=None), "does not speak for the channel"),
        ({}, "does not speak for the channel"),
    ],
)
async def test_a_good_token_holds_for_what_it_was_given_for(gate: Gate, told: Json, reason: str) -> None:
    with pytest.raises(Distrusted, match=reason):
        await gate.trust.check(signed(), told)


@pytest.mark.parametrize("endorsements", [None, [], ["webchat"], ["msteams-not"]])
async def test_a_key_speaks_for_the_channels_that_endorse_it_alone(gate: Gate, endorsements: list[str] | None) -> None:
    gate.microsoft.keys = [published("one", endorsements=endorsements)]
    with pytest.raises(Distrusted, match="does not speak for the channel"):
        await gate.trust.check(signed(), activity())


@given(token=st.text(st.characters(), max_size=200))
async def test_whatever_stands_in_the_header_is_refused_and_nothing_else_happens(token: str) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(500))) as http:
        trust = Trust(Keys(http, Clock(), "http://127.0.0.1/"), issuer=ISSUER, app_id=APP, tenant=TENANT)
        with pytest.raises(Distrusted):
            await trust.check(f"Bearer {token}", activity())


async def test_a_key_that_microsoft_brings_in_is_found_at_once_and_one_it_withdraws_is_forgotten(gate: Gate) -> None:
    await gate.trust.check(signed(), activity())
    gate.microsoft.keys = [published("two")]
    gate.clock.now += 31
    await gate.trust.check(signed("two"), activity())
    assert gate.looks == 2
    with pytest.raises(Distrusted, match="not known"):
        await gate.trust.check(signed("one"), activity())


async def test_key_ids_that_nobody_knows_make_us_ask_every_half_minute_at_most(gate: Gate) -> None:
    for number in range(50):
        with pytest.raises(Distrusted, match="not known"):
            await gate.trust.check(signed("two", kid=f"made up {number}"), activity())
    assert gate.looks == 1
    gate.clock.now += 30
    with pytest.raises(Distrusted, match="not known"):
        await gate.trust.check(signed("two"), activity())
    assert gate.looks == 2


async def test_keys_are_good_for_a_day(gate: Gate) -> None:
    await gate.trust.check(signed(), activity())
    gate.clock.now += 86_399
    await gate.trust.check(signed(), activity())
    assert gate.looks == 1
    gate.clock.now += 1
    await gate.trust.check(signed(), activity())
    assert gate.looks == 2


@pytest.mark.parametrize(
    "failure",
    [
        web.Response(status=500),
        web.Response(text="<html>"),
        web.json_response([]),
        web.json_response({"keys": {}}),
        web.json_response({"keys": [1]}),
        web.json_response({"keys": []}),
        web.json_response({"keys": [{"kty": "RSA", "kid": "one", "n": "?", "e": "AQAB"}]}),
        drop,
    ],
    ids=named,
)
async def test_known_keys_go_on_to_count_while_new_ones_cannot_be_had(gate: Gate, failure: Answer) -> None:
    await gate.trust.check(signed(), activity())
    gate.clock.now += 100_000
    gate.microsoft.instead["keys"] = [failure]
    await gate.trust.check(signed(), activity())
    await gate.trust.check(signed(), activity())
    assert gate.looks == 2
    gate.microsoft.keys = [published("two")]
    gate.clock.now += 30
    await gate.trust.check(signed("two"), activity())


async def test_known_keys_go_on_to_count_while_new_ones_are_slow_to_come(gate: Gate) -> None:
    await gate.trust.check(signed(), activity())
    gate.clock.now += 100_000
    gate.microsoft.instead["keys"] = [gate.microsoft.hold]
    async with asyncio.timeout(1.5):  # less than the fetch itself would take
        await gate.trust.check(signed(), activity())


async def test_without_any_keys_it_is_our_failure_which_passes(gate: Gate) -> None:
    gate.microsoft.instead["keys"] = [web.Response(status=503)]
    for _ in range(3):
        with pytest.raises(KeysUnknown):
            await gate.trust.check(signed(), activity())
    assert gate.looks == 1
    gate.clock.now += 30
    await gate.trust.check(signed(), activity())


async def test_keys_of_other_kinds_beside_ours_are_left_out(gate: Gate) -> None:
    curve = {"kty": "EC", "kid": "one", "crv": "P-256", "x": "AA", "y": "AA"}
    sealing = {**published("two", kid="two"), "use": "enc"}
    gate.microsoft.keys = [curve, {"kty": "RSA"}, sealing, published("one")]
    await gate.trust.check(signed(), activity())
    with pytest.raises(Distrusted, match="not known"):
        await gate.trust.check(signed("two"), activity())


async def test_keys_are_not_taken_from_an_address_that_anybody_on_the_way_can_answer(gate: Gate) -> None:
    def there(request: httpx.Request) -> httpx.Response:
        scheme = request.url.path.strip("/")
        document = {"jwks_uri": f"{scheme}://keys.example.com/"}
        return httpx.Response(200, json=document if scheme else {"keys": [published("one")]})

    async with httpx.AsyncClient(transport=httpx.MockTransport(there)) as http:
        assert await Keys(http, gate.clock, "https://login.example.com/https").find("one") is not None
        with pytest.raises(KeysUnknown):
            await Keys(http, gate.clock, "https://login.example.com/http").find("one")


async def longest_stall_while(gate: Gate, checks: Sequence[Coroutine[None, None, None]]) -> float:
    """Seconds by which the loop was late at worst, while all these waited for keys that come after half a second."""
    loop = asyncio.get_running_loop()
    lags: list[float] = []
    ended = asyncio.Event()

    def tick(due: float) -> None:
        lags.append(loop.time() - due)
        if not ended.is_set():
            loop.call_at(loop.time() + 0.005, tick, loop.time() + 0.005)

    tick(loop.time())
    tasks = [asyncio.create_task(check) for check in checks]
    loop.call_later(0.5, gate.microsoft.released.set)
    done, _ = await asyncio.wait(tasks, timeout=0.3)
    assert not done
    await asyncio.gather(*tasks)
    ended.set()
    assert len(lags) > 20
    return max(lags)


async def test_slow_keys_are_fetched_once_for_all_and_hold_up_nothing_else(gate: Gate) -> None:
    """Twenty gestures wait for forty keys, and meanwhile the loop does everything else in time. A machine that others
    use holds it up too, but not three times; what blocks does."""
    several = [published(f"key {number % 2}", kid=str(number)) for number in range(40)]
    headers = [signed(f"key {number % 2}", kid=str(number)) for number in range(20)]

    async def slowly(_: web.Request) -> web.StreamResponse:
        await gate.microsoft.released.wait()
        return web.json_response({"keys": several})

    stalls: list[float] = []
    while len(stalls) < 3 and min(stalls, default=1.0) >= STALL:
        gate.clock.now += 100_000
        gate.microsoft.released.clear()
        gate.microsoft.instead["keys"] = [slowly]
        stalls.append(await longest_stall_while(gate, [gate.trust.check(header, activity()) for header in headers]))
        assert gate.looks == len(stalls)
    assert min(stalls) < STALL


async def test_a_gesture_that_is_given_up_takes_the_keys_from_nobody_else(gate: Gate) -> None:
    async def slowly(request: web.Request) -> web.StreamResponse:
        await gate.microsoft.released.wait()
        return web.json_response({"keys": gate.microsoft.keys})

    gate.microsoft.instead["keys"] = [slowly]
    first, second = (asyncio.create_task(gate.trust.check(signed(), activity())) for _ in range(2))
    await asyncio.wait([first, second], timeout=0.05)
    first.cancel()
    gate.microsoft.released.set()
    await second
    assert first.cancelled()
    assert gate.looks == 1
