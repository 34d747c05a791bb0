"""Telling the section's plain form what was saved at the desk, so that a page opened before it cannot write over it."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from models.permission import Viewer
from queries.report.pending import draft_key
from queries.submission import SubmissionLine
from services.draft import Typed, apply_draft, find_draft, pending_fields, save_fields

_NEWEST = 2**31


def tell_form(session: Session, line: SubmissionLine, code: str, shown: str, viewer: Viewer, now: datetime) -> None:
    """Put ``shown`` into the form's draft as saved; what somebody is typing there is left alone. Does not commit."""
    key = draft_key(line.obligation_id, code)
    draft = find_draft(session, key)
    if "text" in pending_fields(draft):
        return
    save_fields(session, key=key, unit_id=line.unit_id, form_token=secrets.token_urlsafe(24),
                account_id=viewer.account_id, tab="narrative-desk", fields={"text": Typed(shown, _NEWEST)}, now=now)
    if not [name for name in pending_fields(find_draft(session, key)) if name != "text"]:
        apply_draft(session, key, now)
