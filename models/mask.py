"""Takes what names a person out of texts that people wrote: numbers of phones, papers and accounts, and mail.

Where a number could be a sum of money as well as somebody's number, a word of money after it decides.
"""

import re

HIDDEN = "[đã che]"
"""What stands where something was taken out."""
_MAIL = re.compile(r"[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?: ?\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w])(?:\(?\+? ?84\)?|0084|\(?[0oO])(?:[ .\-–()]{0,3}\d){8,10}(?!\w)")
_PASSPORT = re.compile(r"(?<!\w)[A-Z]\d{7,8}(?!\w)")
_DIGITS = re.compile(r"(?<!\d)\d(?:[ .\-–_]{0,2}\d){7,29}")
_DATED = re.compile(r"(?<!\d)(?:\d{1,2}[./-]){1,2}(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d(?!\d)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+|[1-9]\d*")
_MONEY = re.compile(r"[ ]?(?:đồng|đ\b|vnđ|vnd|nghìn|ngàn|triệu|tỷ|tỉ|₫)", re.IGNORECASE)
_FEWEST_SPREAD = 9
"""Digits written apart are somebody's number from nine on, written together from eight."""


def mask(text: str) -> tuple[str, int]:
    """The text without numbers of phones, identity papers and accounts and without mail, and how many were taken."""
    if not text:
        return text, 0
    text, mails = _MAIL.subn(HIDDEN, text)
    text, phones = _PHONE.subn(HIDDEN, text)
    text, papers = _PASSPORT.subn(HIDDEN, text)
    text, numbers = _without_long_numbers(text)
    return text, mails + phones + papers + numbers


def _without_long_numbers(text: str) -> tuple[str, int]:
    """The text without long runs of digits; days, spans of years and sums of money stay."""
    kept = [match.span() for match in _DATED.finditer(text)]
    taken = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal taken
        found = match.group()
        length = sum(sign.isdigit() for sign in found)
        is_money = _GROUPED.fullmatch(found) is not None and _MONEY.match(text, match.end()) is not None
        is_dated = any(start < match.end() and match.start() < end for start, end in kept) and length < 12
        if is_money or is_dated or (length < _FEWEST_SPREAD and not found.isdigit()):
            return found
        taken += 1
        return HIDDEN

    return _DIGITS.sub(replace, text), taken


__all__ = ["HIDDEN", "mask"]
