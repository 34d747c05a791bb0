"""A real mail server on this machine: it keeps what it is given, and can be told to misbehave."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from core.mail_server import MailServer

SENDER = "vanphong@so.example"


class PostOffice:
    """The handler of the server: ``letters`` holds what it took, by sender, recipient and content."""

    def __init__(self) -> None:
        """Take everything."""
        self.letters: list[EmailMessage] = []
        self.refused: dict[str, str] = {}
        """An answer by recipient, as {"a@b.example": "550 No such user"}."""
        self.answer = "250 Message accepted"
        self.dies_after_data = False
        """Takes the letter and hangs up without a word."""
        self.commands: list[str] = []

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
                          _options: list[str]) -> str:
        """Take or refuse a recipient."""
        self.commands.append(f"RCPT {address}")
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the letter and answer."""
        if self.answer.startswith("250"):
            content = cast(bytes, envelope.content)
            self.letters.append(message_from_bytes(content, policy=default))
        if self.dies_after_data:
            transport: Any = server.transport
            transport.abort()
        return self.answer

    def ids(self) -> list[str]:
        """The Message-IDs of what was taken."""
        return [str(letter["Message-ID"]) for letter in self.letters]


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, MailServer]]:
    """A mail server and where it listens."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield office, MailServer("127.0.0.1", controller.port, SENDER, timeout_seconds=5)
    finally:
        controller.stop()


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
