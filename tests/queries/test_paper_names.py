"""How a unit stands above its papers, and which number a report bears in the list of who sent what."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.unit import UnitKind
from models.workflow import Status
from queries.consolidation.annex import number_of
from queries.consolidation.standing import Standing
from queries.plan import PlanContent, document_of
from queries.survey.paper import agency_names
from queries.unit import UnitLine

SENT = datetime(2023, 5, 20, tzinfo=UTC)


def unit(name: str, kind: UnitKind, parent: str, district: str = "") -> UnitLine:
    return UnitLine(1, "U", name, kind, district, "", "", False, 2, parent, "", "")


@pytest.mark.parametrize(("line", "printed"), [
    (unit("Sở Giáo dục và Đào tạo tỉnh Quảng Ninh", UnitKind.DEPARTMENT, "Ủy ban nhân dân tỉnh Quảng Ninh"),
     ("UBND TỈNH QUẢNG NINH", "SỞ GIÁO DỤC VÀ ĐÀO TẠO")),
    (unit("Phòng Giáo dục và Đào tạo huyện Ba Chẽ", UnitKind.DISTRICT_OFFICE, "Sở", "huyện Ba Chẽ"),
     ("UBND HUYỆN BA CHẼ", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO")),
    (unit("Trường THPT Hòn Gai", UnitKind.UPPER_SECONDARY, "Sở Giáo dục và Đào tạo"),
     ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG THPT HÒN GAI")),
    (unit("Sở A", UnitKind.DEPARTMENT, ""), ("", "SỞ A")),
])
def test_a_unit_stands_above_its_papers_as_the_decree_has_it(line: UnitLine, printed: tuple[str, str]) -> None:
    assert agency_names(line) == printed


def test_a_plan_bears_the_same_names_and_one_of_before_those_it_was_frozen_with() -> None:
    plan = PlanContent(2023, "Tuyên truyền", "Phòng GD&ĐT huyện Ba Chẽ", "Sở", "", "", "", (), (), (), (), "", None, "",
                       "", "", agency="PHÒNG GIÁO DỤC", parent_agency="UBND HUYỆN BA CHẼ")
    new, old = (document_of(one, is_draft=True).head for one in (plan, replace(plan, agency="", parent_agency="")))
    assert (new.parent_agency, new.agency) == ("UBND HUYỆN BA CHẼ", "PHÒNG GIÁO DỤC")
    assert (old.parent_agency, old.agency) == ("SỞ", "PHÒNG GD&ĐT HUYỆN BA CHẼ")


@pytest.mark.parametrize(("status", "sent", "number"), [
    (Status.DRAFT, None, ""), (Status.WITHDRAWN, SENT, ""), (Status.SUBMITTED, SENT, "12/BC"),
    (Status.RETURNED, SENT, "12/BC")])
def test_a_number_typed_into_a_draft_is_no_number_yet(status: Status, sent: datetime | None, number: str) -> None:
    row = Standing(1, 1, 1, "U", "Đơn vị", UnitKind.PRIMARY, None, SENT, False, False, 1, status, None, "12/BC",
                   date(2023, 5, 20), sent, None, None, None)
    assert number_of(row) == number
    assert number_of(None) == ""
