"""The papers' typeface: Tinos (metrics of Times New Roman), registered once when this module is imported.

The four faces are subsets with every Vietnamese letter (data/fonts/README.md). What a face lacks is never dropped
without a word: the portal's own words raise (``require``), people's words are printed with the code of the sign in
brackets (``printable``) and the document ends with a note that names the codes. Only signs that have no picture of
their own (control, direction and joining marks, variation selectors) leave no trace on paper.
"""

import re
import unicodedata
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

rl_config.invariant = 1
rl_config.useA85 = 0

FOLDER = Path(__file__).resolve().parent.parent / "data" / "fonts"

REGULAR = "Tinos"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"
FACES = {
    REGULAR: "Tinos-Regular.ttf",
    BOLD: "Tinos-Bold.ttf",
    ITALIC: "Tinos-Italic.ttf",
    BOLD_ITALIC: "Tinos-BoldItalic.ttf",
}


class MissingGlyphError(ValueError):
    """A text of the portal's own holds a sign that the typeface cannot print."""


def _register() -> frozenset[int]:
    """Register the four faces and return the code points that all of them hold."""
    covered: set[int] | None = None
    for name, file in FACES.items():
        font = TTFont(name, str(FOLDER / file))
        pdfmetrics.registerFont(font)
        codes = {code for code in font.face.charToGlyph if code >= 0x20}
        covered = codes if covered is None else covered & codes
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)
    return frozenset(covered or ())


COVERED = _register() - {0xAD}
"""Code points that every face prints (a soft hyphen prints nothing and is left out)."""

_OUTSIDE = re.compile("[^" + re.escape("".join(map(chr, sorted(COVERED)))) + "]")
_SILENT = frozenset({"Cc", "Cf"})
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def require(text: str) -> str:
    """Return ``text``, words of the portal itself. Raises MissingGlyphError naming the sign no face can print."""
    outside = _OUTSIDE.search(text)
    if outside:
        raise MissingGlyphError(f"no face holds {code_of(outside[0])} in {text!r}")
    return text


def code_of(sign: str) -> str:
    """The code of a sign as "U+1F600"."""
    return f"U+{ord(sign):04X}"


def printable(text: str) -> tuple[str, tuple[str, ...]]:
    """The printable form of a person's text (NFC) and the signs in it that no face can print.

    ``printable("tốt 😀")`` is ``("tốt [U+1F600]", ("😀",))``. Signs without a picture vanish, other blanks become
    a space; a text that was typed comes back from the database unchanged, this is about ink only.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not _OUTSIDE.search(text):
        return text, ()
    missing: list[str] = []

    def replace(match: re.Match[str]) -> str:
        sign = match[0]
        category = unicodedata.category(sign)
        if sign.isspace():
            return " "
        if category in _SILENT or _SELECTORS.match(sign):
            return ""
        missing.append(sign)
        return f"[{code_of(sign)}]"

    return _OUTSIDE.sub(replace, text), tuple(dict.fromkeys(missing))
