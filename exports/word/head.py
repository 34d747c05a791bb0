"""The head and the end of a DOCX document: letterhead, kind and subject, addressees, appendix headings, signature.

The blocks of the paper break their lines first; Word gets the same columns, indents and rules, so that it breaks them
in the same places, and texts that can be written on in one piece.
"""

from reportlab.lib.units import mm

from exports.layout import letterhead as paper
from exports.layout.address import AFTER, DEAR, Addressees, AppendixHeading
from exports.layout.closing import GAP, LIST, MOST_LINES, RECIPIENTS, Signature, recipient_lines
from exports.layout.letter import ABOUT, LetterSubject
from exports.layout.letter import STYLE as ABOUT_STYLE
from exports.layout.letterhead import KindAndSubject, Letterhead
from exports.layout.preset import SIGNATURE_ROOM, Style
from exports.layout.typesetter import Line
from exports.word.markup import Set, bare_table, paragraph, rule, run, spacer
from exports.word.scribe import Scribe

BELOW_REFERENCE = 7.0
"""Between the rule of an appendix and what follows, points."""
ABOVE_NUMBER = 7.0
"""Between the rules of the head and the number below them, points."""


def letterhead(scribe: Scribe, block: Letterhead) -> list[str]:
    """Cells 1 to 4: two columns without rules, the two drawn rules, the number and the day."""
    scribe.measure(block)
    left, right = block.left_width, scribe.width - block.left_width
    head = block.head
    (parent, parent_style), (agency, agency_style) = block.left_lines
    (nation, nation_style), (motto, motto_style) = block.right_lines
    number, day = block.last_lines
    day_style = Style(size=block.motto_size, leading=0)
    upper_left = _line(scribe, head.parent_agency, parent, parent_style, left, bold=False)
    upper_left += _line(scribe, head.agency, agency, agency_style, left, bold=True)
    upper_left += _rule_below(agency, left, paper.SHARE_OF_TEXT)
    upper_right = _line(scribe, nation[0][0], nation, nation_style, right, bold=True)
    upper_right += _line(scribe, motto[0][0], motto, motto_style, right, bold=True)
    upper_right += _rule_below(motto, right, 1.0)
    lower_left = _plain(number, paper.NUMBER_SIZE, italic=False)
    lower_right = _plain(day, day_style.size, italic=True)
    return [bare_table((left, right), [(upper_left, upper_right), (lower_left, lower_right)])]


def _line(scribe: Scribe, text: str, lines: list[Line], style: Style, width: float, *, bold: bool) -> str:
    """One line of the head, broken as on paper; nothing for an empty name unless the column would be empty."""
    side = scribe.side(lines, width)
    words = run(scribe.balanced(text, lines), bold=bold, size=style.size)
    return paragraph("Letterhead", words, Set(left=side, right=side)) if words else ""


def _rule_below(lines: list[Line], width: float, share: float) -> str:
    """The rule under an agency or the motto; an empty line of its height where there is nothing to rule."""
    if not lines:
        return spacer(3.0)
    return rule(width, share * max(line[1] for line in lines), paper.RULE_WEIGHT)


def _plain(lines: list[Line], size: float, *, italic: bool) -> str:
    """The number or the day, with the room that is left to write in."""
    words = run(" ".join(line[0] for line in lines), italic=italic, size=size)
    return paragraph("Letterhead", words, Set(before=ABOVE_NUMBER))


def letter_subject(scribe: Scribe, block: LetterSubject) -> list[str]:
    """Cell 5b: "V/v …" in the left column, below the number."""
    scribe.measure(block)
    column = block.letterhead.left_width
    side = scribe.side(block.lines, column)
    how = Set(left=side, right=scribe.width - column + side, before=block.gap)
    words = scribe.balanced(f"{ABOUT} {block.subject}", block.lines)
    return [paragraph("Letterhead", run(words, size=ABOUT_STYLE.size), how)]


