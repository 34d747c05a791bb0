"""Passwords: argon2id with the costs the performance notes measured (about 20 ms a check)."""

import hashlib
import hmac
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.text import normalise

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_quick_hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_NOBODY = _hasher.hash(secrets.token_hex(8))


def hash_password(password: str) -> str:
    """Hash ``password`` with argon2id; keyboards that compose Vietnamese differently type the same."""
    return _hasher.hash(normalise(password))


def hash_one_time_password(password: str) -> str:
    """Hash a made password cheaply: its 69 random bits need no slow hash, and hundreds are made at once."""
    return _quick_hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether ``password`` fits. Takes as long when there is no such account (None)."""
    typed = normalise(password)
    if password_hash is not None and _is_quick(password_hash):
        _fits(_NOBODY, typed)  # spend the same time as on any other account
    return _fits(password_hash or _NOBODY, typed) and password_hash is not None


def _is_quick(password_hash: str) -> bool:
    """Whether the hash is one of a one-time password."""
    try:
        return not _quick_hasher.check_needs_rehash(password_hash)
    except InvalidHashError:
        return False


def _fits(password_hash: str, password: str) -> bool:
    """Whether ``password`` has this hash."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def one_time_password() -> str:
    """Make a password for one sign-in: twelve letters and digits that cannot be mistaken for each other."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def derived_password(key: str, batch: str, username: str) -> str:
    """The one-time password of ``username`` in a batch, worked out anew each time, so that none is stored.

    ``key`` is the portal's secret; ``batch`` a token that cannot be guessed.
    """
    number = int.from_bytes(hmac.digest(key.encode(), f"{batch}:{username}".encode(), hashlib.sha256))
    signs = []
    for _place in range(12):
        number, rest = divmod(number, len(_ALPHABET))
        signs.append(_ALPHABET[rest])
    return "".join(signs)
