"""Holds what a PDF shows against another one, apart from its words: what was laid over a page, drawn anew, cut off.

Words can stay while a note, a picture or a white field covers them, or while a font draws another sign for the same
letter. Only ever run in the process of core/signed_pdf.py.
"""

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
                     b"Tz", b"TL", b"Ts", b"g", b"rg", b"k", b"re", b"W", b"W*", b"n"))
"""Operators of text alone, and of a frame that it is cut to."""
KINDS = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties")
OF_THE_FILE = frozenset(("/Length", "/Filter", "/DecodeParms", "/DL", "/Parent", "/Metadata"))
"""Entries that another program may write otherwise without changing what is shown."""
MOST_PARSED = 5
"""Pages drawn anew after which the others are held against the issued ones by their bytes alone: parsing is slow."""
LINE = 14.0
"""Points that a number or day filled in may stand above or below its blank (ours)."""
BLANKS = ("Số:", "ngày")
"""Words of the first page that a blank belongs to: the first of each is in the head (domain facts, 1.9)."""
DEPTH = 50
"""Steps that a tree of pages or fields is followed up or down."""
Row = dict[str, Any]
Place = tuple[int, int]
Known = dict[tuple[int, int, int, int], bool]
"""Whether two objects, named by their numbers, were found to be the same."""


def laid_over(wanted: pypdf.PdfReader, found: pypdf.PdfReader) -> list[Row]:
    """What ``found`` shows otherwise than ``wanted``, page by page: ``{"page": 3, "what": "note"}``.

    ``what`` is "note" (an annotation or a field, but no signature's), "drawing" (something was drawn behind the
    page's own), "written" (so was text alone), "anew" (the page's own drawing is another), "font" (a font or picture
    that it names is another), "size" (cut or turned), "page" (one too many or too few); and of the file, as page 0,
    "form", "script" and "layer".
    """
    rows, signatures = _of_file(found), _fields(found)
    known: Known = {}
    parsed = 0
    for number, (ours, theirs) in enumerate(zip(wanted.pages, found.pages, strict=False), start=1):
        if _notes(theirs, signatures) - _notes(ours, set()):
            rows.append({"page": number, "what": "note"})
        if "/AA" in theirs:
            rows.append({"page": number, "what": "script"})
        if not _same_size(ours, theirs):
            rows.append({"page": number, "what": "size"})
        what = _drawing(ours, theirs, parses=parsed < MOST_PARSED)
        parsed += what == "anew"
        if what:
            rows.append({"page": number, "what": what})
        if what != "anew" and not _same_resources(_resources(ours), _resources(theirs), known):
            rows.append({"page": number, "what": "font"})
    few, many = sorted((len(wanted.pages), len(found.pages)))
    return rows + [{"page": number, "what": "page"} for number in range(few + 1, many + 1)]


def _of_file(found: pypdf.PdfReader) -> list[Row]:
    """What a viewer may show in place of the pages, or do to them when the file is opened."""
    root = found.root_object
    form, names, opened = _plain(root.get("/AcroForm")), _plain(root.get("/Names")), _plain(root.get("/OpenAction"))
    acts = isinstance(opened, DictionaryObject) and opened.get("/S") != "/GoTo"
    told = {"form": isinstance(form, DictionaryObject) and "/XFA" in form,
            "script": acts or "/AA" in root or (isinstance(names, DictionaryObject) and "/JavaScript" in names),
            "layer": "/OCProperties" in root}
    return [{"page": 0, "what": what} for what, is_there in told.items() if is_there]