def kind_and_subject(scribe: Scribe, block: KindAndSubject) -> list[str]:
    """Cell 5a: kind, subject and the rule below."""
    scribe.measure(block)
    subject = block.lines[1]
    side = scribe.side(subject, scribe.width)
    found = [paragraph("Kind", run(scribe.words(block.kind)), Set(before=block.gap))]
    if subject:
        found.append(paragraph("Kind", run(scribe.balanced(block.subject, subject)), Set(left=side, right=side)))
        length = paper.SHARE_OF_TEXT * max(line[1] for line in subject)
        found.append(rule(scribe.width, length, paper.RULE_WEIGHT))
    return [*found, spacer(4.0)]


def addressees(scribe: Scribe, block: Addressees) -> list[str]:
    """Cell 9a: "Kính gửi", one name on its line, several with dashes below each other."""
    scribe.measure(block)
    start, name_start, dash_start = block.starts
    if len(block.names) == 1:
        how = Set(left=name_start, first=start - name_start, before=block.gap)
        return [paragraph("Addressees", run(scribe.words(f"{DEAR} {block.names[0]}")), how), spacer(AFTER)]
    found = [paragraph("Addressees", run(DEAR), Set(left=start, before=block.gap, keeps_next=True))]
    last = len(block.names) - 1
    for number, name in enumerate(block.names):
        how = Set(left=name_start, first=dash_start - name_start)
        found.append(paragraph("Addressees", run(scribe.words(f"- {name}{';' if number < last else '.'}")), how))
    return [*found, spacer(AFTER)]


def appendix_heading(scribe: Scribe, block: AppendixHeading) -> list[str]:
    """Label, title in capitals, unfilled reference, rule (annex I, III)."""
    scribe.measure(block)
    side = scribe.side(block.title_lines, scribe.width)
    title = run(scribe.balanced(block.title.upper(), block.title_lines))
    return [
        paragraph("Kind", run(block.label)),
        paragraph("AppendixTitle", title, Set(left=side, right=side)),
        paragraph("Reference", run(block.reference)),
        rule(scribe.width, block.rule_length, paper.RULE_WEIGHT),
        spacer(BELOW_REFERENCE),
    ]


def signature(scribe: Scribe, block: Signature) -> list[str]:
    """Recipients at the left; authority, position, room and name at the right; never broken over pages."""
    scribe.measure(block)
    half = scribe.width / 2
    beside, below = _recipients(scribe, block, half - 6 * mm)
    left = "".join(paragraph("RecipientList", run(text), Set(right=6 * mm)) for text in beside)
    if beside:
        left = paragraph("Recipients", run(RECIPIENTS)) + left
    upper, name = block.signer_lines
    right = ""
    for text, lines in zip((block.head.authority, block.head.signer_position), upper, strict=True):
        side = scribe.side(lines, half)
        words = run(scribe.balanced(text, lines))
        right += paragraph("Signer", words, Set(left=side, right=side)) if words else ""
    side = scribe.side(name, half)
    words = run(scribe.balanced(block.head.signer_name, name))
    right += paragraph("Signer", words, Set(left=side, right=side, before=SIGNATURE_ROOM))
    table = bare_table((half, half), [(left or paragraph("RecipientList"), right)])
    rest = [paragraph("RecipientList", run(text), Set(right=half + 6 * mm)) for text in below]
    return [spacer(GAP), table, *rest]


def _recipients(scribe: Scribe, block: Signature, room: float) -> tuple[list[str], list[str]]:
    """Recipients whose lines stand beside the signature, and those below it."""
    beside: list[str] = []
    texts = [scribe.words(text) for text in recipient_lines(block.head)]
    used = 0
    for number, text in enumerate(texts):
        used += len(scribe.wrap(text, LIST, room))
        if used > MOST_LINES:
            return beside, texts[number:]
        beside.append(text)
    return beside, []


__all__ = ["addressees", "appendix_heading", "kind_and_subject", "letter_subject", "letterhead",
           "signature"]
