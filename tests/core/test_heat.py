"""The heat table's tints: the same on the page and on paper."""

from hypothesis import given
from hypothesis import strategies as st

from core.heat import STEPS, heat_of_counts, heat_step


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_a_cell_is_tinted_by_its_share_and_nothing_at_all_has_no_tint(one: int, other: int) -> None:
    most = max(one, other)
    assert heat_step(0, most) == 0
    assert all(1 <= heat_step(count, most) <= STEPS for count in (one, other) if count)
    assert (one <= other) == (heat_step(one, most) <= heat_step(other, most)) or heat_step(one, most) == heat_step(
        other, most)


def test_rows_and_columns_without_anything_are_named() -> None:
    heat = heat_of_counts(("Nội dung 1", "Nội dung 2"), [("Huyện A", (0, 0)), ("Huyện B", (7, 0))])
    assert [row.is_empty for row in heat.rows] == [True, False]
    assert heat.empty_columns == ("Nội dung 2",)
    assert heat.rows[1].steps == (5, 0)
    assert heat_of_counts((), []).rows == ()
