"""Handing letters to a mail server, one at a time, and knowing of each whether it went.

``smtplib.sendmail`` cannot tell a connection that broke before the letter was whole from one that broke after it; here
the last line, with which the server takes the letter over (RFC 5321, 4.1.1.4), is sent by itself.
"""

import hashlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from types import TracebackType

from core.dates import LOCAL_ZONE
from core.mail_server import MailServer

SENDER_NAME = "Cổng báo cáo tuyên truyền cải cách hành chính"
CLOSING_CODE = 421
TROUBLE_MAX_LENGTH = 300
_DOT = re.compile(rb"(?m)^\.")


class Outcome(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    LATER = "later"
    """The server asks to try again; it did not take the letter."""
    REFUSED = "refused"
    """It will never take it, as for an address that does not exist."""
    UNSURE = "unsure"
    """It had the whole letter and went away without a word."""


@dataclass(frozen=True)
class Delivery:
    """The outcome and, unless it went, the reason in the server's words or ours."""

    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class Letter:
    """What is to be sent: plain text in Vietnamese to one person."""

    key: str
    to_name: str
    to_address: str
    subject: str
    body: str
    written_at: datetime


class MailServerError(Exception):
    """The server cannot be used at present (refuses, hangs, breaks off): surely nothing was sent just now."""


class Postman:
    """One conversation with a mail server, begun with the first letter."""

    def __init__(self, server: MailServer) -> None:
        """Know the server; nothing is opened yet."""
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Postman":
        """Nothing is opened yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        """Say goodbye; a server that does not listen any more is left alone."""
        self._drop(politely=kind is None)

    def deliver(self, letter: Letter) -> Delivery:
        """Hand one letter over. Raises MailServerError when the server, not the letter, is in the way."""
        try:
            data = message_bytes(letter, self._server.sender)
        except (ValueError, MessageError, UnicodeError) as error:
            return Delivery(Outcome.REFUSED, f"Địa chỉ hoặc nội dung thư không hợp lệ: {error}"[:TROUBLE_MAX_LENGTH])
        smtp = self._connected()
        try:
            refusal = self._announce(smtp, letter.to_address)
            if refusal is not None:
                smtp.rset()
                return refusal
            smtp.send(data)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise MailServerError(_words(error)) from error
        return self._finish(smtp)

    def _announce(self, smtp: smtplib.SMTP, address: str) -> Delivery | None:
        """Name sender and recipient and ask to send; what the server has against the recipient, or None."""
        self._expect(smtp.mail(self._server.sender), 250)
        code, answer = smtp.rcpt(address)
        if code not in (250, 251):
            self._fail_when_closing(code, answer)
            return Delivery(Outcome.REFUSED if code >= 500 else Outcome.LATER, _said(code, answer))
        code, answer = smtp.docmd("DATA")
        if code != 354:
            self._fail_when_closing(code, answer)
            return Delivery(Outcome.REFUSED if code >= 500 else Outcome.LATER, _said(code, answer))
        return None

    def _finish(self, smtp: smtplib.SMTP) -> Delivery:
        """Send the last line and hear what the server says to it."""
        try:
            smtp.send(b".\r\n")
            code, answer = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Delivery(Outcome.UNSURE, f"Máy chủ thư ngắt sau khi nhận đủ thư: {_words(error)}")
        if code == 250:
            return Delivery(Outcome.SENT)
        if code == CLOSING_CODE:
            self._drop()
        return Delivery(Outcome.REFUSED if code >= 500 else Outcome.LATER, _said(code, answer))

    def _expect(self, reply: tuple[int, bytes], code: int) -> None:
        """Raise SMTPResponseException for another answer: what the sender is refused, no letter gets past."""
        if reply[0] != code:
            raise smtplib.SMTPResponseException(*reply)

    def _fail_when_closing(self, code: int, answer: bytes) -> None:
        """Raise SMTPResponseException when the server closes the conversation."""
        if code in (CLOSING_CODE, -1):
            raise smtplib.SMTPResponseException(code, answer)

    def _connected(self) -> smtplib.SMTP:
        """The open conversation; begins it. Raises MailServerError."""
        if self._smtp is not None:
            return self._smtp
        server = self._server
        try:
            if server.is_encrypted:
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=server.timeout_seconds, context=ssl.create_default_context())
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
            self._smtp = smtp
            self._introduce(smtp)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise MailServerError(_words(error)) from error
        return smtp

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        """Greet, encrypt where that is offered, sign in where a name is set."""
        server = self._server
        smtp.ehlo_or_helo_if_needed()
        encrypted = server.is_encrypted
        if not encrypted and smtp.has_extn("starttls"):
            context = ssl.create_default_context()
            if server.is_here:  # no certificate is made out to this machine itself
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            smtp.starttls(context=context)
            smtp.ehlo()
            encrypted = True
        if server.username:
            if not encrypted and not server.is_here:
                raise smtplib.SMTPNotSupportedError("máy chủ không mã hóa đường truyền nên cổng không gửi mật khẩu")
            smtp.login(server.username, server.password)

    def _drop(self, politely: bool = False) -> None:
        """End the conversation."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            if politely:
                smtp.quit()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            smtp.close()


def message_bytes(letter: Letter, sender: str) -> bytes:
    """The letter as it goes over the wire: CRLF, leading dots doubled, without the last line.

    Raises ValueError for an address that mail cannot carry. The same letter gives the same bytes.
    """
    if not letter.to_address.isascii():
        raise ValueError("địa chỉ có chữ có dấu")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(SENDER_NAME, addr_spec=sender)
    message["To"] = Address(letter.to_name, addr_spec=letter.to_address)
    message["Subject"] = letter.subject
    message["Date"] = letter.written_at.astimezone(LOCAL_ZONE)
    message["Message-ID"] = message_id(letter.key, sender)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    message.set_content(letter.body, charset="utf-8", cte="quoted-printable")
    data = message.as_bytes(policy=SMTP)
    data = data if data.endswith(b"\r\n") else data + b"\r\n"
    return _DOT.sub(b"..", data)


def message_id(key: str, sender: str) -> str:
    """The name by which a letter is known wherever it arrives: always the same for the same key."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"


def _said(code: int, answer: bytes) -> str:
    """A server's answer as "550 No such user"."""
    return f"{code} {answer.decode('utf-8', 'replace')}"[:TROUBLE_MAX_LENGTH]


def _words(error: Exception) -> str:
    """Why a conversation failed, in a sentence."""
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return _said(error.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode())
    if isinstance(error, TimeoutError):
        return "Máy chủ thư không trả lời"
    if isinstance(error, ConnectionRefusedError):
        return "Máy chủ thư không nhận kết nối"
    if isinstance(error, (smtplib.SMTPServerDisconnected, ConnectionError)):
        return "Máy chủ thư ngắt kết nối"
    return (str(error) or type(error).__name__)[:TROUBLE_MAX_LENGTH]
