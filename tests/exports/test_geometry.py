"""Every official document at every size, measured on the page against the decree: margins, page numbers, head, text,
signature, tables; what goes in comes out."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from exports import consolidation
from exports.layout.preset import FILE
from queries.document import ConsolidatedDocument, DocumentHead
from tests.exports import samples
from tests.exports.geometry import MM, SLACK_MM, MeasuredPaper, letters_of, squeezed, texts_in
from tests.exports.official_papers import ABSURD, EMPTY, EVERY, OFFICIAL, ORDINARY
from tests.exports.reading import TextLine, find, level_rules, lines, upright_rules

LAYOUT: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
PARTS = {part["id"]: part for part in LAYOUT["components"]}
SIDES = LAYOUT["page"]["margins"]
LEFT, RIGHT, TOP, BOTTOM = (float(SIDES[side]["use"]) for side in ("left", "right", "top", "bottom"))
CASES = [(kind, size) for kind, sizes in OFFICIAL.items() for size in sizes]
SIGNED = [(kind, size) for kind, size in CASES if kind != "board" and size == ORDINARY]
LARGE = [(kind, size) for kind, size in CASES if size != EMPTY]
LETTER = "letter"

_papers: dict[tuple[str, str], MeasuredPaper] = {}


def paper_of(kind: str, size: str) -> MeasuredPaper:
    """A document, printed once for all tests of this module."""
    if (kind, size) not in _papers:
        _papers[kind, size] = MeasuredPaper(EVERY[kind][size][1]())
    return _papers[kind, size]


@pytest.fixture(autouse=True, scope="module")
def _close_files() -> Iterator[None]:
    yield
    for paper in _papers.values():
        paper.close()


def head_of(kind: str, size: str) -> DocumentHead:
    head: DocumentHead = EVERY[kind][size][0].head  # type: ignore[union-attr]  # official ones have a head
    return head


def assert_set_as(line: TextLine, part: str) -> None:
    """Size, boldness and slant of a line are those of the decree."""
    wanted = PARTS[part]
    size = wanted["size"]
    least, most = (size["min"], size["max"]) if isinstance(size, dict) else (size, size)
    assert least <= line.size <= most, (part, line)
    assert ("Bold" in line.font) == wanted["bold"], (part, line)
    assert ("Italic" in line.font) == wanted["italic"], (part, line)


def test_the_measures_of_the_file_are_those_of_the_decree() -> None:
    margins = LAYOUT["page"]["margins"]
    assert all(margin["min"] <= margin["use"] <= margin["max"] for margin in margins.values())
    assert (margins["left"]["min"], margins["left"]["max"]) == (30, 35)
    assert (margins["right"]["min"], margins["right"]["max"]) == (15, 20)
    assert (margins["top"]["min"], margins["bottom"]["max"]) == (20, 25)
    assert LAYOUT["body"]["paragraph_gap_min_pt"] == 6
    assert (LAYOUT["page_number"]["size"]["min"], LAYOUT["page_number"]["size"]["max"]) == (13, 14)


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_no_ink_stands_in_the_margins_but_page_number_and_mark_of_a_draft(kind: str, size: str) -> None:
    paper, is_draft = paper_of(kind, size), head_of(kind, size).is_draft
    for page in range(len(paper)):
        width, height = paper.size_mm(page)
        assert paper.ink_mm(page, 0, 0, LEFT - SLACK_MM, height) is None, page
        assert paper.ink_mm(page, width - RIGHT + SLACK_MM, 0, width, height) is None, page
        above = paper.ink_mm(page, 0, 0, width, TOP - SLACK_MM)
        assert (above is None) == (page in paper.starts), page
        if above is not None:
            assert (above[0] + above[2]) / 2 == pytest.approx(width / 2, abs=1)
            assert above[1] > 5 and above[3] < TOP - 4
        below = paper.ink_mm(page, 0, height - BOTTOM + SLACK_MM, width, height)
        assert (below is not None) == is_draft, page


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_pages_are_numbered_from_the_second_of_the_text_and_of_each_appendix(kind: str, size: str) -> None:
    paper = paper_of(kind, size)
    expected = [str(page - start + 1) if page > start else ""
                for start, end in pairwise([*paper.starts, len(paper)]) for page in range(start, end)]
    assert [paper.text_between(page, 0, 17).strip() for page in range(len(paper))] == expected


@pytest.mark.parametrize("kind", OFFICIAL)
def test_page_numbers_are_upright_and_of_thirteen_or_fourteen_points(kind: str) -> None:
    paper = paper_of(kind, ABSURD)
    page = next(page for page in range(len(paper)) if page not in paper.starts)
    number = next(word for word in paper.words(page) if word.bottom / MM < TOP)
    assert 13 <= number.size <= 14 and "Bold" not in number.font and "Italic" not in number.font
    assert (number.left + number.right) / 2 == pytest.approx(paper.size_mm(page)[0] * MM / 2, abs=0.5)


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_every_page_is_a4_upright_for_the_text(kind: str, size: str) -> None:
    paper = paper_of(kind, size)
    for page in range(len(paper)):
        assert sorted(paper.size_mm(page)) == pytest.approx([210, 297], abs=0.1)
    assert all(paper.size_mm(page)[0] < 211 for page in range(paper.last_of_text + 1))


def columns_of(paper: MeasuredPaper) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of the head's two columns; where they part follows from the size of the national title."""
    nation = next(line for line in lines(paper, 0) if "CỘNG HÒA" in line.text)
    edge = 195 - (98 if nation.size > 12.5 else 91)
    return lines(paper, 0, right_mm=edge - 0.5), lines(paper, 0, left_mm=edge - 0.5)


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_the_head_has_the_cells_of_the_decree_and_its_columns_stay_apart(kind: str, size: str) -> None:
    paper, head = paper_of(kind, size), head_of(kind, size)
    left, right = columns_of(paper)
    nation, motto = find(right, "CỘNG HÒA"), find(right, "Độc lập")
    number = find(left, "Số:")
    bold = [line for line in left if "Bold" in line.font and line.top < number.top]
    assert squeezed(head.agency) in squeezed(" ".join(line.text for line in bold))
    agency = [line for line in bold if squeezed(line.text) in squeezed(head.agency)]
    day = next(line for line in right if line.top > motto.top + 2)
    for line, part in ((nation, "quoc_hieu"), (motto, "tieu_ngu"), (agency[0], "co_quan_ban_hanh"),
                       (number, "so_ky_hieu"), (day, "dia_danh_thoi_gian")):
        assert_set_as(line, part)
    assert nation.middle == pytest.approx(motto.middle, abs=0.2) == pytest.approx(day.middle, abs=0.4)
    assert number.middle == pytest.approx(agency[0].middle, abs=0.4)
    assert number.top == pytest.approx(day.top, abs=0.6)
    assert max(line.right for line in agency) < nation.left
    assert nation.right <= 195.1 and min(line.left for line in agency) >= LEFT - 0.1
    rules = level_rules(paper, 0)
    under_motto = min(rules, key=lambda rule: abs(rule.length - motto.width) + abs(rule.middle - motto.middle))
    assert under_motto.length == pytest.approx(motto.width, abs=0.3)
    assert 0 < under_motto.top - motto.top < 8
    widest = max(line.width for line in agency)
    under_agency = next(rule for rule in rules if rule.top > agency[-1].top and rule.right < nation.left + 5)
    assert 1 / 3 <= under_agency.length / widest <= 1 / 2
    assert under_agency.middle == pytest.approx(agency[0].middle, abs=0.3)


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_kind_and_subject_stand_centred_above_a_rule_or_a_letters_subject_under_its_number(
        kind: str, size: str) -> None:
    paper, head = paper_of(kind, size), head_of(kind, size)
    found = lines(paper, 0)
    if kind == LETTER:
        left, _ = columns_of(paper)
        about = find(left, "V/v")
        assert_set_as(about, "trich_yeu_cong_van")
        assert about.middle == pytest.approx(find(left, "Số:").middle, abs=1)
        assert "CÔNG VĂN" not in paper.text(0)
        return
    title = next(line for line in found if line.text == head.type_name)
    assert_set_as(title, "ten_loai")
    subject = found[found.index(title) + 1]
    assert_set_as(subject, "trich_yeu")
    assert title.middle == pytest.approx(112.5, abs=0.2) == pytest.approx(subject.middle, abs=0.2)
    bold = [line for line in found if line.top > title.top and "Bold" in line.font and line.text in head.subject]
    rule = next(rule for rule in level_rules(paper, 0) if rule.top > subject.top)
    assert 1 / 3 <= rule.length / max(line.width for line in bold or [subject]) <= 1 / 2
    assert rule.middle == pytest.approx(112.5, abs=0.2)


