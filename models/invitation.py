"""A letter that invites somebody to a new account; the outbox holds it without the password.

The letter is kept with a mark where the one-time password belongs. The password is worked out anew (see
``models.password.derived_password``) when a worker hands the letter over, so it stands in no table and no log.
"""

import hashlib
import re

MARK = "[mật khẩu được điền khi gửi]"
"""Where the password belongs."""
_KEY = re.compile(r"invitation:(\d+):[0-9a-f]{16}")


def invitation_key(account_id: int, batch: str) -> str:
    """The letter's key: one for an account and a batch; the batch itself is not told."""
    return f"invitation:{account_id}:{hashlib.sha256(batch.encode()).hexdigest()[:16]}"


def invited_account(key: str) -> int | None:
    """The account that a letter invites to; None for any other letter."""
    found = _KEY.fullmatch(key)
    return int(found[1]) if found else None


__all__ = ["MARK", "invitation_key", "invited_account"]
