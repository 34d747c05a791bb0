"""Writes a document's parts as DOCX: one walk over the blocks that the PDF is printed from, so both say the same."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from exports.layout.address import Addressees, AppendixHeading
from exports.layout.closing import Closing, RecipientsRest, Signature
from exports.layout.letter import LetterSubject
from exports.layout.letterhead import KindAndSubject, Letterhead
from exports.layout.paper import ABOVE_NOTE, Paper, missing_words
from exports.layout.picture import Picture
from exports.layout.preset import NOTE
from exports.layout.prose import Heading, Prose, Together
from exports.layout.sheet import Entry, StartPart
from exports.layout.table import RowTable
from exports.word import head
from exports.word.contents import WordContents
from exports.word.markup import Set, paragraph, run, spacer
from exports.word.package import WordFile
from exports.word.picture import Gallery
from exports.word.scribe import Scribe
from exports.word.styles import CLOSING, HEADINGS
from exports.word.table import WordTable


def write_word(paper: Paper, headings: Sequence[Entry] | None = None) -> bytes:
    """The document as a DOCX file; equal documents give equal bytes. Raises TypeError for a block without a form.

    ``headings`` are those of a long text with their pages on paper (``Paper.long_headings``): they become its contents.
    """
    return Writer(paper, headings).write()


class Writer:
    """One walk over one document."""

    def __init__(self, paper: Paper, headings: Sequence[Entry] | None = None) -> None:
        self.paper = paper
        self._story = paper.story()
        self._contents = WordContents(headings, paper.appendix_names) if headings is not None else None
        self._appendices = 0
        self._is_listed = self._contents is None
        """Whether the contents stand there, or there are none."""
        self.scribe = Scribe()
        self.file = WordFile(
            *(self.scribe.words(text) for text in (paper.title, paper.author, paper.head.subject)),
            is_draft=paper.head.is_draft, mark=paper.mark())
        self.gallery = Gallery(self.file.document.part)
        self.body: list[str] = []
        self._is_opened = True
        """Whether a page has just begun, so that a break would leave it empty."""

    def write(self) -> bytes:
        """The finished file."""
        self.scribe.styles.has_contents = self._contents is not None
        for block in self._story:
            self._add(block)
        self._list_contents()
        missing = self.scribe.missing
        if missing:
            self._paragraph(missing_words(missing), self.scribe.styles.of(NOTE), Set(before=ABOVE_NOTE))
        if not self.body or self.body[-1].endswith("</w:tbl>"):
            self.body.append(spacer(1.0, keeps_next=False))
        return self.file.save(self.scribe.styles.xml(), self.body, self.file.section(self.scribe.orientation))

    def _add(self, block: Flowable, *, keeps_next: bool = False) -> None:
        """Write one block, and those inside it."""
        match block:
            case Together():
                for leader in block.blocks[:-1]:
                    self._add(leader, keeps_next=True)
                self._add(block.blocks[-1], keeps_next=keeps_next)
            case Closing():
                for prose in block.paragraphs[:-1]:
                    self._add(prose)
                self._paragraph(block.paragraphs[-1].text, CLOSING, Set(keeps_next=True))
                self._add(block.signature)
            case StartPart():
                self._start_part(block.orientation)
            case PageBreak():
                if not self._is_opened:
                    self.body.append(paragraph("Spacer", '<w:r><w:br w:type="page"/></w:r>'))
            case RecipientsRest():
                pass  # those below the signature are written with it
            case _:
                self._write(block, keeps_next=keeps_next)
        self._is_opened = isinstance(block, (StartPart, PageBreak))

    def _write(self, block: Flowable, *, keeps_next: bool) -> None:
        """Write a block that holds no others."""
        scribe = self.scribe
        match block:
            case Heading():
                self._heading(block)
            case Prose():
                self._paragraph(block.text, scribe.styles.of(block.style), Set(keeps_next=keeps_next))
            case RowTable():
                self.body += [spacer(block.gap), WordTable(scribe, block).xml()]
            case Picture():
                self.body += self.gallery.hang(scribe, block)
            case Letterhead():
                self.body += head.letterhead(scribe, block)
            case LetterSubject():
                self.body += head.letter_subject(scribe, block)
            case KindAndSubject():
                self.body += head.kind_and_subject(scribe, block)
            case Addressees():
                self.body += head.addressees(scribe, block)
            case AppendixHeading():
                self.body += self._appendix(head.appendix_heading(scribe, block))
            case Signature():
                self.body += head.signature(scribe, block)
            case _:
                raise TypeError(f"a DOCX file has no form for {type(block).__name__}")

    def _paragraph(self, text: str, style: str, how: Set | None = None) -> None:
        """Write one paragraph of text."""
        words = run(self.scribe.words(text))
        self.body.append(paragraph(style, words, how) if how and how != Set() else paragraph(style, words))

    def _heading(self, block: Heading) -> None:
        """Write a heading, with a bookmark where the contents list it."""
        words = run(self.scribe.words(block.text))
        if self._contents is not None:
            words = self._contents.heading(words, block.level)
        self.body.append(paragraph(HEADINGS[min(block.level, 2)], words))

    def _appendix(self, parts: list[str]) -> list[str]:
        """The ready heading of an appendix, with a bookmark for the contents around its label."""
        if self._contents is None:
            return parts
        start, properties, words = parts[0].partition("</w:pPr>")
        label = self._contents.appendix(self._appendices, words.removesuffix("</w:p>"))
        self._appendices += 1
        return [f"{start}{properties}{label}</w:p>", *parts[1:]]

    def _list_contents(self) -> None:
        """Write the contents behind the text, once."""
        if self._contents is not None and not self._is_listed:
            self.body += self._contents.blocks(self.scribe.words)
        self._is_listed = True

    def _start_part(self, orientation: str) -> None:
        """End the part before; what follows stands on pages of its own, numbered from 1."""
        self._list_contents()
        before = self.file.section(self.scribe.orientation)
        self.body.append(paragraph("Spacer", how=Set(height=1.0), section=before))
        self.scribe.orientation = orientation


__all__ = ["Writer", "write_word"]