@pytest.mark.parametrize("kind", OFFICIAL)
def test_plans_and_working_papers_carry_no_addressees_and_reports_and_letters_do(kind: str) -> None:
    found = lines(paper_of(kind, ORDINARY), 0)
    dear = [line for line in found if line.text.startswith("Kính gửi:")]
    assert bool(dear) == (kind not in ("plan", "board"))
    names = head_of(kind, ORDINARY).addressees
    if len(names) == 1:
        assert dear[0].text == f"Kính gửi: {names[0]}"
        assert dear[0].middle == pytest.approx(112.5, abs=0.5)
    elif names:
        dashes = [find(found, f"- {name}") for name in names]
        assert [line.text[-1] for line in dashes] == [";"] * (len(names) - 1) + ["."]
        assert all(line.left == pytest.approx(dear[0].right - 1.3, abs=0.5) for line in dashes)
    if dear:
        assert_set_as(dear[0], "kinh_gui")


@pytest.mark.parametrize(("kind", "size"), [case for case in CASES if case[1] != ABSURD])
def test_prose_has_the_size_the_indent_the_spacing_and_the_gaps_of_the_decree(kind: str, size: str) -> None:
    body, single = LAYOUT["body"], 1.15 * 14
    found = [line for line in lines(paper_of(kind, size), 0)
             if line.size >= 13 and line.top > 55 and "Bold" not in line.font and line.text[:4] != "Kính"]
    text = [line for line in found if line.left < LEFT + 0.1 or abs(line.left - LEFT - 10) < 0.1]
    starts = [line for line in text if line.left > LEFT + 5]
    assert starts
    low, high = body["first_line_indent_mm"]
    for line in starts:
        assert body["size"]["min"] <= line.size <= body["size"]["max"]
        assert low - 0.05 <= line.left - LEFT <= high + 0.05
        assert "Bold" not in line.font
    for upper, lower in pairwise(text):
        step = (lower.top - upper.top) * MM
        if lower.left < LEFT + 5 and step < 30:
            assert single <= step <= 1.5 * single
        elif lower.left > LEFT + 5:
            assert step >= single + body["paragraph_gap_min_pt"]


