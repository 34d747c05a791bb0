"""Lists that are typed a line a thing come back as they were, whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from forms.lines import (
    format_choices,
    format_factors,
    format_scales,
    read_choices,
    read_factors,
    read_scales,
)
from models.question import Choice, Factor, Words

texts = st.text("aăđ |\n.=", min_size=1, max_size=12).map(str.strip).filter(lambda text: text.strip("| ") != "")
words = st.builds(Words, texts, st.one_of(st.just(""), texts))


@given(st.lists(words, min_size=1, max_size=5))
def test_options_factors_and_scales_come_back(given_words: list[Words]) -> None:
    choices = tuple(Choice(f"c{number}", text) for number, text in enumerate(given_words))
    assert read_choices(format_choices(choices)) == choices
    factors = tuple(Factor(f"F{number}", text, number % 2 == 0) for number, text in enumerate(given_words))
    assert read_factors(format_factors(factors)) == factors
    scales = (("muc", tuple(given_words)),)
    assert read_scales(format_scales(scales, "vi"), format_scales(scales, "en")) == scales


def test_a_line_without_a_code_gets_the_next_free_number() -> None:
    found = read_choices("Có\n2 | Không\n\nKhác\n | Không muốn trả lời | Rather not say")
    assert [(choice.code, choice.text.vi) for choice in found] == [
        ("1", "Có"), ("2", "Không"), ("3", "Khác"), ("4", "Không muốn trả lời")]
    assert found[3].text.en == "Rather not say"
