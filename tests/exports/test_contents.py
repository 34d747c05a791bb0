"""The contents of a long document: behind its text, with the pages on which the headings really stand."""

import pytest

from exports import consolidation
from exports.layout.contents import LONG
from tests.exports import samples
from tests.exports.reading import lines
from tests.support.paper import Paper


def printed(paragraphs: int) -> Paper:
    text = "\n".join([samples.SENTENCE] * paragraphs)
    return Paper(consolidation.build(samples.consolidated(schools=0, sections=samples.outline(text))))


@pytest.fixture(scope="module")
def paper() -> Paper:
    return printed(14)


def contents_page(paper: Paper) -> int:
    return next(page for page in range(len(paper)) if paper.text(page).partition(" ")[2].startswith("MỤC LỤC"))


def test_a_long_document_lists_its_headings_with_the_pages_on_which_they_stand(paper: Paper) -> None:
    here = contents_page(paper)
    assert here > LONG and "Nơi nhận:" in paper.text(here - 1)
    assert paper.text(here + 1).startswith("Phụ lục I ")
    found = [line.text.rpartition(" ") for line in lines(paper, here)[2:] if line.text[-1].isdigit()]
    assert len(found) == 12
    assert [heading for heading, _, _ in found][:3] == [
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "II. KẾT QUẢ THỰC HIỆN", "1. Kết quả theo nội dung tuyên truyền"]
    for heading, _, page in found:
        assert heading in paper.text(int(page) - 1), heading
        assert "Bold" in next(line.font for line in lines(paper, int(page) - 1) if line.text == heading)


def test_the_contents_name_the_appendices_and_lead_to_every_heading(paper: Paper) -> None:
    here = contents_page(paper)
    text = paper.text(here)
    for words in ("Phụ lục I. Tổng hợp kết quả theo chỉ tiêu", "Phụ lục IV. Kết quả theo nội dung của kế hoạch"):
        assert words in text
    links = [link.get_object() for link in paper.reader.pages[here].annotations or ()]
    assert len(links) == 16
    pages = [page.indirect_reference.idnum for page in paper.reader.pages if page.indirect_reference is not None]
    reached = [pages.index(link["/Dest"][0].idnum) for link in links]
    assert reached == sorted(reached)
    starts = [paper.text(page).split()[2] for page in reached[-4:]]
    assert starts == ["I", "II", "III", "IV"]


def test_the_lines_keep_to_the_margins_and_page_numbers_stand_below_each_other(paper: Paper) -> None:
    found = lines(paper, contents_page(paper))[2:]
    ends = {round(line.right, 1) for line in found if line.text[-1].isdigit()}
    assert ends == {195.0}
    assert min(line.left for line in found) == pytest.approx(30, abs=0.1)
    assert all(13 <= line.size <= 14 for line in found)


def test_a_document_of_a_few_pages_has_no_contents_and_no_page_for_them() -> None:
    short = printed(1)
    assert "MỤC LỤC" not in short.text()
    blank = [page for page in range(len(short)) if not short.words(page)]
    assert blank == []
