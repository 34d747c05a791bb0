"""Which mail server the portal uses, read from one address: smtp://user:password@host:587 or smtps://host:465."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"smtp": 587, "smtps": 465}


class MailServerAddressError(ValueError):
    """The address of the mail server, or of the sender, cannot be used; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over, and from whom they come."""

    host: str
    port: int
    sender: str
    """The address in "From", as "vanphong@sogddt.example"."""
    username: str = ""
    password: str = field(default="", repr=False)
    is_encrypted: bool = False
    """TLS from the first byte (smtps). Otherwise STARTTLS is used wherever the server offers it."""
    timeout_seconds: float = 15.0

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine: only then may a password go without encryption."""
        return self.host in LOOPBACK


def read_mail_server(url: str | None, sender: str | None) -> MailServer | None:
    """Read the two settings; None when no server is set. Raises MailServerAddressError."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise MailServerAddressError(f"PORTAL_SMTP_URL không đọc được: {error}") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise MailServerAddressError("PORTAL_SMTP_URL phải có dạng smtp://tên:mật-khẩu@máy-chủ:587 hoặc smtps://…")
    if not sender or sender.count("@") != 1 or not sender.isascii() or any(sign.isspace() for sign in sender):
        raise MailServerAddressError("PORTAL_MAIL_FROM phải là một địa chỉ thư, ví dụ vanphong@so.edu.vn")
    return MailServer(parts.hostname, port or PORTS[parts.scheme], sender, unquote(parts.username or ""),
                      unquote(parts.password or ""), parts.scheme == "smtps")
