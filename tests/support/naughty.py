"""Strings that have broken programs elsewhere, by what they try; written out here, not fetched."""

NAUGHTY = [
    "undefined", "null", "NaN", "Infinity", "-1/0", "0x10", "1e999", "1,5", "1.5", "-0", "٣", "１２", "½",
    "9" * 400, "true", "\\", "\\\\", "%s%s%n", "{0}", "{{ 7 * 7 }}", "{% raw %}", "${1+1}", "#{1}", "\u202e lật ngược",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "';--", "' or 1=1 --",
    "1; drop table survey_sheet", "../../../../etc/passwd", "=1+1", "@SUM(1)", "+1", "-1",
    "\x00", "a\x00b", "\x07\x1b[31m", "\r\nSet-Cookie: a=b", "\u200b", "\ufeff", "\u2028", "\ud800", "ﷺ" * 50,
    "Z\u0338\u0327a\u0337l\u0336g\u0335o\u0334" * 20, "田中さん", "😀\U0001f468\u200d\U0001f469🇻🇳", "A\u0323\u0308",
    "e\u0301", "\u0301", " " * 300, "\t\n\r", "''", "\"\"", "`id`", "$(id)",
    "\ue000ticket\ue001", "CON", "NUL", "__proto__", "constructor", "hasOwnProperty", "a" * 5000, "0901 234 567",
]
CONTEXTS = ("{}", "Góp ý {} hết", "“{}”", "<b title='{}'>{}</b>", "({}", "{}\n{}", "{}'\"", "{}\\", "%{}%s")
"""What a string may stand in; some break a program only there."""


def many_naughty() -> list[str]:
    """More than five hundred different strings: each short one in every context."""
    short = [text for text in NAUGHTY if len(text) <= 400]
    return list(dict.fromkeys(context.replace("{}", text) for text in short for context in CONTEXTS))