@pytest.mark.parametrize(("kind", "size"), SIGNED)
def test_recipients_stand_level_with_the_signature_which_has_room_for_hand_and_seal(kind: str, size: str) -> None:
    paper, head = paper_of(kind, size), head_of(kind, size)
    left, right = (lines(paper, paper.last_of_text, right_mm=112.5), lines(paper, paper.last_of_text, left_mm=112.4))
    label = find(left, "Nơi nhận:")
    upper = [find(right, text) for text in (head.authority, head.signer_position) if text]
    assert_set_as(label, "noi_nhan_label")
    for place, name in enumerate(head.recipients):
        line = find(left, f"- {name}")
        assert_set_as(line, "noi_nhan_list")
        assert line.text[-1] == ("." if place == len(head.recipients) - 1 else ";")
        assert line.left == pytest.approx(LEFT, abs=0.1)
    assert upper[0].top == pytest.approx(label.top, abs=1)
    for line in upper:
        assert_set_as(line, "quyen_han_chuc_vu")
        assert line.middle == pytest.approx((112.5 + 195) / 2, abs=0.3)
    if head.signer_name:
        name_line = find(right, head.signer_name)
        assert_set_as(name_line, "ho_ten")
        assert name_line.middle == pytest.approx(upper[-1].middle, abs=0.2)
        assert name_line.top - upper[-1].top - upper[-1].size / MM >= 35
    ended = find(list(reversed([line for line in lines(paper, paper.last_of_text) if line.top < label.top])), "")
    assert ended.text.endswith("./.")


@pytest.mark.parametrize(("kind", "size"), LARGE)
def test_an_appendix_is_headed_as_the_decree_says(kind: str, size: str) -> None:
    paper = paper_of(kind, size)
    many = len(paper.starts) > 2
    for place, page in enumerate(paper.starts[1:]):
        found = lines(paper, page)
        label, title = found[0], found[1]
        reference = find(found, "(Kèm theo")
        numeral = f" {('I', 'II', 'III', 'IV', 'V', 'VI')[place]}" if many else ""
        assert label.text == f"Phụ lục{numeral}"
        for line, part in ((label, "phu_luc_label"), (title, "phu_luc_title"), (reference, "phu_luc_reference")):
            assert_set_as(line, part)
            assert line.middle == pytest.approx(LEFT + (paper.size_mm(page)[0] - LEFT - RIGHT) / 2, abs=0.3)
        assert title.text == title.text.upper()


