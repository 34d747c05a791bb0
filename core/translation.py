"""The portal's words: Vietnamese is the message id, other languages are catalogues (docs/decisions/0003).

``_`` translates now, ``lazy`` when shown, ``N_`` only marks a text so that it is found for translation.
"""

from collections.abc import Callable
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext

lazy = cast(Callable[..., str], lazy_gettext)
"""A text that is translated where it is shown; it may stand wherever a text may."""


def N_(message: str) -> str:
    """Mark ``message`` for translation and return it unchanged."""
    return message


__all__ = ["N_", "_", "lazy"]
