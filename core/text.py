"""Vietnamese text: one normal form, a search form without marks, and the order of the alphabet.

Sources: domain facts on NFC, folding and collation (Unicode; the Vietnamese alphabet a ă â b c d đ e ê …;
tones ngang, huyền, hỏi, ngã, sắc, nặng).
"""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""The sign that PostgreSQL refuses, and halves of signs that cannot be written as UTF-8."""
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: f"{rank:02x}" for rank, letter in enumerate(_ALPHABET, start=0x20)}
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def storable(text: str) -> str:
    """Return ``text`` without the signs that no database takes; no keyboard makes them."""
    return _UNSTORABLE.sub("", text)


def normalise(text: str) -> str:
    """Return ``text`` in NFC, the one form in which the portal stores and compares text."""
    return unicodedata.normalize("NFC", storable(text))


def fold(text: str) -> str:
    """Return ``text`` without marks, in lower case, for search: ``fold("Hạ Long")`` is ``"ha long"``."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.replace("đ", "d").split())


def sort_key(text: str) -> str:
    """Return a plain-ASCII key that sorts ``text`` in Vietnamese order: Cô Tô, Đầm Hà, Đông Triều, Hạ Long.

    Letters decide first, tones second, as in the alphabet of the dictionary; digits sort before letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    for sign in unicodedata.normalize("NFC", text.casefold()):
        base, tone = _split_tone(sign)
        if base in _LETTER_RANK:
            letters.append(_LETTER_RANK[base])
            tones.append(tone)
        elif base.isdigit():
            letters.append(f"1{unicodedata.digit(base, 0):x}")
            tones.append("0")
        elif base.isspace() or not base.isalnum():
            letters.append("01" if base.isspace() else "02")
            tones.append("0")
        else:
            letters.append(f"ff{ord(base):06x}")
            tones.append("0")
    return "".join(letters) + "00" + "".join(tones)


def _split_tone(sign: str) -> tuple[str, str]:
    """Split one NFC sign into its letter and the rank of its tone: "ầ" is ("â", "1")."""
    decomposed = unicodedata.normalize("NFD", sign)
    tone = "0"
    kept = []
    for part in decomposed:
        if part in _TONE_RANK:
            tone = _TONE_RANK[part]
        else:
            kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept)) or sign, tone
