"""The answer on a file, carried in the address of the page under the portal's seal: nothing of it is kept anywhere."""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass

from core.seal import seal
from services.verification import Outcome

SECONDS = 900
"""How long an address tells of a file; later it shows the paper alone."""
TICKET_SECONDS = 24 * 3600
"""How long a page that was opened may send a file."""
_PURPOSE, _TICKET, _PROOF = "verify-result", "verify-ticket", 16


@dataclass(frozen=True)
class Result:
    """What was found of which file."""

    outcome: Outcome
    name: str
    sha256: str
    lines: tuple[str, ...]


def seal_result(result: Result, second: float) -> str:
    """The answer as letters for an address."""
    plain = json.dumps([int(second), result.outcome.value, result.name, result.sha256, *result.lines[:12]],
                       ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(seal.sign(_PURPOSE, plain)[:_PROOF] + plain).decode().rstrip("=")


def read_result(sealed: str, second: float) -> Result | None:
    """The answer of an address; None where it was not sealed here, or longer ago than a quarter of an hour."""
    try:
        content = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    except (ValueError, binascii.Error):
        return None
    proof, plain = content[:_PROOF], content[_PROOF:]
    if len(proof) < _PROOF or not hmac.compare_digest(proof, seal.sign(_PURPOSE, plain)[:_PROOF]):
        return None
    made, outcome, name, sha256, *lines = json.loads(plain)
    return Result(Outcome(outcome), name, sha256, tuple(lines)) if 0 <= second - made <= SECONDS else None


def new_ticket(code: str, second: float) -> str:
    """What a paper's page carries in its form, so that a file comes from a page that was really opened."""
    return f"{int(second)}.{seal.sign(_TICKET, f'{code} {int(second)}'.encode()).hex()[:32]}"


def is_ticket(ticket: str, code: str, second: float) -> bool:
    """Whether a ticket was given out for this paper within the day."""
    made, _dot, proof = ticket.partition(".")
    if not made.isascii() or not made.isdigit() or len(made) > 12 or not 0 <= second - int(made) <= TICKET_SECONDS:
        return False
    return hmac.compare_digest(proof.encode(), new_ticket(code, int(made)).partition(".")[2].encode())


__all__ = ["Result", "is_ticket", "new_ticket", "read_result", "seal_result"]
