"""Tickets: what proves that a sheet comes from a page of this portal, and makes one page one sheet.

A ticket stands in a hidden field. It names the place, the channel and the second at which the page was opened, and is
sealed; it is kept nowhere. It is good until its round closes, so that a page that was filled in without a network may
come days later.
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from struct import Struct

from core.seal import seal
from models.survey import SurveyChannel

_CHANNELS = tuple(SurveyChannel)
_FACTS = Struct(">12sIBI")
"""A number drawn for this page, place, place of the channel among the channels, second."""
_PROOF = 15
"""Bytes of the seal; with the facts they fill base64 without padding."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A page that was handed out."""

    nonce: bytes
    place_id: int
    channel: SurveyChannel
    started: int
    """The second since 1970 at which the page was opened."""

    @property
    def sheet_id(self) -> int:
        """The key of the one sheet that this page can make: 63 bits that say nothing to anybody."""
        return int.from_bytes(seal.sign("sheet", self.nonce)[:8]) >> 1


def issue_ticket(place_id: int, channel: SurveyChannel, second: int) -> str:
    """A new ticket as text for a hidden field."""
    facts = _FACTS.pack(secrets.token_bytes(12), place_id, _CHANNELS.index(channel), second)
    return base64.urlsafe_b64encode(facts + seal.sign("ticket", facts)[:_PROOF]).decode()


def read_ticket(text: str) -> Ticket | None:
    """The ticket behind a text, or None where this portal did not make it."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return None
    facts, proof = raw[:_FACTS.size], raw[_FACTS.size:]
    if len(facts) < _FACTS.size or not hmac.compare_digest(proof, seal.sign("ticket", facts)[:_PROOF]):
        return None
    nonce, place_id, channel, second = _FACTS.unpack(facts)
    return Ticket(nonce, place_id, _CHANNELS[channel], second)