@pytest.mark.parametrize(("kind", "size"), LARGE)
def test_words_of_tables_keep_to_their_cells_and_never_lie_on_each_other(kind: str, size: str) -> None:
    paper = paper_of(kind, size)
    for page in paper.starts[1:]:
        rules = [rule for rule in upright_rules(paper, page) if rule[2] - rule[1] > 1]
        words = sorted(paper.words(page), key=lambda word: word.left)
        assert rules
        for word in words:
            middle = (word.top + word.bottom) / 2 / MM
            crossed = [rule for rule in rules if word.left / MM + 0.1 < rule[0] < word.right / MM - 0.1
                       and rule[1] < middle < rule[2]]
            assert not crossed, word
        for place, one in enumerate(words):
            for other in words[place + 1:]:
                if other.left >= one.right - 0.2:
                    break
                assert abs(one.bottom - other.bottom) > 6, (one, other)


def texts_of(kind: str, size: str) -> list[str]:
    """What the document was given to print; a letter has no kind, missing units beyond twenty are counted."""
    document = EVERY[kind][size][0]
    texts = [text for text in dict.fromkeys(texts_in(document)) if text != "CÔNG VĂN"]
    if isinstance(document, ConsolidatedDocument) and len(document.missing) > 20:
        texts = [text for text in texts if text not in document.missing]
    return [text for text in texts if kind != "plan" or text != "Sửa có lý do"]  # targets have no source


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind != "summary"])
def test_every_text_that_goes_in_comes_out_in_one_piece(kind: str) -> None:
    texts = texts_of(kind, ORDINARY)
    printed = squeezed(paper_of(kind, ORDINARY).body).casefold()
    assert len(texts) > 3
    assert [text for text in texts if squeezed(text).casefold() not in printed] == []


@pytest.mark.parametrize("kind", OFFICIAL)
def test_of_absurd_texts_not_one_sign_is_cut(kind: str) -> None:
    texts, paper = texts_of(kind, ABSURD), paper_of(kind, ABSURD)
    wanted: Counter[str] = Counter()
    for text in texts:
        wanted += letters_of(text)
    assert wanted - letters_of(paper.body) == Counter()
    whole = squeezed(paper.body).casefold()
    words = {squeezed(word).casefold() for text in texts for word in text.split() if len(word) < 12}
    assert [word for word in words if word not in whole] == []


@pytest.mark.parametrize(("kind", "size"), [(kind, size) for kind, sizes in EVERY.items() for size in sizes])
def test_files_have_only_embedded_faces_of_tinos_their_language_and_equal_bytes(kind: str, size: str) -> None:
    paper = paper_of(kind, size)
    fonts = paper.fonts()
    assert fonts and all(name.startswith("Tinos") and embedded for name, embedded in fonts.items()), fonts
    assert str(paper.reader.root_object["/Lang"]) == "vi"
    assert EVERY[kind][size][1]() == paper.content


@pytest.mark.pdf
@pytest.mark.parametrize(("kind", "size"), [(kind, size) for kind, sizes in EVERY.items() for size in sizes])
def test_files_are_sound(kind: str, size: str, tmp_path: Path) -> None:
    assert paper_of(kind, size).complaints(tmp_path) == ""


def test_the_code_of_a_frozen_document_stands_in_the_bottom_margin_below_all_text() -> None:
    head = samples.head(code="K7PM-4TQX-92HD", verify_url="https://cchc.example.vn/verify/K7PM-4TQX-92HD")
    paper = MeasuredPaper(consolidation.build(samples.consolidated(1, 0, head=head)))
    for page in range(len(paper)):
        width, height = paper.size_mm(page)
        ink = paper.ink_mm(page, 0, height - BOTTOM + SLACK_MM, width, height)
        assert ink is not None and ink[0] >= LEFT and ink[2] <= width - RIGHT + SLACK_MM
        assert height - 16.5 <= ink[1] and ink[3] <= height - 4
        assert "K7PM-4TQX-92HD" in paper.text_between(page, height - BOTTOM, height)
        assert paper.ink_mm(page, 0, height - BOTTOM + SLACK_MM, width, height - 16.5) is None
    paper.close()
