"""The consolidated report as a document: live, marked as a draft, or exactly as a version froze it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from core.dates import format_document_day
from core.numbers import format_integer
from models.requirement import Requirement, RequirementKind
from models.submission import IssuedDocument, SubmissionVersion
from queries.consolidation.annex import (
    OWN_LABEL,
    appendix_lines,
    channel_bars,
    district_bars,
    figure_rows,
    grand_total,
    lacking_words,
    place_of,
    satisfaction_bars,
    submission_lines,
    unit_columns,
    unit_groups,
)
from queries.consolidation.frozen import load_document
from queries.consolidation.ground import Ground
from queries.consolidation.head import head_of
from queries.consolidation.inspected import annex_for, inspected_on
from queries.consolidation.lookup import DOCUMENT, find_version
from queries.consolidation.material import Material, read_material
from queries.consolidation.planned import planned_figures
from queries.consolidation.standing import Standing
from queries.consolidation.told import tell
from queries.document import ConsolidatedDocument, NarrativeSection
from queries.inspection.document import Inspected
from queries.inspection_annex import InspectionAnnex
from queries.report import frozen_of_period
from queries.unit import UnitLine

DISTRICTS = "Số hoạt động theo địa bàn, khối đơn vị"
SCHOOLS = "Số hoạt động theo trường"
"""Captions of the chart by place."""


def build_document(session: Session, material: Material, texts: Mapping[str, str]) -> ConsolidatedDocument:
    """The document as it stands now, marked as a draft. Three queries beside those of the material.

    ``texts`` holds what stands under each heading, by its code: written, or the portal's sentences.
    """
    requirement, gathered = material.requirement, material.gathered
    is_periodic = requirement.kind is not RequirementKind.AD_HOC
    planned = planned_figures(session, gathered.indicators, requirement.programme_id, material.unit.id) \
        if is_periodic else {}
    previous = frozen_of_period(session, material.unit.id, requirement.kind, material.programme.year - 1)
    document = ConsolidatedDocument(
        head=head_of(material), opening=opening_of(material), sections=sections_of(material, texts),
        coverage=coverage_of(material), missing=missing_of(material),
        figures=figure_rows(material, planned, previous, group_names(material)), unit_columns=unit_columns(material),
        unit_groups=unit_groups(material), grand_total=grand_total(material),
        submissions=submission_lines(material), appendix=appendix_lines(material),
        satisfaction=satisfaction_bars(material.answers), channels=channel_bars(material.counts, material.channels),
        districts=district_bars(material), districts_caption=DISTRICTS if material.is_department else SCHOOLS,
        models=tuple(model.line for model in material.models),
        inspection=inspection_of(session, material, material.inspected),
        requirement=f"{requirement.title} (mã {requirement.code})", period=period_words(material))
    document = tell(material, document)
    return document if is_periodic else _only_asked(document)


def _only_asked(document: ConsolidatedDocument) -> ConsolidatedDocument:
    """The document of an ad hoc report: without the charts and annexes that tell of the year's plan."""
    return replace(document, appendix=(), satisfaction=(), channels=(), districts=(), models=())


def inspection_of(session: Session, ground: Ground, found: Inspected | None = None) -> InspectionAnnex | None:
    """Inspections by district and kind of unit, of a district by school; None when there were none.

    An ad hoc report does not tell of them. Two queries, two more when ``found`` is not given.
    """
    if ground.requirement.kind is RequirementKind.AD_HOC:
        return None
    if found is None:
        found = inspected_on(session, ground)
    return annex_for(session, ground, found, {ground.unit.id: OWN_LABEL, **place_of(ground)})


def consolidated_document(session: Session, *, requirement: Requirement, unit: UnitLine, version: int | None = None,
                          on: date, texts: Mapping[str, str] | None = None) -> ConsolidatedDocument | None:
    """A version as it was frozen, or the live draft; None when there is no such version.

    Raises NoConsolidationError when the unit does not owe the report.
    """
    if version is None:
        return build_document(session, read_material(session, requirement, unit, on), texts or {})
    found = find_version(session, requirement.id, unit.id, version)
    return frozen_document(*found) if found is not None else None


