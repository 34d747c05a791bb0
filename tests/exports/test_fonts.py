import unicodedata

import pytest
from fontTools.ttLib import TTFont

from exports.fonts import COVERED, FACES, FOLDER, MissingGlyphError, code_of, printable, require

BASES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
PUNCTUATION = "–—“”‘’…•−×≥≤%₫·«»+±°²³½[](){}<>/\\|&@#$€№-_=;:,.!?'\""


def vietnamese_letters() -> list[str]:
    vowels = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES]
    letters = vowels + list("bcdđghklmnpqrstvxfjwz")
    return letters + [letter.upper() for letter in letters]


@pytest.mark.parametrize("face", FACES)
def test_every_vietnamese_letter_and_mark_of_offices_is_in_every_face(face: str) -> None:
    with TTFont(FOLDER / FACES[face]) as font:
        drawn = font.getBestCmap() or {}
        glyphs = font["glyf"]
        missing = [sign for sign in [*vietnamese_letters(), *PUNCTUATION] if ord(sign) not in drawn]
        empty = [sign for sign in vietnamese_letters() if glyphs[drawn[ord(sign)]].numberOfContours == 0]
    assert len(set(vietnamese_letters())) == 186
    assert missing == []
    assert empty == []


def test_the_licence_stands_beside_the_faces() -> None:
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text(encoding="utf-8").upper()


def test_the_portals_own_words_refuse_a_sign_without_glyph_and_name_it() -> None:
    assert require("Độc lập - Tự do - Hạnh phúc") == "Độc lập - Tự do - Hạnh phúc"
    with pytest.raises(MissingGlyphError, match=r"U\+2611"):
        require("☑ xong")


@pytest.mark.parametrize(
    ("typed", "printed", "missing"),
    [
        ("Trường Mầm non", "Trường Mầm non", ()),
        (unicodedata.normalize("NFD", "Trường Mầm non Hạ Long"), "Trường Mầm non Hạ Long", ()),
        ("tốt 😀", "tốt [U+1F600]", ("😀",)),
        ("a\u200fb\u202ec\u200d", "abc", ()),
        ("cao\u00adbằng\ufe0f", "caobằng", ()),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]", ("ש", "ל", "ו", "ם")),
        ("中中", "[U+4E2D][U+4E2D]", ("中",)),
        ("a\tb\u2003c", "a b c", ()),
        ("<script>alert(1)</script> & <b>", "<script>alert(1)</script> & <b>", ()),
        ("\x00\x07x", "x", ()),
    ],
)
def test_a_persons_text_is_printed_with_codes_for_what_no_face_holds(
    typed: str, printed: str, missing: tuple[str, ...]
) -> None:
    assert printable(typed) == (printed, missing)


def test_every_covered_sign_prints_as_itself() -> None:
    for code in sorted(COVERED):
        sign = chr(code)
        assert printable(sign)[0] == unicodedata.normalize("NFC", sign), code_of(sign)
