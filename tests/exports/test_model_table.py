"""Good models on paper: an appendix of their own, a short list in the summary, nothing where none was picked."""

import pytest

from exports import consolidation, summary
from queries.model_annex import ModelLine
from tests.exports import samples
from tests.support.paper import Paper

HEADING = "ĐIỂN HÌNH, MÔ HÌNH HAY"
LINE = ModelLine("Mô hình hay", "Bàn hướng dẫn hồ sơ", "Trường A (minh họa)", "Cách làm.\nKết quả.")


def words(content: bytes) -> str:
    return " ".join(Paper(content).text().split())


def test_without_a_model_there_is_no_appendix_and_no_list() -> None:
    assert HEADING not in words(consolidation.build(samples.consolidated()))
    assert "nên nhân rộng" not in words(summary.build(samples.summary()))


def test_models_stand_in_appendix_five_under_their_kind_with_a_name_where_one_may_be_told() -> None:
    person = ModelLine("Cá nhân điển hình", "Tận tụy", "Trường B (minh họa)", "Lời kể.", "Cán bộ A (minh họa)")
    said = words(consolidation.build(samples.consolidated(models=(LINE, person))))
    annex = said[said.index(f"Phụ lục V {HEADING}"):]
    assert all(word in annex for word in (
        "Mô hình hay", "Bàn hướng dẫn hồ sơ", "Trường A (minh họa)", "Cá nhân điển hình", "Cán bộ A (minh họa)"))


@pytest.mark.parametrize("text", ["", "Dài " * 3000])
def test_an_absurd_text_prints_all_of_its_models(text: str) -> None:
    lines = tuple(ModelLine("Mô hình hay", f"Tên số {number}", "Trường", text) for number in range(3))
    said = words(consolidation.build(samples.consolidated(models=lines)))
    assert all(f"Tên số {number}" in said for number in range(3)) and said.count("Dài") == 3 * text.count("Dài")


def test_the_summary_stays_at_two_pages_and_counts_the_models_it_leaves_out() -> None:
    paper = Paper(summary.build(samples.summary(200, models=tuple(("Tên mô hình", "Trường") for _n in range(60)))))
    assert len(paper) == 2
    assert "nên nhân rộng (60)" in paper.text() and "mô hình khác" in paper.text()
