"""A document in the making: its parts are added in reading order, then printed once.

A document's module calls these methods in the order of its contents page and knows nothing of coordinates.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from reportlab.platypus import Flowable, PageBreak
from reportlab.platypus.doctemplate import LayoutError

from core.numbers import roman
from exports.fonts import code_of, require
from exports.layout import preset
from exports.layout.address import Addressees, AppendixHeading
from exports.layout.closing import Closing, RecipientsRest, Signature
from exports.layout.code_mark import CodeMark
from exports.layout.contents import Contents, Rehearsal, StartContents
from exports.layout.letter import LetterSubject
from exports.layout.letterhead import KindAndSubject, Letterhead
from exports.layout.picture import Picture
from exports.layout.prose import Heading, Prose, Together
from exports.layout.sheet import LANDSCAPE, PORTRAIT, Block, Entry, OfficialTemplate, Sheet, StartPart
from queries.document import DocumentHead, NarrativeSection

END_MARK = "./."
UNSAID = require("(Chưa có nội dung.)")
APPENDIX = require("Phụ lục")
_DASH = re.compile(r"^\s*([-+–•*])\s+")
_NAMED_CODES = 12
_SHOWN = 80
"""Signs of a part that is too long, by which its writer finds it."""
ABOVE_NOTE = 10.0


class UnprintableError(ValueError):
    """A part of a document that cannot be broken, as a heading, is longer than a page; ``start`` is how it begins."""

    def __init__(self, text: str) -> None:
        self.start = " ".join(text.split())[:_SHOWN].rstrip()
        super().__init__(f"Có đề mục hoặc tên dài hơn một trang giấy: “{self.start}…”; hãy rút ngắn rồi in lại.")


class Paper:
    """The parts of one document in the layout of Decree 30/2020/NĐ-CP."""

    def __init__(self, head: DocumentHead) -> None:
        self.head = head
        self._story: list[Flowable] = []
        self._leaders: list[Flowable] = []
        self._pictures = 0
        self._headings: list[str] = []
        self._appendices: list[AppendixHeading] = []

    def add(self, block: Flowable) -> None:
        """Add a block; headings that wait for text stay with its beginning."""
        self._story.append(Together(*self._leaders, block) if self._leaders else block)
        self._leaders = []

    def letterhead(self) -> None:
        """Agency, national title, number, day, kind and subject."""
        self.add(Letterhead(self.head))
        self.add(KindAndSubject(self.head.type_name.upper(), self.head.subject))

    def letter_head(self) -> None:
        """The same for an official letter, which has no kind: its subject stands under its number ("V/v …")."""
        head = Letterhead(self.head)
        self.add(head)
        self.add(LetterSubject(head, self.head.subject))

    def addressees(self) -> None:
        """To whom the document goes ("Kính gửi"), when it goes to somebody."""
        if self.head.addressees:
            self.add(Addressees(self.head.addressees))

    def bases(self, lines: Sequence[str]) -> None:
        """The legal bases, one paragraph each, ``;`` after each and ``.`` after the last."""
        for number, line in enumerate(lines, start=1):
            mark = "." if number == len(lines) else ";"
            self.add(Prose(line.rstrip(" .;") + mark, preset.BASIS))

    def text(self, text: str) -> None:
        """Paragraphs, one a line; a line that starts with a dash keeps its dash at the indent."""
        for line in text.splitlines():
            if line.strip():
                self.add(Prose(_DASH.sub(lambda match: f"{match[1]}\u00a0", line.strip())))

    def sections(
        self, sections: Sequence[NarrativeSection], after: Mapping[str, Sequence[Flowable]] | None = None
    ) -> None:
        """The outline with its texts; ``after`` holds blocks to stand below the section of that code.

        Blocks for a section that the outline lacks stand at the end. A section without text or parts says so.
        """
        waiting = dict(after or {})
        for number, section in enumerate(sections):
            follower = sections[number + 1] if number + 1 < len(sections) else None
            self._heading(section)
            self.text(section.text)
            ended = [code for code in waiting if _ends(code, section.code, follower.code if follower else "")]
            blocks = [block for code in ended for block in waiting.pop(code)]
            is_leaf = follower is None or follower.level <= section.level
            if is_leaf and not section.text.strip() and not (section.code in ended and blocks):
                self.add(Prose(UNSAID, preset.UNSAID))
            self._blocks(blocks)
        self._blocks([block for blocks in waiting.values() for block in blocks])

    def _blocks(self, blocks: Iterable[Flowable]) -> None:
        """Add pictures and tables, pictures with their number."""
        for block in blocks:
            if isinstance(block, Picture):
                self._pictures += 1
                block.caption = f"Biểu đồ {self._pictures}. {block.chart.title}"
            self.add(block)

    def _heading(self, section: NarrativeSection) -> None:
        """Queue a heading: level 1 in capitals, levels 1 and 2 bold, level 3 plain (annex I, II.6đ)."""
        heading = section.heading.upper() if section.level == 1 else section.heading
        self._headings.append(section.heading)
        mark = section.mark.replace(" ", "\u00a0")
        style = preset.SECTION if section.level < 3 else preset.POINT
        self._leaders.append(Heading(f"{mark}\u00a0{heading}" if heading else mark, style, section.level - 1))

    def closing(self, text: str) -> None:
        """The last sentence with the end mark, recipients and signature, never parted from the text before."""
        signature = Signature(self.head)
        last = Prose(text.rstrip(" ./") + END_MARK)
        before = self._story[-1] if self._story else None
        if isinstance(before, Prose):
            self._story[-1] = Closing((before, last), signature)
        elif isinstance(before, Together) and isinstance(prose := before.blocks[-1], Prose):
            self._story[-1] = Together(*before.blocks[:-1], Closing((prose, last), signature))
        else:
            self.add(Closing((last,), signature))
        self.add(RecipientsRest(signature))

    def appendix(self, title: str, *blocks: Flowable, landscape: bool = True) -> None:
        """An appendix on pages of its own, numbered from 1 again; Roman numbers when there are several."""
        kind = self.head.type_name.capitalize()
        heading = AppendixHeading(APPENDIX, title, kind)
        self._appendices.append(heading)
        self._story += [StartPart(LANDSCAPE if landscape else PORTRAIT), PageBreak()]
        self._leaders = [heading]
        for block in blocks:
            self.add(block)

    @property
    def title(self) -> str:
        """What the file is called inside: kind and subject."""
        return f"{self.head.type_name} {self.head.subject}".strip()

    @property
    def author(self) -> str:
        """Whose the file is: both lines of the agency."""
        return f"{self.head.parent_agency} {self.head.agency}".strip()

    def story(self) -> list[Flowable]:
        """All parts in reading order, the appendices numbered. A table among them yields its rows once."""
        if len(self._appendices) > 1:
            for number, heading in enumerate(self._appendices, start=1):
                heading.label = f"{APPENDIX} {roman(number)}"
        return [*self._story, *self._leaders]

    def _with_contents(self) -> list[Flowable]:
        """The story with the contents of a long document behind its text."""
        text, rest = self._parted()
        contents = Contents(self._appendices)
        return [*text, StartContents(contents), contents, *rest]

    def _parted(self) -> tuple[list[Flowable], list[Flowable]]:
        """The story in two: the text, and the appendices."""
        story = self.story()
        end = next((place for place, block in enumerate(story) if isinstance(block, StartPart)), len(story))
        return story[:end], story[end:]

    def long_headings(self) -> tuple[Entry, ...] | None:
        """The headings with their pages where the text is long enough for contents, else None. Uses the paper up."""
        rehearsal = Rehearsal()
        try:
            self._template().print([*self._parted()[0], rehearsal])
        except LayoutError:  # such a text has no pages; printing it says why
            return None
        return rehearsal.entries

    @property
    def appendix_names(self) -> list[str]:
        """How the appendices are called, once ``story`` has numbered them."""
        return [heading.called for heading in self._appendices]

    def mark(self) -> CodeMark | None:
        """The code at the foot; a draft has none."""
        head = self.head
        return CodeMark(head.code, head.verify_url) if head.code and not head.is_draft else None

    def print(self, sheet: type[Sheet] = Sheet) -> bytes:
        """The finished PDF. Equal documents give equal bytes. Raises UnprintableError rather than cutting a part."""
        try:
            return self._template().print([*self._with_contents(), MissingNote()], sheet)
        except LayoutError as error:
            raise UnprintableError(self._longest()) from error

    def _template(self) -> OfficialTemplate:
        """The pages that the story is laid out on."""
        return OfficialTemplate(title=self.title, author=self.author, subject=self.head.subject,
                                is_draft=self.head.is_draft, mark=self.mark())

    def _longest(self) -> str:
        """The longest of the parts that cannot be broken."""
        head = self.head
        return max((head.subject, head.agency, head.place, head.signer_position, head.signer_name, *self._headings,
                    *(heading.title for heading in self._appendices)), key=len)


class MissingNote(Block):
    """The note at the end of a document on signs that were printed as codes; nothing when there was none."""

    def __init__(self) -> None:
        super().__init__()
        self._prose: Prose | None = None

    @property
    def _ZEROSIZE(self) -> bool:  # noqa: N802 - ReportLab's name
        """Whether the note takes no room, so that it never opens a page of its own."""
        return hasattr(self, "canv") and not self.typesetter.missing

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how many signs were replaced and which."""
        missing = list(self.typesetter.missing)
        if not missing:
            return width, 0.0
        self._prose = Prose(missing_words(missing), preset.NOTE)
        return width, self._prose.wrapOn(self.canv, width, height)[1] + ABOVE_NOTE

    def draw(self) -> None:
        """Write the note."""
        if self._prose is not None:
            self._prose.drawOn(self.canv, 0, 0)


def missing_words(missing: Sequence[str]) -> str:
    """The note on signs that were printed as codes: "Ghi chú: có 1 ký tự … (U+1F600)."."""
    named = ", ".join(code_of(sign) for sign in missing[:_NAMED_CODES])
    more = f" và {len(missing) - _NAMED_CODES} ký tự khác" if len(missing) > _NAMED_CODES else ""
    return (f"Ghi chú: có {len(missing)} ký tự không có trong phông chữ của văn bản, được in bằng mã trong "
            f"ngoặc vuông ({named}{more}).")


def _ends(code: str, here: str, following: str) -> bool:
    """Whether the part ``code`` of the outline ends with the section ``here``."""
    inside = here == code or here.startswith(f"{code}.")
    return inside and not following.startswith(f"{code}.")
