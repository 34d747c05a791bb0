"""The plan that is being written, read from its tables."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.dates import format_document_day
from models.indicator import Indicator, OutlineKind, OutlineSection, SourceKind
from models.plan import PlanItem, SectionText
from models.programme import Channel, FundingSource, Medium, Programme
from queries.plan.content import BudgetPart, PlanContent, PlanItemLine, PlanSection, PlanTarget
from queries.programme import rows_of
from queries.submission import SubmissionLine
from queries.survey.paper import agency_names
from queries.unit import UnitLine, get_unit


def get_plan(session: Session, line: SubmissionLine, on: date) -> PlanContent:
    """The plan as it stands now, whether started or not; names as on ``on``. About nine queries."""
    programme = session.get_one(Programme, line.programme_id)
    unit = get_unit(session, line.unit_id, on)
    parent_name = unit.parent_name if unit else line.reviewer_name
    parent_agency, agency = agency_names(unit) if unit else ("", "")
    outline = _outline(session, line.programme_id)
    items = _items(session, line)
    return PlanContent(
        year=line.year, subject=programme.title, unit_name=line.unit_name, parent_name=parent_name,
        symbol=unit.symbol if unit else "", place=unit.place if unit else programme.place,
        opening=_opening(programme, line.unit_name), sections=_sections(session, line, outline), items=items,
        budgets=_sums(items), targets=_targets(session, line.programme_id, outline, items),
        document_number=line.document_number, document_on=line.document_on, agency=agency,
        parent_agency=parent_agency, **_signer(line, unit))


def _signer(line: SubmissionLine, unit: UnitLine | None) -> dict[str, str]:
    """Who signs: as the unit said, else its head."""
    return {
        "signer_authority": line.signer_authority,
        "signer_position": line.signer_position or (unit.head_position if unit else ""),
        "signer_name": line.signer_name or (unit.head_name if unit else ""),
    }


def _opening(programme: Programme, unit_name: str) -> str:
    """The sentence that names the plan it carries out (domain facts, 2.1)."""
    number = f" số {programme.number}/{programme.symbol}" if programme.number else ""
    day = f" ngày {format_document_day(programme.issued_on)}" if programme.issued_on else ""
    subject = programme.title[:1].lower() + programme.title[1:]
    return (f"Thực hiện Kế hoạch{number}{day} của Sở Giáo dục và Đào tạo về {subject}, "
            f"{unit_name} xây dựng kế hoạch như sau:")


def _outline(session: Session, programme_id: int) -> Sequence[OutlineSection]:
    """The headings of a plan, in order. One query."""
    return session.scalars(
        select(OutlineSection)
        .where(OutlineSection.programme_id == programme_id, OutlineSection.kind == OutlineKind.PLAN)
        .order_by(OutlineSection.position, OutlineSection.id)).all()


def get_section_id(session: Session, programme_id: int, code: str) -> int:
    """The id of one heading of the plan's outline. Raises NoResultFound. One query."""
    return session.execute(
        select(OutlineSection.id)
        .where(OutlineSection.programme_id == programme_id, OutlineSection.kind == OutlineKind.PLAN,
               OutlineSection.code == code)).scalar_one()


def _sections(session: Session, line: SubmissionLine, outline: Iterable[OutlineSection]) -> tuple[
        PlanSection, ...]:
    """The outline with the texts that the unit saved. One query."""
    texts = dict(session.execute(
        select(SectionText.section_id, SectionText.text)
        .where(SectionText.submission_id == line.submission_id)).all())
    return tuple(
        PlanSection(row.code, row.level, row.mark, row.heading.format(year=line.year, next_period=""),
                    texts.get(row.id, ""), row.has_text, holds_targets=len(row.indicator_codes) > 1)
        for row in outline)


def _items(session: Session, line: SubmissionLine, removed: bool = False) -> tuple[PlanItemLine, ...]:
    """The items of a plan, in its order. Up to five queries."""
    if line.submission_id is None:
        return ()
    is_removed = PlanItem.removed_at.is_not(None) if removed else PlanItem.removed_at.is_(None)
    rows = session.execute(
        select(PlanItem, Medium, Channel.label)
        .join(Medium, Medium.id == PlanItem.medium_id)
        .join(Channel, Channel.id == Medium.channel_id)
        .where(PlanItem.submission_id == line.submission_id, is_removed)
        .options(selectinload(PlanItem.themes), selectinload(PlanItem.audiences), selectinload(PlanItem.budgets))
        .order_by(PlanItem.position, PlanItem.id)).all()
    sources = {row.id: row for row in rows_of(session, FundingSource, line.programme_id)} if rows else {}
    return tuple(_item(item, medium, channel, sources) for item, medium, channel in rows)


def _item(item: PlanItem, medium: Medium, channel: str, sources: dict[int, FundingSource]) -> PlanItemLine:
    """One item in plain values."""
    parts = [(sources[row.funding_source_id], row.amount) for row in item.budgets if row.amount]
    return PlanItemLine(
        id=item.id, title=item.title, medium_code=medium.code, medium_label=medium.label,
        medium_unit=medium.unit, channel_label=channel, quantity=item.quantity, starts_on=item.starts_on,
        ends_on=item.ends_on, lead=item.lead, partner=item.partner,
        staff=tuple(name.strip() for name in item.staff.splitlines() if name.strip()),
        theme_codes=tuple(row.code for row in item.themes), theme_labels=tuple(row.label for row in item.themes),
        audience_codes=tuple(row.code for row in item.audiences),
        audience_labels=tuple(row.label for row in item.audiences),
        budgets=tuple(BudgetPart(source.code, source.label, amount)
                      for source, amount in sorted(parts, key=lambda part: part[0].position)),
        note=item.note)


def get_item(session: Session, line: SubmissionLine, item_id: int) -> PlanItemLine | None:
    """One item of the plan that is not taken out, or None."""
    return next((item for item in _items(session, line) if item.id == item_id), None)


def list_removed_items(session: Session, line: SubmissionLine) -> tuple[PlanItemLine, ...]:
    """The items that were taken out and can be put back."""
    return _items(session, line, removed=True)


def _sums(items: Iterable[PlanItemLine]) -> tuple[BudgetPart, ...]:
    """Money of all items by source."""
    sums: dict[str, BudgetPart] = {}
    for part in (part for item in items for part in item.budgets):
        before = sums.get(part.code)
        sums[part.code] = BudgetPart(part.code, part.label, part.amount + (before.amount if before else 0))
    return tuple(sums[code] for code in sorted(sums))


def _targets(session: Session, programme_id: int, outline: Iterable[OutlineSection],
             items: Sequence[PlanItemLine]) -> tuple[PlanTarget, ...]:
    """What the items promise for the indicators that the outline names. One query."""
    codes = {code for section in outline for code in section.indicator_codes}
    indicators = session.scalars(
        select(Indicator).where(Indicator.programme_id == programme_id, Indicator.code.in_(codes))
        .order_by(Indicator.position))
    found = ((indicator, planned(indicator, items)) for indicator in indicators)
    return tuple(
        PlanTarget(row.code, row.name, row.unit, row.group, row.aggregate.value, value)
        for row, value in found if value)


def planned(indicator: Indicator, items: Iterable[PlanItemLine]) -> int:
    """What ``items`` promise for an indicator: the quantities of its media, or the money; 0 for any other source."""
    if indicator.source is SourceKind.PLAN_BUDGET:
        return sum(item.budget for item in items)
    media = indicator.filters.get("media", [])
    if indicator.source is not SourceKind.ACTIVITY_QUANTITY or not media:
        return 0
    return sum(item.quantity for item in items if item.medium_code in media)
