"""The tests themselves cannot reach another machine."""

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: an address for documentation, nobody's


@pytest.mark.parametrize("reach", ["connect", "connect_ex"])
def test_a_socket_to_another_machine_is_refused_by_address(reach: str) -> None:
    with socket.socket() as sock:
        sock.setblocking(False)
        with pytest.raises(RuntimeError, match=r"192\.0\.2\.1 port 9"):
            getattr(sock, reach)(ELSEWHERE)


def test_a_datagram_to_another_machine_is_refused_by_address() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        with pytest.raises(RuntimeError, match=r"192\.0\.2\.1 port 9"):
            sock.sendto(b"anybody there?", ELSEWHERE)
        with pytest.raises(RuntimeError, match=r"192\.0\.2\.1 port 9"):
            sock.sendto(b"anybody there?", 0, ELSEWHERE)


async def test_the_event_loop_is_held_to_it_too() -> None:
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        await asyncio.open_connection(*ELSEWHERE)


def test_no_other_name_is_looked_up() -> None:
    with pytest.raises(RuntimeError, match=r"look up slack\.example"), httpx.Client(trust_env=False) as client:
        client.get("https://slack.example/api/api.test")


def test_this_machine_is_reached_by_port_and_by_path(tmp_path: Path) -> None:
    for family, place in ((socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_UNIX, str(tmp_path / "s"))):
        with socket.socket(family) as server, socket.socket(family) as client:
            server.bind(place)
            server.listen(1)
            client.connect(server.getsockname())
            with server.accept()[0] as answer:
                answer.sendall(b"here")
            assert client.recv(4) == b"here"
