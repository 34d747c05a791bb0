"""Takes what names a person out of texts that people wrote: numbers of phones, papers and accounts, and mail.

Digits written together are somebody's number from eight on, written apart from nine on. Days, spans of years and
sums of money stay; where a number could be either, only a word of money after it keeps it.
"""

import re

HIDDEN = "[đã che]"
"""What stands where something was taken out."""
_MAIL = re.compile(
    r"[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?: ?\. ?(?:com|vn|net|org|edu|gov)\b|\.[\w-]{1,63}){1,4}", re.IGNORECASE)
_PASSPORT = re.compile(r"(?<!\w)[A-Z]\d{7,8}(?!\w)")
_BETWEEN = r"[ .\-–_/()·•\u00a0\u2009\u202f\u200b-\u200d\u2060]{0,3}"
_RUN = re.compile(rf"(?:[(+] ?){{0,2}}(?:\d|(?<!\w)[oO](?=\d))(?:{_BETWEEN}\d){{7,}}")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
_ISO_DAY = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-\d\d"
_YEARS = r"(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d"
_DATED = re.compile(rf"(?<![\d./-])(?:{_DAY}|{_ISO_DAY}|{_YEARS})(?!\d|[./-]\d)")
_SUM = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+|[1-9]\d*")
_MONEY = re.compile(r" ?(?:đồng|đ\b|vnđ|vnd|nghìn|ngàn|triệu|tỷ|tỉ|₫)", re.IGNORECASE)
_FEWEST_APART = 9


def mask(text: str) -> tuple[str, int]:
    """The text without numbers of phones, identity papers and accounts and without mail, and how many were taken."""
    if not text:
        return text, 0
    text, mails = _MAIL.subn(HIDDEN, text)
    text, papers = _PASSPORT.subn(HIDDEN, text)
    pieces, taken, start = [], mails + papers, 0
    for dated in [*_DATED.finditer(text), None]:
        piece, count = _without_numbers(text, start, dated.start() if dated else len(text))
        pieces.append(piece)
        taken += count
        if dated:
            pieces.append(dated.group())
            start = dated.end()
    return "".join(pieces), taken


def _without_numbers(text: str, start: int, end: int) -> tuple[str, int]:
    """A piece of the text without somebody's numbers, and how many were taken."""
    pieces, taken = [], 0
    for match in _RUN.finditer(text, start, end):
        found = match.group()
        digits = sum(sign.isdigit() or sign in "oO" for sign in found)
        is_money = _SUM.fullmatch(found) is not None and _MONEY.match(text, match.end()) is not None
        if not is_money and (digits >= _FEWEST_APART or found.isdigit()):
            pieces += [text[start:match.start()], HIDDEN]
            start = match.end()
            taken += 1
    return "".join([*pieces, text[start:end]]), taken


__all__ = ["HIDDEN", "mask"]
