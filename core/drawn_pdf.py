"""Holds what a PDF shows against another one, apart from its words: what was laid over a page, drawn anew, cut off.

Words can stay while a note, a picture or a white field covers them, or while a font draws another sign for the same
letter. Only ever run in the process of core/signed_pdf.py.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pypdf
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    StreamObject,
)

WRITING = frozenset((b"q", b"Q", b"cm", b"BT", b"ET", b"Tf", b"Td", b"TD", b"Tm", b"T*", b"Tj", b"TJ", b"Tc", b"Tw",
                     b"Tz", b"TL", b"Ts", b"g", b"rg", b"k"))
"""Operators of text alone."""
KINDS = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")
OF_THE_FILE = frozenset(("/Length", "/Filter", "/DecodeParms", "/DL", "/Parent", "/Metadata"))
"""Entries that another program may write otherwise without changing what is shown."""
LINE = 14.0
"""Points that a number or day filled in may stand above or below its blank (ours)."""
BLANKS = ("Số:", "ngày")
"""Words of the first page that a blank belongs to: the first of each is in the head (domain facts, 1.9)."""
Row = dict[str, Any]


def laid_over(wanted: pypdf.PdfReader, found: pypdf.PdfReader) -> list[Row]:
    """What ``found`` shows otherwise than ``wanted``, page by page: ``{"page": 3, "what": "note", "count": 1}``.

    ``what`` is "note" (an annotation or a field, but no signature's), "drawing" (pictures, lines, fonts), "written"
    (text alone was added behind), "size", "page" (one too many or too few), "form" and "script" (of the file, page 0).
    """
    rows = _of_file(found)
    memos: tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]] = {}, {}
    for number, (ours, theirs) in enumerate(zip(wanted.pages, found.pages, strict=False), start=1):
        more = sum((_notes(theirs) - _notes(ours)).values())
        if more:
            rows.append({"page": number, "what": "note", "count": more})
        if _size(ours) != _size(theirs):
            rows.append({"page": number, "what": "size", "count": 1})
        what = _drawing(ours, theirs) or ("" if _same_resources(ours, theirs, memos) else "drawing")
        if what:
            rows.append({"page": number, "what": what, "count": 1})
    few, many = sorted((len(wanted.pages), len(found.pages)))
    return rows + [{"page": number, "what": "page", "count": 1} for number in range(few + 1, many + 1)]


def _of_file(found: pypdf.PdfReader) -> list[Row]:
    """What a viewer may show in place of the pages, or do to them when the file is opened."""
    root = found.root_object
    form, names = _plain(root.get("/AcroForm")), _plain(root.get("/Names"))
    rows = []
    if isinstance(form, DictionaryObject) and "/XFA" in form:
        rows.append({"page": 0, "what": "form", "count": 1})
    opened = _plain(root.get("/OpenAction"))
    acts = isinstance(opened, DictionaryObject) and opened.get("/S") != "/GoTo"
    if acts or "/AA" in root or (isinstance(names, DictionaryObject) and "/JavaScript" in names):
        rows.append({"page": 0, "what": "script", "count": 1})
    return rows


def _plain(value: Any) -> Any:
    """What a reference leads to."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def _notes(page: pypdf.PageObject) -> Counter[tuple[str, ...]]:
    """The annotations of a page without signatures: kind, place, where it leads, whether it draws anything."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in _plain(page.get("/Annots")) or ():
        note = _plain(row)
        if not isinstance(note, DictionaryObject):
            continue
        if note.get("/Subtype") == "/Popup" or _is_signature(note):
            continue
        place = " ".join(f"{float(_plain(number)):.0f}" for number in _plain(note.get("/Rect")) or ())
        action = _plain(note.get("/A"))
        leads = str(_plain(action.get("/URI", ""))) if isinstance(action, DictionaryObject) else ""
        found[str(note.get("/Subtype")), place, leads, str("/AP" in note)] += 1
    return found


def _is_signature(note: DictionaryObject) -> bool:
    """Whether it is the field of a signature: one that was given, whose picture is the signer's own, or still empty."""
    above = _plain(note.get("/Parent"))
    fields = [note, above] if isinstance(above, DictionaryObject) else [note]
    kind = next((str(field["/FT"]) for field in fields if "/FT" in field), "")
    is_given = any(isinstance(_plain(field.get("/V")), DictionaryObject) for field in fields)
    return kind == "/Sig" and (is_given or "/AP" not in note)


def _size(page: pypdf.PageObject) -> tuple[object, ...]:
    """What of the sheet is seen, and how it is turned."""
    boxes = [round(float(side), 1) for box in (page.mediabox, page.cropbox) for side in box]
    return (*boxes, page.rotation % 360, float(page.user_unit))


def _drawing(ours: pypdf.PageObject, theirs: pypdf.PageObject) -> str:
    """"" where the page is drawn as it was, "written" where only text was added behind, "drawing" for all else."""
    one, other = ours.get_contents(), theirs.get_contents()
    if _words(one) == _words(other):
        return ""
    old, new = _steps(one), _steps(other)
    wrapped = _leading(new) - _leading(old)
    rest = new[wrapped:] if wrapped > 0 else new
    if rest[:len(old)] != old:
        return "drawing"
    added = [name for _operands, name in rest[len(old):]]
    if all(name == b"Q" for name in added):
        return ""
    return "written" if WRITING.issuperset(added) else "drawing"


def _words(content: ContentStream | None) -> list[bytes]:
    """What draws a page, however its lines are broken; a stream is as false as its empty dictionary."""
    return content.get_data().split() if content is not None else []


def _steps(content: ContentStream | None) -> list[tuple[str, bytes]]:
    """Operands and operators in their order."""
    return [(repr(operands), name) for operands, name in content.operations] if content is not None else []


def _leading(steps: Sequence[tuple[str, bytes]]) -> int:
    """How often the state is saved before anything is drawn."""
    return next((place for place, (_operands, name) in enumerate(steps) if name != b"q"), len(steps))


def _same_resources(ours: pypdf.PageObject, theirs: pypdf.PageObject,
                    memos: tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]) -> bool:
    """Whether fonts and pictures are still what their names stood for; the page may have more of them."""
    old, new = _resources(ours), _resources(theirs)
    for kind in KINDS:
        wanted, given = _plain(old.get(kind)), _plain(new.get(kind))
        wanted = wanted if isinstance(wanted, DictionaryObject) else DictionaryObject()
        given = given if isinstance(given, DictionaryObject) else DictionaryObject()
        for name in wanted:
            if name not in given or _digest(wanted.raw_get(name), memos[0]) != _digest(given.raw_get(name), memos[1]):
                return False
        if any(_is_drawn(given[name]) for name in set(given) - set(wanted)):
            return False
    return True


