"""The portal's words: Vietnamese is the message id, other languages are catalogues (docs/decisions/0003).

``_`` translates now, ``lazy`` when shown, ``N_`` only marks a text so that it is found for translation.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy


def N_(message: str) -> str:
    """Mark ``message`` for translation and return it unchanged."""
    return message


__all__ = ["N_", "_", "lazy"]
