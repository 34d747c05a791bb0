"""A plan as the document that is printed (domain facts, 2.1)."""

from dataclasses import replace

from models.figure import EMPTY, Aggregate, figure_of
from queries.document import DocumentHead, FigureRow, NarrativeSection, PlanDocument, PlanLine
from queries.plan.content import PlanContent, PlanItemLine


def document_of(plan: PlanContent, *, is_draft: bool, code: str = "", verify_url: str = "") -> PlanDocument:
    """The plan's pages; a draft says so at the foot, a frozen version bears its code there."""
    return PlanDocument(
        head=replace(_head(plan, is_draft), code=code, verify_url=verify_url),
        opening="\n".join(filter(None, [plan.replaces, plan.opening])),
        sections=tuple(
            NarrativeSection(row.code, row.level, row.mark, row.heading, row.text) for row in plan.sections),
        items=tuple(_line(item) for item in plan.items),
        indicator_targets=tuple(
            FigureRow(row.code, row.name, row.unit, row.group, Aggregate(row.aggregate), planned=figure_of(row.value))
            for row in plan.targets),
    )


def _head(plan: PlanContent, is_draft: bool) -> DocumentHead:
    """The frame of Decree 30: the number as typed, else room for it."""
    number, _slash, symbol = plan.document_number.partition("/")
    return DocumentHead(
        parent_agency=plan.parent_agency or ("" if plan.agency else plan.parent_name.upper()),
        agency=plan.agency or plan.unit_name.upper(), number=number,
        symbol=symbol or "-".join(filter(None, ["KH", plan.symbol])), place=plan.place,
        issued_on=plan.document_on, year=plan.year, type_name="KẾ HOẠCH", subject=plan.subject,
        recipients=tuple(filter(None, [plan.parent_name and f"{plan.parent_name} (để báo cáo)", "Lưu: VT"])),
        authority=plan.signer_authority.upper(), signer_position=plan.signer_position.upper(),
        signer_name=plan.signer_name, is_draft=is_draft)


def _line(item: PlanItemLine) -> PlanLine:
    """One row of the annex: the named staff stand with the lead."""
    return PlanLine(
        title=item.title, form=item.medium_label, quantity=figure_of(item.quantity),
        lead=item.doers, partner=item.partner,
        window=item.window, budget=figure_of(item.budget) if item.budgets else EMPTY)
