"""The pages of emulation, as each person meets them."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.emulation import EmulationRule, EmulationScore, EmulationYear
from tests.support.client import PageClient, errors_shown
from tests.support.clock import FrozenClock
from tests.support.pages import text_of
from tests.support.plan import PlanWorld

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # services are tried on both
RULES, PUBLISH = "/emulation/2023/rules", "/emulation/2023/publish"


@pytest.fixture
def world(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """The school in time, its neighbour late, the district office without a plan."""
    plan_world.sent("school")
    clock.set(date(2023, 3, 13))
    plan_world.sent("other")
    clock.set(date(2023, 3, 16))
    plan_world.session.commit()
    return plan_world


def signed_in(client: PageClient, world: PlanWorld, who: str) -> PageClient:
    """Be one of the little province's people."""
    client.sign_out()
    client.sign_in(world.people[who])
    return client


def said(client: PageClient) -> str:
    """What the page that was opened last says."""
    return text_of(client.opened_page.root)


def own(world: PlanWorld, unit: str) -> str:
    """The page of a unit's points."""
    return f"/emulation/2023/units/{world.units[unit].code}"


def publish(client: PageClient, world: PlanWorld, reason: str = "Biên bản họp (minh họa)") -> None:
    """Publish as the Office."""
    signed_in(client, world, "office").submit(PUBLISH, PUBLISH, reason=reason)


def test_a_unit_sees_its_points_before_and_its_rank_after_publishing(client: PageClient, world: PlanWorld) -> None:
    signed_in(client, world, "officer")
    answer = client.get("/emulation")
    assert answer.status_code == 303 and answer.location == own(world, "school")
    client.page(own(world, "school"))
    assert "Điểm tạm tính" in said(client) and "Nộp kế hoạch năm đúng hạn (06/03/2023)" in said(client)
    assert "trên 2 đơn vị" not in said(client) and "Không áp dụng" in said(client)
    links = {link.attrib["href"] for link in client.opened_page.all("a") if "href" in link.attrib}
    assert world.url() in links, "each sentence leads to its record"
    publish(client, world)
    signed_in(client, world, "officer").page(own(world, "school"))
    assert "Đã công bố, bản 1" in said(client) and "trên 2 đơn vị" in said(client)
    assert "Biên bản họp (minh họa)" in said(client)


def test_nobody_sees_points_of_a_foreign_unit(client: PageClient, world: PlanWorld) -> None:
    for who, unit, status in (("officer", "other", 404), ("district", "other", 200), ("district", "centre", 404),
                              ("leader", "centre", 200), ("neighbour", "school", 404)):
        signed_in(client, world, who)
        assert client.get(own(world, unit)).status_code == status, (who, unit)
    signed_in(client, world, "district").page("/emulation?q=truong")
    assert "Trường tiểu học B" in said(client) and "Trung tâm C" not in said(client)
    for path in (RULES, PUBLISH, "/emulation/2023/simulation", "/emulation/2023/drift", "/emulation/2023/points.pdf"):
        assert client.get(path).status_code == 403


def test_values_are_tried_before_they_are_kept(client: PageClient, world: PlanWorld) -> None:
    signed_in(client, world, "office")
    typed = {"KH-points": "5", "KH-bands": "0: 0\n1–: 5", "TH-points": "30"}
    answer = client.submit(RULES, RULES, act="try", **typed)
    assert answer.location == "/emulation/2023/simulation"
    client.page(answer.location)
    assert "lên 1" in said(client) and "xuống 1" in said(client) and "Chưa có gì được ghi lại" in said(client)
    rule = world.session.scalars(select(EmulationRule).where(EmulationRule.code == "KH")).one()
    assert rule.points == 15
    client.page("/emulation?group=tieu_hoc")
    assert said(client).index("Trường tiểu học A") < said(client).index("Trường tiểu học B")
    client.submit(RULES, RULES)  # what was typed is still in the draft
    world.session.expire_all()
    assert (rule.points, rule.bands) == (5, ["0: 0", "1–: 5"])


def test_bands_that_a_rule_does_not_use_break_no_page(client: PageClient, world: PlanWorld) -> None:
    signed_in(client, world, "office")
    client.submit(RULES, RULES, **{"TH-method": "proportional", "TH-bands": "abc"})
    rule = world.session.scalars(select(EmulationRule).where(EmulationRule.code == "TH")).one()
    assert rule.bands == ["abc"]
    for path in (RULES, "/emulation", PUBLISH):
        client.page(path)