def _plain(value: Any) -> Any:
    """What a reference leads to."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def _place(value: DictionaryObject) -> Place:
    """The number by which an object goes in its file."""
    reference = value.indirect_reference
    return (reference.idnum, reference.generation) if reference is not None else (0, 0)


def _fields(found: pypdf.PdfReader) -> set[Place]:
    """The fields of the file's form: the signatures among them are those that core/signed_pdf.py looks at."""
    form = _plain(found.root_object.get("/AcroForm"))
    waiting = list(_plain(form.get("/Fields")) or ()) if isinstance(form, DictionaryObject) else []
    places: set[Place] = set()
    while waiting:
        field = _plain(waiting.pop())
        if isinstance(field, DictionaryObject) and _place(field) not in places:
            places.add(_place(field))
            waiting += _plain(field.get("/Kids")) or ()
    return places - {(0, 0)}


def _notes(page: pypdf.PageObject, signatures: set[Place]) -> Counter[tuple[str, ...]]:
    """The annotations of a page that show something or lead anywhere, without signatures: kind, place, aim."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in _plain(page.get("/Annots")) or ():
        note = _plain(row)
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") == "/Popup":
            continue
        sides = [float(_plain(side)) for side in _plain(note.get("/Rect")) or ()]
        is_point = len(sides) == 4 and sides[0] == sides[2] and sides[1] == sides[3]
        if is_point or _is_signature(note, signatures):
            continue
        border = _plain(note.get("/Border"))
        is_bare = note.get("/Subtype") == "/Link" and "/AP" not in note and (
            isinstance(border, ArrayObject) and len(border) == 3 and not float(_plain(border[2])))
        action = _plain(note.get("/A"))
        aim = (f"{action.get('/S')} {_plain(action.get('/URI', ''))}" if isinstance(action, DictionaryObject) else "")
        found[str(note.get("/Subtype")), aim, "" if is_bare else " ".join(f"{side:.0f}" for side in sides)] += 1
    return found


def _is_signature(note: DictionaryObject, signatures: set[Place]) -> bool:
    """Whether it is the field of a signature: its picture is the signer's own. One not yet given has no picture."""
    above = _plain(note.get("/Parent"))
    fields = [note, above] if isinstance(above, DictionaryObject) else [note]
    if next((_plain(field["/FT"]) for field in fields if "/FT" in field), None) != "/Sig":
        return False
    value = next((_plain(field["/V"]) for field in fields if "/V" in field), None)
    if value is None:
        return "/AP" not in note
    return (isinstance(value, DictionaryObject) and value.get("/Type", "/Sig") == "/Sig"
            and any(_place(field) in signatures for field in fields))


def _same_size(ours: pypdf.PageObject, theirs: pypdf.PageObject) -> bool:
    """Whether as much of the sheet is seen, turned the same way; programs round a point."""
    before, after = ([float(side) for box in (page.mediabox, page.cropbox) for side in box] for page in (ours, theirs))
    return (all(abs(old - new) <= 1 for old, new in zip(before, after, strict=True))
            and ours.rotation % 360 == theirs.rotation % 360 and ours.user_unit == theirs.user_unit)


def _drawing(ours: pypdf.PageObject, theirs: pypdf.PageObject, *, parses: bool) -> str:
    """Empty where the page is drawn as it was; else "written" or "drawing" (more behind it), or "anew"."""
    one, other = ours.get_contents(), theirs.get_contents()
    # a stream is a dictionary, and may be an empty one: it is not asked whether it is true
    before, after = (b"" if content is None else content.get_data() for content in (one, other))
    if before == after or before.split() == after.split():
        return ""
    if not parses:
        return "anew"
    old, new = _steps(one), _steps(other)
    rest = new[max(_leading(new) - _leading(old), 0):]
    if rest[:len(old)] != old:
        return "anew"
    added = {name for _operands, name in rest[len(old):]}
    if not added <= WRITING:
        return "drawing"
    return "written" if added & {b"Tj", b"TJ"} else ""


def _steps(content: ContentStream | None) -> list[tuple[str, bytes]]:
    """Operands and operators in their order."""
    return [(repr(operands), name) for operands, name in content.operations] if content is not None else []


