"""Emulation: how measures become points, points totals, totals ranks, and what is wrong with a rule."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.emulation import RuleKind, RuleMethod, Side
from models.emulation_rule import Rule, check_rule, check_sums, rule_of
from models.emulation_score import (
    Measure,
    Part,
    Point,
    Rank,
    Reason,
    Score,
    add_up,
    dump_score,
    load_score,
    rank,
    rounded,
    score,
    score_rule,
)
from tests.support.house import ROOT

ROWS: list[dict[str, Any]] = json.loads((ROOT / "data" / "programme" / "emulation.json").read_text(encoding="utf-8"))
RULES = tuple(map(rule_of, ROWS))
SAID = Reason("%(count)s lần", (("count", "1"),))
percentages = st.integers(0, 100).flatmap(
    lambda whole: st.integers(1, 50).map(lambda part: Fraction(100 * min(whole, part), max(whole, part, 1))))
counts = st.integers(0, 400).map(Fraction)


def parts(rule: Rule) -> st.SearchStrategy[Measure]:
    """Anything that may be measured for a rule."""
    values = counts if rule.kind.is_timeliness or rule.method is RuleMethod.EACH else percentages
    worst: st.SearchStrategy[Fraction | None] = st.none() if rule.kind.is_timeliness else st.nothing()
    return st.lists(st.builds(Part, st.one_of(values, worst), st.just(SAID), st.booleans()), max_size=4).map(
        lambda found: Measure(tuple(found), (SAID,)))


measures = st.fixed_dictionaries({rule.kind: parts(rule) for rule in RULES})
scores = measures.map(lambda found: score(RULES, found))


def point(code: str, points: str | None, cap: int, kind: RuleKind = RuleKind.PLAN_DONE) -> Point:
    """The points of one rule."""
    return Point(code, code, kind, None if points is None else Decimal(points), cap, ())


def total_score(total: str, breaker: str | None = "0") -> Score:
    """A score with a total and the points of the rule that breaks ties (of 10)."""
    return Score((point("TIE", breaker, 10),), Decimal(total), 100, Decimal(total), Decimal(0), Decimal(0), Decimal(0),
                 Decimal(total))


@given(measures)
def test_points_of_a_rule_lie_between_nothing_and_its_cap(found: dict[RuleKind, Measure]) -> None:
    for made in score(RULES, found).points:
        assert made.points is None or 0 <= made.points <= made.cap
        assert (made.points is None) == (not found[made.kind].parts)


@given(scores)
def test_what_is_explained_adds_up_to_the_total(made: Score) -> None:
    main = sum((row.points for row in made.points if row.side is Side.MAIN and row.points is not None), Decimal(0))
    assert main == made.earned
    if made.total is None:
        assert not made.possible
    else:
        assert made.main == rounded(Fraction(main) * 100 / made.possible)
        assert made.main + made.bonus - made.deduction + made.floor == made.total >= 0


@given(measures, st.sampled_from([rule for rule in RULES if rule.kind.side is Side.MAIN]))
def test_a_rule_that_does_not_apply_is_as_if_it_were_not_there(found: dict[RuleKind, Measure], spared: Rule) -> None:
    without = score(RULES, {**found, spared.kind: Measure((), (SAID,))})
    missing = score([rule for rule in RULES if rule is not spared], found)
    zero = score(RULES, {**found, spared.kind: Measure((Part(Fraction(0), SAID),))}) \
        if not spared.kind.is_timeliness else score(RULES, {**found, spared.kind: Measure((Part(None, SAID),))})
    assert without.total == missing.total
    assert without.total is None or (zero.total is not None and without.total >= zero.total)


@given(scores)
def test_a_frozen_score_comes_back_as_it_was(made: Score) -> None:
    assert load_score(json.loads(json.dumps(dump_score(made)))) == made


@settings(max_examples=40)
@given(st.lists(scores, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_change_their_ranks(made: list[Score], random: Any) -> None:
    by_unit = dict(enumerate(made))
    mixed = list(by_unit.items())
    random.shuffle(mixed)
    assert rank(RULES, dict(mixed)) == rank(RULES, by_unit)


@settings(max_examples=40)
@given(st.lists(scores, min_size=1, max_size=6))
def test_ranks_count_every_unit_once_and_better_totals_stand_before(made: list[Score]) -> None:
    by_unit = dict(enumerate(made))
    ranks = rank(RULES, by_unit)
    assert set(ranks) == {unit for unit, found in by_unit.items() if found.total is not None}
    for unit, place in ranks.items():
        assert sum(other == place for other in ranks.values()) == place.last - place.first + 1
        better = sum(ranks[other].last < place.first for other in ranks)
        assert better == place.first - 1
        assert all((by_unit[other].total or 0) >= (by_unit[unit].total or 0)
                   for other in ranks if ranks[other].last < place.first)


def test_equal_units_share_a_rank_and_the_next_one_is_left_out() -> None:
    rules = (rule_of({**ROWS[2], "code": "TIE", "tie_order": 1}),)
    ranks = rank(rules, {1: total_score("90"), 2: total_score("80"), 3: total_score("80"), 4: total_score("70")})
    assert [str(ranks[unit]) for unit in (1, 2, 3, 4)] == ["1", "2–3", "2–3", "4"]
    decided = rank(rules, {2: total_score("80", "3"), 3: total_score("80", "4")})
    assert decided == {3: Rank(1, 1), 2: Rank(2, 2)}
    spared = rank(rules, {2: total_score("80", None), 3: total_score("80", "7"), 4: total_score("80", "9")})
    assert spared == {4: Rank(1, 1), 2: Rank(2, 2), 3: Rank(3, 3)}, "what does not apply counts as the unit's own share"


def test_a_unit_to_which_nothing_applies_has_no_total_and_no_rank() -> None:
    made = score(RULES, {})
    assert made.total is None and rank(RULES, {1: made}) == {}


@pytest.mark.parametrize(("value", "shown"), [
    (Fraction(20, 3), "6.67"), (Fraction(1, 8), "0.13"), (Fraction(5), "5.00"), (Fraction(0), "0.00"),
    (Fraction(1, 200), "0.01"), (Fraction(49, 10_000), "0.00"),
])
def test_rounding_is_half_up_to_two_places(value: Fraction, shown: str) -> None:
    assert str(rounded(value)) == shown


@pytest.mark.parametrize(("code", "values", "points"), [
    ("BC", [0], "25.00"), ("BC", [1], "15.00"), ("BC", [3], "15.00"), ("BC", [4], "5.00"), ("BC", [11], "0.00"),
    ("BC", [None], "0.00"), ("BC", [0, 3], "20.00"), ("BC", [0, 1, None], "13.33"),
    ("TH", [Fraction(200, 3)], "13.33"), ("TH", [0], "0.00"), ("PK", [40], "15.00"), ("PK", [100], "15.00"),
    ("PK", [20], "7.50"), ("HL", [Fraction(5999, 100)], "0.00"), ("HL", [60], "6.00"), ("HL", [100], "15.00"),
    ("HL", [95], "15.00"), ("HL", [Fraction(9499, 100)], "13.00"), ("MH", [1], "2.00"), ("MH", [9], "6.00"),
])
def test_measures_become_points(code: str, values: list[Any], points: str) -> None:
    rule = next(rule for rule in RULES if rule.code == code)
    found = Measure(tuple(Part(None if value is None else Fraction(value), SAID) for value in values))
    assert str(score_rule(rule, found).points) == points


def test_overdue_findings_cost_more_and_never_more_than_the_cap() -> None:
    rule = next(rule for rule in RULES if rule.code == "KT")
    found = Measure((Part(Fraction(2), SAID), Part(Fraction(1), SAID, is_overdue=True)))
    assert str(score_rule(rule, found).points) == "5.00"
    assert str(score_rule(rule, Measure((Part(Fraction(9), SAID, is_overdue=True),))).points) == "10.00"


def test_no_total_is_below_zero_and_what_was_given_back_is_told() -> None:
    made = add_up([point("A", "1", 50), point("B", "10", 10, RuleKind.FINDINGS)])
    assert (made.main, made.deduction, made.floor, made.total) == (
        Decimal("2.00"), Decimal(10), Decimal("8.00"), Decimal("0.00"))


def test_a_sentence_names_its_task_with_a_small_letter() -> None:
    said = Reason("Nộp %(task)s đúng hạn (%(day)s)", (("task", "Báo cáo 6 tháng đầu năm"), ("day", "29/05/2023")))
    assert said.words() == "Nộp báo cáo 6 tháng đầu năm đúng hạn (29/05/2023)"


def test_the_portals_own_rules_are_sound_and_add_up_to_a_hundred() -> None:
    assert [check_rule(row) for row in ROWS] == [[]] * len(ROWS)
    assert check_sums(ROWS) == []


@pytest.mark.parametrize(("code", "change", "field", "words"), [
    ("BC", {"bands": ["0: 25", "2–3: 15", "4–: 0"]}, "bands", "Từ 1 đến 2 chưa có mức"),
    ("BC", {"bands": ["0–2: 25", "2–3: 15", "4–: 0"]}, "bands", "chồng lên"),
    ("BC", {"bands": ["0–: 25", "5–: 0"]}, "bands", "chồng lên"),
    ("BC", {"bands": ["0: 25", "1–10: 5"]}, "bands", "để ngỏ"),
    ("BC", {"bands": ["0: 26", "1–: 0"]}, "bands", "nhiều hơn điểm tối đa"),
    ("BC", {"bands": ["0: 25", "1–0,5: 2"]}, "bands", "số nguyên"),
    ("BC", {"bands": ["sớm: 25"]}, "bands", "Không hiểu dòng"),
    ("BC", {"bands": ["0: -5"]}, "bands", "Không hiểu dòng"),
    ("BC", {"bands": []}, "bands", "Nhập các mức"),
    ("HL", {"bands": ["0–50: 0", "60–100: 15"]}, "bands", "Từ 50 đến 60 chưa có mức"),
    ("HL", {"bands": ["0–60: 0", "50–100: 15"]}, "bands", "chồng lên"),
    ("HL", {"bands": ["0–60: 0", "60–90: 15"]}, "bands", "Từ 90 đến 100 chưa có mức"),
    ("HL", {"bands": ["0–60: 0", "60–120: 15"]}, "bands", "không đúng chỗ"),
    ("TH", {"points": -1}, "points", "từ 0 đến 100"),
    ("TH", {"full_at": 101}, "full_at", "từ 1 đến 100"),
    ("TH", {"method": "each"}, "method", "không tính theo cách"),
    ("MH", {"each": ""}, "each", "Nhập số điểm"),
    ("MH", {"each": "0.5"}, "each", "dấu phẩy"),
    ("KT", {"each_overdue": "-3"}, "each_overdue", "từ 0 đến 100"),
    ("KT", {"reporter_kinds": ["so"]}, "reporter_kinds", "không nộp báo cáo"),
])
def test_what_is_wrong_with_a_rule_is_said_at_its_field(
        code: str, change: dict[str, Any], field: str, words: str) -> None:
    row = {**next(row for row in ROWS if row["code"] == code), **change}
    told = [(problem.field, problem.message % dict(problem.values)) for problem in check_rule(row)]
    assert [name for name, _words in told] == [field] * len(told)
    assert any(words in text for _name, text in told)


@pytest.mark.parametrize("idle", [{"bands": ["abc"]}, {"each": "abc"}, {"each_overdue": "abc"}])
def test_texts_that_a_method_does_not_use_are_not_read(idle: dict[str, Any]) -> None:
    rows = [{**row, **idle} if row["method"] == "proportional" else row for row in ROWS]
    assert rows != ROWS
    assert [check_rule(row) for row in rows] == [[]] * len(rows)
    assert check_sums(rows) == []
    assert tuple(map(rule_of, rows)) == RULES


def test_main_points_that_do_not_add_up_are_told_with_the_kinds_they_fail_for() -> None:
    rows = [{**row, "reporter_kinds": ["mam_non"]} if row["code"] == "HL" else row for row in ROWS]
    found = check_sums(rows)
    assert [(code, problem.field, dict(problem.values)["total"]) for code, problem in found] == [("PD", "points", "85")]
    assert "Trường mầm non" not in found[0][1].message % dict(found[0][1].values)
