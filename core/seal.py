"""The portal's seal: short proofs under its secret key, each good for one purpose alone.

Like the clock it is one thing for the whole process, set when the application is made, so that services that know
no request can sign, too.
"""

import hashlib
import hmac


class Seal:
    """Keyed hashes; what was sealed for one purpose proves nothing for another."""

    def __init__(self) -> None:
        """Begin without a key."""
        self._key = b""

    def use(self, secret: str) -> None:
        """Seal under ``secret`` from here on."""
        self._key = hashlib.sha256(b"portal seal\0" + secret.encode()).digest()

    def sign(self, purpose: str, data: bytes) -> bytes:
        """The 32 bytes that only this portal can make of ``data``. Raises RuntimeError before a key was given."""
        if not self._key:
            raise RuntimeError("the seal has no key yet; the application gives it one")
        return hmac.digest(self._key, purpose.encode() + b"\0" + data, "sha256")


seal = Seal()
