"""Tests may not reach the network: any connection that leaves this machine fails at once."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class NetworkError(AssertionError):
    """A test tried to leave the machine; the message says where to."""


def is_local(address: Any) -> bool:
    """Whether a socket address stays on this machine: a path, or a loopback address."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def network() -> Iterator[None]:
    """Guard the sockets of this process for the whole run."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not is_local(address):
            raise NetworkError(f"a test tried to connect to {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