def _is_drawn(font: Any) -> bool:
    """Whether its signs are pictures, which may show anything."""
    found = _plain(font)
    return isinstance(found, DictionaryObject) and found.get("/Subtype") == "/Type3"


def _resources(page: pypdf.PageObject) -> DictionaryObject:
    """The page's own resources, or those it inherits."""
    node: Any = page
    for _step in range(50):
        if not isinstance(node, DictionaryObject):
            break
        if "/Resources" in node:
            found = _plain(node["/Resources"])
            return found if isinstance(found, DictionaryObject) else DictionaryObject()
        node = _plain(node.get("/Parent"))
    return DictionaryObject()


def _digest(value: Any, known: dict[tuple[int, int], str]) -> str:
    """One word for an object and all that it leads to, whatever its numbers and compression."""
    if isinstance(value, IndirectObject):
        place = (value.idnum, value.generation)
        if place not in known:
            known[place] = "around"
            known[place] = _digest(value.get_object(), known)
        return known[place]
    if isinstance(value, DictionaryObject):
        parts = [f"{key} {_digest(value.raw_get(key), known)}" for key in sorted(value) if key not in OF_THE_FILE]
        if isinstance(value, StreamObject):
            parts.append(hashlib.sha256(value.get_data()).hexdigest())
        return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()
    if isinstance(value, ArrayObject):
        return hashlib.sha256("\n".join(_digest(part, known) for part in value).encode(errors="replace")).hexdigest()
    if isinstance(value, FloatObject | int):
        return f"{float(value):.4f}"
    return repr(value)


def is_in_head(wanted: pypdf.PageObject, found: pypdf.PageObject) -> bool:
    """Whether the words that the first page has more stand on the lines of number and day, and nowhere else."""
    ours, theirs = _heights(wanted), _heights(found)
    lines = [next((height for word, height in ours if word == blank), None) for blank in BLANKS]
    added = Counter(theirs) - Counter(ours)
    return all(any(line is not None and abs(height - line) <= LINE for line in lines) for _word, height in added)


def _heights(page: pypdf.PageObject) -> list[tuple[str, int]]:
    """The words of a page with the height of the text that they stand in, in whole points."""
    found: list[tuple[str, int]] = []

    def see(text: str, now: Sequence[float], matrix: Sequence[float], _font: Mapping[str, Any] | None,
            _size: float) -> None:
        """Note a piece of text."""
        height = now[1] * matrix[4] + now[3] * matrix[5] + now[5]
        found.extend((word, round(height)) for word in unicodedata.normalize("NFC", text).split())

    page.extract_text(visitor_text=see)
    return found


__all__ = ["is_in_head", "laid_over"]
