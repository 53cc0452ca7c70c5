"""What holds for every test: no network but this machine, and a browser only where there is one."""

import ipaddress
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest


class NetworkUsed(RuntimeError):
    """A test reached for another machine. No OSError, so that no retry of the product takes it for bad luck."""


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Let sockets of this process reach loopback and unix addresses, and look up no other name."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guard_address(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _guard_name(socket.getaddrinfo))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser tests out, with the reason, where no Chromium is installed."""
    if shutil.which("chromium") is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine: apt-get install chromium"))


def _guard_address(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(sock: socket.socket, *args: Any) -> Any:
        address = args[-1]  # the address comes last in all three
        if sock.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise NetworkUsed(f"a test tried to reach {address[0]} port {address[1]}; only this machine is allowed")
        return original(sock, *args)

    return guarded


def _guard_name(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: str | bytes | None, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_loopback(name) and not _is_wildcard(name):
            raise NetworkUsed(f"a test tried to look up {name}; only this machine is allowed")
        return original(host, *args, **options)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_wildcard(host: str) -> bool:
    return host in {"", "0.0.0.0", "::"}  # noqa: S104 - a server asks for them when it binds; nothing is reached
