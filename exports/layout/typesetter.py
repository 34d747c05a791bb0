"""Measuring and breaking lines: every word is measured once per document.

A typesetter belongs to one document. It remembers the width of each word by face and size, turns signs without a
glyph into their codes, and remembers which ones it met, so that the document can end with a note.
"""

import re
from math import inf
from operator import itemgetter

from reportlab.pdfbase.pdfmetrics import stringWidth

from exports.fonts import printable
from exports.layout.preset import Style

Line = tuple[str, float]
"""A line's text and its width in points."""

_SEAMS = re.compile(r"(?<=[.\-;:_+)&=?])|(?<=[,/])(?!\d)")
"""Where a word that is too long may be broken before its letters are torn apart (links, numbers, symbols; no day)."""
_BLANK = re.compile(r"[\t\n\r\f\v\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
MOST_WORDS = 20_000
"""Words remembered by face and size: the memory of a document does not grow with its length."""
MOST_EVEN = 8
"""Lines of a name or title that are made alike; a longer one is filled from the top."""
SLACK = 0.001
"""Rounding room in points."""


class Face:
    """The words of one face at one size: ``words[word]`` is its printable form and width."""

    __slots__ = ("font", "size", "space", "words")

    def __init__(self, font: str, size: float) -> None:
        self.font = font
        self.size = size
        self.space: float = stringWidth(" ", font, size)
        self.words: dict[str, Line] = {}


class Typesetter:
    """Breaks texts into lines for one document."""

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}
        """Signs that no face can print, in the order in which they were met."""
        self._faces: dict[tuple[str, float], Face] = {}

    def face(self, font: str, size: float) -> Face:
        """The words of ``font`` at ``size``, one set per document."""
        face = self._faces.get((font, size))
        if face is None:
            face = self._faces[(font, size)] = Face(font, size)
        return face

    def line(self, text: str, font: str, size: float) -> Line:
        """The printable form of ``text`` on one line, blanks as they are, and its width."""
        return self._word(self.face(font, size), text)

    def wrap(self, text: str, style: Style, width: float) -> list[Line]:
        """Break ``text`` into lines no wider than ``width`` less the style's indents; [] for a blank text.

        A word wider than a line is broken after a mark (dot, slash, dash), else between letters: nothing is cut.
        """
        face = self.face(style.face, style.size)
        room = width - style.left
        known = face.words
        if _BLANK.search(text):
            text = _BLANK.sub(" ", text)
        found = [known.get(raw) or self._word(face, raw) for raw in text.split(" ") if raw]
        words = [word for word in found if word[0]]
        narrowest = room - style.first + SLACK
        if any(word[1] > narrowest for word in words):
            return _break_torn(face, words, room - style.first, room)
        return _break(face, words, room - style.first, room)

    def _word(self, face: Face, raw: str) -> Line:
        """The printable form of one word and its width, remembered."""
        word = face.words.get(raw)
        if word is None:
            text, missing = printable(raw)
            self.missing.update(dict.fromkeys(missing))
            if len(face.words) >= MOST_WORDS:
                face.words.clear()
            word = face.words[raw] = (text, stringWidth(text, face.font, face.size))
        return word


def _break(face: Face, words: list[Line], first_room: float, room: float) -> list[Line]:
    """Fill lines with measured words, the first up to ``first_room`` and the rest up to ``room``."""
    lines: list[Line] = []
    space, limit = face.space, first_room + SLACK
    held: list[str] = []
    used = 0.0
    for text, width in words:
        if held and used + space + width > limit:
            lines.append((" ".join(held), used))
            held, used, limit = [text], width, room + SLACK
        else:
            used = used + space + width if held else width
            held.append(text)
    if held:
        lines.append((" ".join(held), used))
    return lines


def _break_torn(face: Face, words: list[Line], first_room: float, room: float) -> list[Line]:
    """Fill lines where some word is wider than a line: its pieces follow each other without a blank."""
    lines: list[Line] = []
    text, used, limit = "", 0.0, first_room + SLACK
    for word, width in words:
        pieces = [(word, width)] if width <= first_room + SLACK else _tear(face, word, min(first_room, room))
        for number, (piece, piece_width) in enumerate(pieces):
            blank = " " if text and number == 0 else ""
            step = (face.space if blank else 0.0) + piece_width
            if text and used + step > limit:
                lines.append((text, used))
                text, used, limit = piece, piece_width, room + SLACK
            else:
                text, used = text + blank + piece, used + step
    return [*lines, (text, used)] if text else lines