@pytest.mark.parametrize(("typed", "message"), [
    ({"KH-points": "16"}, "cộng lại được 101 điểm, phải đúng 100"),
    ({"KH-points": "-15"}, "Nhập số từ 0 trở lên"),
    ({"BC-bands": "0: 25\n2–: 0"}, "Từ 1 đến 2 chưa có mức nào"),
    ({"HL-bands": "0–60: 0\n50–100: 15"}, "chồng lên mức đứng trước"),
    ({"MH-each": "nhiều"}, "Nhập số, phần lẻ sau dấu phẩy"),
    ({"TH-label": ""}, "Nhập tên tiêu chí"),
])
def test_what_is_wrong_is_said_at_its_field_and_stays_typed(
        client: PageClient, world: PlanWorld, typed: dict[str, str], message: str) -> None:
    signed_in(client, world, "office")
    answer = client.submit(RULES, RULES, 422, **typed)
    assert any(message in shown for shown in errors_shown(answer)), errors_shown(answer)
    client.page("/emulation/2023/simulation", 303)
    client.page(RULES)
    [(name, value)] = typed.items()
    fields = client.fields(RULES, RULES)
    assert str(fields[name]).split() == value.split()


def test_publishing_wants_a_reason_and_a_correction_stands_beside(client: PageClient, world: PlanWorld) -> None:
    signed_in(client, world, "office")
    client.submit(PUBLISH, PUBLISH, 422, reason="")
    publish(client, world)
    paper = client.get("/emulation/2023/points.pdf").data
    world.sent("district")
    world.session.commit()
    assert client.get("/emulation/2023/points.pdf").data == paper
    client.page("/emulation/2023/drift")
    assert "1/4 đơn vị" in said(client) and "Phòng Giáo dục A" in said(client)
    publish(client, world, "Đính chính (minh họa)")
    client.page("/emulation?version=1")
    assert "Đã có bản mới hơn" in said(client) and "Đính chính (minh họa)" in said(client)
    assert client.get("/emulation/2023/points.pdf?version=1").data == paper
    assert client.get("/emulation?version=9").status_code == 404
    assert len(world.session.scalars(select(EmulationYear)).all()) == 2


def test_a_frozen_version_that_was_touched_is_warned_of(client: PageClient, world: PlanWorld) -> None:
    publish(client, world)
    client.page("/emulation/2023/drift")
    assert "không còn khớp" not in said(client)
    row = world.session.scalars(select(EmulationScore).order_by(EmulationScore.position)).first()
    assert row is not None
    row.content = {**row.content, "touched": True}
    world.session.commit()
    client.page("/emulation/2023/drift")
    assert "không còn khớp" in said(client)


def test_the_list_is_a_workbook_with_a_column_for_each_rule(client: PageClient, world: PlanWorld) -> None:
    publish(client, world)
    rows = list(load_workbook(io.BytesIO(client.get("/emulation?format=xlsx").data)).worksheets[0].values)
    assert len(rows) == 5 and rows[0][:2] == ("Nhóm", "Đơn vị") and "Nộp báo cáo đúng hạn (tối đa 25)" in rows[0]
    school = next(row for row in rows if row[1] == "Trường tiểu học A (minh họa)")
    place = rows[0].index("Nộp kế hoạch năm đúng hạn (tối đa 15)")
    assert (school[place], school[rows[0].index("Hạng")]) == (15, "1")
    assert school[rows[0].index("Nộp báo cáo đúng hạn (tối đa 25)")] is None, "not applicable is no zero"


def test_a_year_without_rules_offers_the_portals_own(client: PageClient, world: PlanWorld) -> None:
    for rule in world.session.scalars(select(EmulationRule)):
        world.session.delete(rule)
    world.session.commit()
    signed_in(client, world, "office").page("/emulation")
    assert "chưa có bộ tiêu chí" in said(client)
    client.submit(RULES, "/default")
    client.page(RULES)
    assert "Nộp kế hoạch đúng hạn" in said(client)


def test_points_of_a_year_that_has_passed_cost_one_statement_more(
    client: PageClient, world: PlanWorld, clock: FrozenClock
) -> None:
    asked = []
    for day in (date(2023, 12, 20), date(2024, 1, 20)):
        clock.set(day)
        signed_in(client, world, "office")
        client.page("/emulation?year=2023")
        asked.append(len(client.statements))
        client.page(own(world, "school"))
    assert asked[1] <= min(asked[0] + 1, 20)
