"""Two ad hoc reports of the demonstration: one that three schools owe, one still a draft."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.ad_hoc import Brief, OwnIndicator
from models.figure import Aggregate
from models.permission import Viewer
from models.programme import Programme
from models.unit import Unit, UnitKind
from services.ad_hoc import AdHocInput, add_ad_hoc, open_ad_hoc

ASKED = 3
"""How many units owe the one that was given out."""
_POSTED = (
    OwnIndicator("X1.1", "Số thủ tục hành chính đã niêm yết", "thủ tục"),
    OwnIndicator("X1.2", "Số thủ tục hành chính phải niêm yết", "thủ tục"),
    OwnIndicator("X1.3", "Tỷ lệ niêm yết", "%", Aggregate.RATIO, ("X1.1", "X1.2")),
)


def add_ad_hoc_reports(session: Session, programme: Programme, office: Viewer, today: date) -> None:
    """Give one out to upper secondary schools and keep a draft of another. Does not commit."""
    units = tuple(session.scalars(
        select(Unit.id).where(Unit.kind == UnitKind.UPPER_SECONDARY, Unit.covering(today)).order_by(Unit.code)
        .limit(ASKED)))
    day = today - timedelta(days=2)
    now = start_of_day(day) + timedelta(hours=9)
    posted = _input("Kết quả rà soát niêm yết thủ tục hành chính (minh họa)", day, Brief(
        unit_ids=units, own=_POSTED, headings=("Kết quả rà soát", "Kiến nghị, đề xuất"),
        selection={"units": [str(id_) for id_ in units]}))
    requirement = add_ad_hoc(session, programme, posted, form_token="", viewer=office, now=now)
    open_ad_hoc(session, requirement, on=day, now=now, viewer=office)
    drafted = _input("Kết quả tuyên truyền dịch vụ công trực tuyến (minh họa)", today, Brief(
        unit_ids=units, indicator_codes=("G3",), headings=("Kết quả thực hiện",),
        selection={"units": [str(id_) for id_ in units]}))
    add_ad_hoc(session, programme, drafted, form_token="", viewer=office, now=start_of_day(today) + timedelta(hours=8))


def _input(title: str, opens_on: date, brief: Brief) -> AdHocInput:
    """A report due in ten days that tells of the year so far."""
    due_on = opens_on + timedelta(days=10)
    return AdHocInput(
        title=title, legal_basis="", coverage_from=date(opens_on.year, 1, 1), coverage_to=due_on, cut_off_on=due_on,
        opens_on=opens_on, due_on=due_on, counts_due_day=True, consolidation_due_on=due_on + timedelta(days=5),
        review_days=2, return_days=2, brief=brief)