_COMPOUNDS = re.compile(
    r"\b(giáo dục và đào tạo|cải cách hành chính|công tác|công chức|viên chức|nhận thức|khảo sát|hài lòng|kế hoạch|"
    r"đôn đốc|kiểm tra|niêm yết|thủ tục|dịch vụ|trực tuyến|\d+ tháng (?:đầu|cuối) năm(?: \d+)?|\d+ tháng|"
    r"giáo dục|đào tạo|quảng ninh|hạ long|phổ thông|trung học|cơ sở|"
    r"tiểu học|mầm non|dân tộc|nội trú|thành phố|thị xã|trung tâm|thường xuyên|hướng nghiệp|nhân dân|ủy ban|cải cách|"
    r"hành chính|tuyên truyền|kết quả|báo cáo|(?:năm|tháng|quý|số) \d+)\b",
    re.IGNORECASE,
)
"""Words of names and subjects that read badly when a line breaks inside them."""


def bind(text: str) -> str:
    """The text with the compounds of the field kept on one line: "ĐÀO TẠO" is not broken after "ĐÀO"."""
    return _COMPOUNDS.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


_MEASURED = re.compile(
    r"(?<![^\s(“])(?:(?:ngày|tháng|năm|quý|số|Điều) )?\d+(?:[.,/]\d+){0,4}%?"
    r"(?: (?:cá nhân|tập thể|mô hình|hồ sơ|văn bản|kiến nghị|đơn vị|lượt [^\W\d_]{1,7}|hội nghị|kết quả|hoạt động|"
    r"cán bộ|pa nô|áp phích|phản ánh|thủ tục|[^\W\d_]{1,7})(?![^\s.,;:)”]))?")
"""A number with what names it before and what it counts behind, as "ngày 29/5/2023", "106.701 người", "286 cá nhân".

Numbers of more than five parts are left free: a line without them would be too sparse."""


def bind_numbers(text: str) -> str:
    """The text with numbers held to their words, so that no line ends with "286" or "286 cá"."""
    return _MEASURED.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def balance(typesetter: Typesetter, text: str, style: Style, width: float) -> list[Line]:
    """Break ``text`` into the fewest lines that fit ``width``, about equally long (for names and titles)."""
    lines = typesetter.wrap(text, style, width)
    if len(lines) < 2:
        return lines
    bound = bind(text)
    if _widest(typesetter, bound, style) <= width:
        text = bound
        lines = typesetter.wrap(text, style, width)
    low, high = max(max(line[1] for line in lines) / 2, min(_widest(typesetter, text, style), width)), width
    while high - low > 1:
        middle = (low + high) / 2
        tried = typesetter.wrap(text, style, middle)
        if len(tried) > len(lines) or max(line[1] for line in tried) > middle:
            low = middle
        else:
            high = middle
    broken = typesetter.wrap(text, style, high)
    return _even(typesetter, text, style, high, len(broken)) or broken


def _even(typesetter: Typesetter, text: str, style: Style, width: float, count: int) -> list[Line]:
    """``text`` in ``count`` lines of at most ``width``, as like as can be; [] when that is too much work."""
    words = text.split(" ")
    if not 3 <= count <= MOST_EVEN or len(words) > 8 * MOST_EVEN:
        return []
    best: list[tuple[float, list[Line]]] = [(0.0, [])]
    for _ in range(count):
        best = [min((_longer(best[start], typesetter.line(" ".join(words[start:end]), style.face, style.size), width)
                     for start in range(min(end, len(best)))), key=itemgetter(0), default=(inf, []))
                for end in range(len(words) + 1)]
    return best[-1][1]


def _longer(before: tuple[float, list[Line]], line: Line, width: float) -> tuple[float, list[Line]]:
    """Lines with one more, and what they cost: the squares of the room left."""
    cost, lines = before
    return (inf, []) if line[1] > width + SLACK else (cost + (width - line[1]) ** 2, [*lines, line])


def _widest(typesetter: Typesetter, text: str, style: Style) -> float:
    """The width of the widest word, so that lines are never made narrower than it."""
    return max((typesetter.line(word, style.face, style.size)[1] for word in text.split(" ")), default=0.0)


def _tear(face: Face, text: str, room: float) -> list[Line]:
    """Pieces of one word, each at most ``room`` wide: after its marks where that is enough, else between letters."""
    pieces: list[Line] = []
    for part in _SEAMS.split(text):
        width = stringWidth(part, face.font, face.size)
        if width <= room:
            pieces.append((part, width))
        else:
            pieces.extend((letter, stringWidth(letter, face.font, face.size)) for letter in part)
    return pieces