def _leading(steps: Sequence[tuple[str, bytes]]) -> int:
    """How often the state is saved before anything is drawn."""
    return next((place for place, (_operands, name) in enumerate(steps) if name != b"q"), len(steps))


def _same_resources(ours: Any, theirs: Any, known: Known) -> bool:
    """Whether fonts and pictures are still what their names stood for; there may be more of them."""
    for kind in KINDS:
        wanted, given = (_plain(resources.get(kind)) for resources in (ours, theirs))
        wanted = wanted if isinstance(wanted, DictionaryObject) else DictionaryObject()
        given = given if isinstance(given, DictionaryObject) else DictionaryObject()
        if not all(name in given and _same(wanted.raw_get(name), given.raw_get(name), known) for name in wanted):
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
    for _step in range(DEPTH):
        if not isinstance(node, DictionaryObject):
            break
        if "/Resources" in node:
            found = _plain(node["/Resources"])
            return found if isinstance(found, DictionaryObject) else DictionaryObject()
        node = _plain(node.get("/Parent"))
    return DictionaryObject()


def _same(ours: Any, theirs: Any, known: Known) -> bool:
    """Whether two objects and all that they lead to are the same, whatever their numbers and compression."""
    if isinstance(ours, IndirectObject) and isinstance(theirs, IndirectObject):
        pair = (ours.idnum, ours.generation, theirs.idnum, theirs.generation)
        if pair not in known:
            known[pair] = True  # until it is known: they may lead back to themselves
            known[pair] = _same(_plain(ours), _plain(theirs), known)
        return known[pair]
    one, other = _plain(ours), _plain(theirs)
    if isinstance(one, DictionaryObject) and isinstance(other, DictionaryObject):
        return _same_dictionary(one, other, known)
    if isinstance(one, ArrayObject) and isinstance(other, ArrayObject):
        return len(one) == len(other) and all(_same(*pair, known) for pair in zip(one, other, strict=True))
    if isinstance(one, FloatObject | int) and isinstance(other, FloatObject | int):
        return abs(float(one) - float(other)) < 0.0001
    return bool(one == other)


def _same_dictionary(one: DictionaryObject, other: DictionaryObject, known: Known) -> bool:
    """Whether two dictionaries or streams are the same."""
    if set(one) - OF_THE_FILE != set(other) - OF_THE_FILE:
        return False
    streams = [value.get_data() for value in (one, other) if isinstance(value, StreamObject)]
    if len(streams) == 1 or (streams and streams[0] != streams[1]):
        return False
    if "/Resources" in one and not _same_resources(_plain(one["/Resources"]), _plain(other["/Resources"]), known):
        return False
    return all(_same(one.raw_get(key), other.raw_get(key), known)
               for key in set(one) - OF_THE_FILE if key != "/Resources")


def is_in_head(wanted: pypdf.PageObject, found: pypdf.PageObject) -> bool:
    """Whether the words that the first page has more stand on the lines of number and day, and nowhere else."""
    ours, theirs = heights_of(wanted), heights_of(found)
    lines = [next((height for word, height in ours if word == blank), None) for blank in BLANKS]
    added = Counter(theirs) - Counter(ours)
    return all(any(line is not None and abs(height - line) <= LINE for line in lines) for _word, height in added)


def heights_of(page: pypdf.PageObject) -> list[tuple[str, int]]:
    """The words of a page with the height of the text that they stand in, in whole points."""
    found: list[tuple[str, int]] = []

    def see(text: str, now: Sequence[float], matrix: Sequence[float], _font: Mapping[str, Any] | None,
            _size: float) -> None:
        """Note a piece of text."""
        height = now[1] * matrix[4] + now[3] * matrix[5] + now[5]
        found.extend((word, round(height)) for word in unicodedata.normalize("NFC", text).split())

    page.extract_text(visitor_text=see)
    return found


__all__ = ["heights_of", "is_in_head", "laid_over"]
