"""The bearer goes to Microsoft's connectors and to those that the installer names; a conversation is one string."""

import pytest

from bot.teams.hosts import PUBLIC, Hosts, same
from bot.teams.spot import Spot


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/teams",
        "https://SMBA.trafficmanager.net:443/amer/b9d1f2f6/",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
        "https://smba.infra.gov.teams.microsoft.us/teams",
        "https://europe.botframework.com",
    ],
)
def test_microsofts_connectors_are_trusted(url: str) -> None:
    assert Hosts().trusts(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net:8443/",
        "https://evil.trafficmanager.net/",
        "https://evil.smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.example.com/",
        "https://notbotframework.com/",
        "https://smba.trafficmanager.net@example.com/",
        "https://example.com/?smba.trafficmanager.net",
        "https://example.com#.botframework.com",
        "https://example.com\\.botframework.com/",
        "https://botframework.com:x/",
        "https://botframework.com:99999/",
        "https://[::1/",
        "https://exa\tmple.com/",
        "https:///emea",
        "//smba.trafficmanager.net/",
        "ftp://smba.trafficmanager.net/",
        "http://127.0.0.1:5000/",
        "https://127.0.0.1/",
        "smba.trafficmanager.net",
        "",
    ],
)
def test_no_other_address_is_trusted(url: str) -> None:
    assert not Hosts().trusts(url)


def test_named_hosts_are_trusted_too_in_the_clear_on_this_machine_alone() -> None:
    hosts = Hosts(["Connector.example.com", "other.example.com:8443", "127.0.0.1:5000", "[::1]:5000", "10.0.0.1"])
    for url in (
        "https://connector.example.com/teams",
        "https://connector.example.com:8443/teams",
        "https://other.example.com:8443",
        "http://127.0.0.1:5000/amer",
        "http://[::1]:5000/amer",
        "https://smba.trafficmanager.net/emea",
    ):
        assert hosts.trusts(url), url
    for url in (
        "https://other.example.com",
        "https://sub.connector.example.com",
        "http://connector.example.com",
        "http://10.0.0.1",
        "http://127.0.0.1:5001",
        "http://localhost:5000",
    ):
        assert not hosts.trusts(url), url


def test_a_conversation_is_begun_at_the_first_named_host_or_in_the_public_cloud() -> None:
    assert Hosts().home == PUBLIC
    assert Hosts(["smba.infra.gov.teams.microsoft.us"]).home == "https://smba.infra.gov.teams.microsoft.us/teams"
    assert Hosts(["127.0.0.1:5000"]).home == "http://127.0.0.1:5000/teams"
    for hosts in (Hosts(), Hosts(["localhost:80", "a.example.com"]), Hosts(["[::1]:80"]), Hosts(["a.example.com"])):
        assert hosts.trusts(hosts.home)


def test_a_last_slash_and_the_case_of_the_host_do_not_make_another_service_but_the_path_does() -> None:
    assert same("https://smba.trafficmanager.net/emea/", "HTTPS://SMBA.trafficmanager.net:443/emea")
    assert not same("https://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net/EMEA/")
    assert not same("https://smba.trafficmanager.net", "http://smba.trafficmanager.net")
    assert not same("", "")


def test_a_conversation_is_one_string_whether_or_not_its_service_ends_in_a_slash() -> None:
    with_slash = Spot("https://smba.trafficmanager.net/emea/", "a:1x_2")
    assert str(with_slash) == "https://smba.trafficmanager.net/emea a:1x_2"
    assert str(Spot.parse(str(with_slash))) == str(with_slash)
    assert Spot.parse(str(with_slash)).conversation == "a:1x_2"


@pytest.mark.parametrize("text", ["", "D0A1", "https://a.example.com ", " a:1", "https://a.example.com a:1 b"])
def test_what_is_no_conversation_of_teams_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no conversation"):
        Spot.parse(text)


def test_ids_are_encoded_whatever_they_hold() -> None:
    spot = Spot("https://smba.trafficmanager.net/emea/", "19:a/b@thread.tacv2;messageid=1?x#y%")
    assert spot.address("activities", "1:2/3") == (
        "https://smba.trafficmanager.net/emea/v3/conversations/"
        "19%3Aa%2Fb%40thread.tacv2%3Bmessageid%3D1%3Fx%23y%25/activities/1%3A2%2F3"
    )
