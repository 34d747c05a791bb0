"""An uploaded file, of accounts, units or sheets, kept as a draft until it is used. Nothing here commits."""

import base64
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.draft import Draft
from models.permission import Viewer
from services.draft import Typed, discard_draft, find_draft, pending_fields, save_fields

UPLOAD_MAX_BYTES = 1024 * 1024
ACCOUNTS, UNITS = "account:load", "unit:load"
_PART = 90_000
"""Signs a field; a draft's field holds 100,000."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept file: its name, its bytes, and the token that its one-time passwords hang on."""

    name: str
    data: bytes
    token: str
    from_day: str = ""
    """From which day it holds, as it was typed; of units alone."""


def _key(viewer: Viewer, matter: str) -> str:
    """Everybody has one upload of their own for each matter."""
    return f"{matter}:{viewer.account_id}"


def keep_upload(session: Session, viewer: Viewer, name: str, data: bytes, token: str, now: datetime,
                matter: str = ACCOUNTS, from_day: str = "") -> None:
    """Keep a file in place of the one before."""
    text = base64.b85encode(zlib.compress(data)).decode("ascii")
    parts = [text[start:start + _PART] for start in range(0, len(text), _PART)]
    fields = {"name": name[:200], "parts": str(len(parts)), "token": token, "from_day": from_day,
              **{f"part-{place}": part for place, part in enumerate(parts)}}
    save_fields(session, key=_key(viewer, matter), unit_id=viewer.acts_for_id, form_token=token,
                account_id=viewer.account_id, tab=token, now=now,
                fields={name: Typed(value, 2**31) for name, value in fields.items()})


def find_upload(session: Session, viewer: Viewer, matter: str = ACCOUNTS) -> Upload | None:
    """The viewer's kept file, or None."""
    return _upload(find_draft(session, _key(viewer, matter)))


def claim_upload(session: Session, viewer: Viewer, matter: str = ACCOUNTS) -> Upload | None:
    """The same to be used: whoever presses at the same moment waits, and then finds it used."""
    return _upload(find_draft(session, _key(viewer, matter), is_claimed=True))


def _upload(kept: Draft | None) -> Upload | None:
    """The file that a draft holds."""
    fields = {name: str(value) for name, value in pending_fields(kept).items()}
    if "parts" not in fields:
        return None
    text = "".join(fields.get(f"part-{place}", "") for place in range(int(fields["parts"])))
    return Upload(fields.get("name", ""), zlib.decompress(base64.b85decode(text)), fields.get("token", ""),
                  fields.get("from_day", ""))


def drop_upload(session: Session, viewer: Viewer, now: datetime, matter: str = ACCOUNTS) -> None:
    """Let the kept file go; nothing of it stays."""
    kept = find_draft(session, _key(viewer, matter))
    if kept is not None:
        discard_draft(session, kept.key, now)
        kept.fields.clear()
