"""Processes that share a listening socket share its connections, too."""

import os
import socket
from collections.abc import Iterator

import pytest

from core import fair
from core.fair import FairListener
from core.serving import listen


@pytest.fixture
def listener() -> Iterator[FairListener]:
    with listen("127.0.0.1", 0) as made:
        yield made


def visit(listener: FairListener) -> socket.socket:
    return socket.create_connection(listener.getsockname(), timeout=10)


def test_one_process_takes_what_comes_without_waiting(
    listener: FairListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fair, "COURTESY", 60)
    for _ in range(3):
        with visit(listener) as visitor:
            taken, address = listener.accept()
            with taken:
                assert address == visitor.getsockname()
                taken.sendall(b"seen")
                assert visitor.recv(4) == b"seen"


def test_who_has_fewer_connections_need_not_wait_and_who_closed_them_neither(
    listener: FairListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("core.fair.time.sleep", waited.append)
    listener.share_among(2)
    with visit(listener), visit(listener), visit(listener), visit(listener):
        first, _ = listener.accept()
        second, _ = listener.accept()
        assert waited == [fair.COURTESY]  # for the second alone, which nobody else took
        listener.belong_to(1)
        third, _ = listener.accept()
        listener.belong_to(0)
        for taken in (first, second, first):  # closing twice counts once
            taken.close()
        fourth, _ = listener.accept()
        assert waited == [fair.COURTESY]
        third.close()
        fourth.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process alone serves here")
def test_a_connection_goes_to_the_process_that_has_fewer(
    listener: FairListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    monkeypatch.setattr("core.fair.time.sleep", lambda _seconds: os.read(reader, 1))  # until the other one took it
    listener.share_among(2)
    with visit(listener):
        mine, _ = listener.accept()
        child = os.fork()
        if not child:  # pragma: no cover - in the other process
            listener.belong_to(1)
            listener.accept()[0].sendall(b"the other one")
            os.write(writer, b"!")
            os._exit(0)
        with visit(listener) as visitor:
            listener.setblocking(False)
            with pytest.raises(BlockingIOError):
                listener.accept()
            assert visitor.recv(20) == b"the other one"
        assert os.waitpid(child, 0)[1] == 0
        mine.close()
        os.close(reader)
        os.close(writer)