def frozen_document(version: SubmissionVersion, issued: IssuedDocument | None = None) -> ConsolidatedDocument:
    """The document that a version froze, with number, day and signer as they were issued, and its code."""
    document = load_document(version.content[DOCUMENT])
    head = replace(document.head, is_draft=False, code=version.code, verify_url=version.verify_url)
    if issued is not None:
        head = replace(head, number=issued.number, symbol=issued.symbol, issued_on=issued.issued_on,
                       authority=issued.authority, signer_position=issued.signer_position,
                       signer_name=issued.signer_name)
    return replace(document, head=head, opening="\n".join(filter(None, [version.replaces, document.opening])))


def sections_of(material: Material, texts: Mapping[str, str]) -> tuple[NarrativeSection, ...]:
    """The outline with its texts by code."""
    return tuple(
        NarrativeSection(section.code, section.level, section.mark, section.heading, texts.get(section.code, ""))
        for section in material.state.sections)


def opening_of(material: Material) -> str:
    """The sentence that opens the report, with the days that its figures tell of."""
    basis, agency, _rest = material.programme.preamble.partition(", Sở Giáo dục và Đào tạo")
    name = material.unit.name
    if material.is_department:
        basis, name = (f"{basis}, ", agency.removeprefix(", ")) if agency else ("", name)
    else:
        basis = f"Thực hiện Kế hoạch tuyên truyền cải cách hành chính năm {material.programme.year} của Sở Giáo dục " \
                "và Đào tạo, "
    if material.requirement.legal_basis and material.requirement.kind is RequirementKind.AD_HOC:
        basis = f"Thực hiện {material.requirement.legal_basis}, "
    subject = material.requirement.title[:1].lower() + material.requirement.title[1:]
    return f"{basis}{name} báo cáo {subject} ({period_words(material)}) như sau:"


def period_words(material: Material) -> str:
    """As "số liệu tính từ ngày 01/12/2022 đến hết ngày 29/5/2023"."""
    first, last = material.requirement.coverage_from, material.state.until
    return f"số liệu tính từ ngày {format_document_day(first)} đến hết ngày {format_document_day(last)}"


def coverage_of(material: Material) -> str:
    """Whose accepted reports are in, with every denominator."""
    direct = material.direct
    offices = [row for row in direct if row.kind.is_intermediate]
    others = [row for row in direct if not row.kind.is_intermediate]
    told = []
    if offices:
        told.append(f"{_share(offices)} phòng Giáo dục và Đào tạo")
    if others:
        told.append(f"{_share(others)} {'đơn vị trực thuộc' if material.is_department else 'trường trên địa bàn'}")
    sentence = f"Báo cáo tổng hợp từ số liệu đã duyệt của {' và '.join(told)}"
    schools = [school for row in offices for school in material.schools_of(row.unit_id)]
    if schools:
        inside = sum(len(found) for found in material.inside.values())
        sentence += (f"; qua báo cáo của các phòng có số liệu của {format_integer(inside)}/"
                     f"{format_integer(len(schools))} trường")
    return f"{sentence}."


def _share(rows: list[Standing]) -> str:
    """As "12/13"."""
    return f"{format_integer(sum(row.is_included for row in rows))}/{format_integer(len(rows))}"


def missing_of(material: Material) -> tuple[str, ...]:
    """Who is lacking, by name with the state; schools of a district that lacks go with it and are not named."""
    missing = [f"{row.name} ({_small(row.why_not)})" for row in material.direct if not row.is_included]
    for office in material.direct:
        inside = {child.unit_id for child in material.inside.get(office.unit_id, ())}
        if office.is_included and office.kind.is_intermediate:
            missing += [f"{row.name} ({_small(lacking_words(row, office))})"
                        for row in material.schools_of(office.unit_id) if row.unit_id not in inside]
    return tuple(missing)


def _small(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]


def group_names(material: Material) -> dict[str, str]:
    """The name of each group of indicators, from the headings that ask for them.

    One or two headings stand as they are; of more the heading above them.
    """
    found: dict[str, list[str]] = {}
    above = ""
    tops: dict[str, str] = {}
    for section in material.state.sections:
        heading = section.heading
        if section.level == 1:
            above = heading = heading[:1] + heading[1:].lower()
        for group in dict.fromkeys(code[:1] for code in section.indicator_codes):
            found.setdefault(group, []).append(heading)
            tops.setdefault(group, above)
    return {group: "; ".join(headings) if len(headings) < 3 else tops[group] for group, headings in found.items()}


__all__ = ["build_document", "consolidated_document", "coverage_of", "frozen_document", "inspection_of", "missing_of",
           "opening_of",
           "period_words"]
