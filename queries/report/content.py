"""A report as it is frozen: plain JSON, and the printed document made of it (domain facts, 2.2).

What is issued is printed from here again, whatever changes afterwards. A draft goes the same way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.dates import format_document_day, format_span
from models.figure import EMPTY, Aggregate, Figure, FigureState, Provenance, figure_of
from models.requirement import RequirementKind
from models.submission import REPLACES, VersionFigure
from queries.document import (
    ActivityLine,
    DocumentHead,
    FigureRow,
    NarrativeSection,
    UnitReportDocument,
)
from queries.figure import Gathered, IndicatorLine, Records, load_records
from queries.figure.source import ActivityRecord
from queries.inspection.document import load_findings
from queries.report.outline import SectionLine
from queries.submission import SubmissionLine
from queries.unit import UnitLine


def head_of(line: SubmissionLine, unit: UnitLine) -> dict[str, Any]:
    """The frame of the document: who writes to whom, number, day and signer as typed or as known of the unit."""
    is_district = unit.kind.value == "phong_gddt" and bool(unit.district)
    number, _slash, symbol = line.document_number.partition("/")
    return {
        "parent_agency": (f"UBND {unit.district}" if is_district else unit.parent_name).upper(),
        "agency": unit.kind.label.upper() if is_district else unit.name.upper(),
        "number": number, "symbol": symbol or "-".join(filter(None, ["BC", unit.symbol])), "place": unit.place,
        "issued_on": line.document_on.isoformat() if line.document_on else None, "year": line.due_on.year,
        "subject": line.requirement_title, "addressee": line.reviewer_name,
        "authority": line.signer_authority, "signer_position": line.signer_position or unit.head_position,
        "signer_name": line.signer_name or unit.head_name,
    }


def opening_of(line: SubmissionLine, unit_name: str, since: date, until: date, basis: str = "") -> str:
    """The sentence above section I; ``basis`` is what an ad hoc report carries out, if that is not the plan."""
    plan = f"Thực hiện {basis}" if basis and line.kind is RequirementKind.AD_HOC else \
        f"Thực hiện kế hoạch tuyên truyền cải cách hành chính năm {line.year} của ngành Giáo dục"
    subject = line.requirement_title[:1].lower() + line.requirement_title[1:]
    span = f"số liệu tính từ ngày {format_document_day(since)} đến ngày {format_document_day(until)}"
    return f"{plan}, {unit_name} báo cáo {subject} ({span}) như sau:"


def content_of(line: SubmissionLine, unit: UnitLine, gathered: Gathered, sections: Iterable[SectionLine],
               texts: Mapping[str, str], records: Records, planned: Mapping[str, Figure],
               previous: Mapping[str, Figure], basis: str = "") -> dict[str, Any]:
    """The report as plain JSON; its figures are frozen beside it as rows."""
    sections = list(sections)
    content: dict[str, Any] = {
        "kind": "report", "requirement": line.requirement_code, "year": line.year,
        "unit": {"id": unit.id, "code": unit.code, "name": unit.name, "kind": unit.kind.value},
        "since": gathered.since.isoformat(), "until": gathered.until.isoformat(),
        "head": head_of(line, unit), "opening": opening_of(line, unit.name, gathered.since, gathered.until, basis),
        "sections": [
            {"code": row.code, "level": row.level, "mark": row.mark, "heading": row.heading,
             "text": texts.get(row.code, "")} for row in sections],
        "rows": [
            {"id": row.id, "code": row.code, "name": row.name, "unit": row.unit,
             "group": group_name(row, sections), "aggregate": row.aggregate.value,
             "planned": dump_figure(planned.get(row.code, EMPTY)),
             "previous": dump_figure(previous.get(row.code, EMPTY))} for row in gathered.indicators],
        **records.dump(),
    }
    if line.kind is RequirementKind.AD_HOC:
        for row in content["rows"]:
            row["letter"] = ""
        content["lists_activities"] = any(row.from_activities for row in gathered.indicators)
    if gathered.consolidates:
        content["children"] = [
            {"unit_id": part.unit_id, "code": part.code, "name": part.name, "kind": part.kind.value,
             "status": part.status.value if part.status else None, "version": part.version,
             "version_id": part.version_id, "why_not": part.why_not, "obligation_id": part.obligation_id}
            for part in gathered.parts]
    return content


def group_name(indicator: IndicatorLine, sections: Iterable[SectionLine]) -> str:
    """What the indicators of one letter are about: the headings that ask for them."""
    letter = indicator.code[0]
    headings = [row.heading for row in sections if any(code[0] == letter for code in row.indicator_codes)]
    names = [text.capitalize() if text.isupper() else text for text in headings]
    return "; ".join(names)


def document_of(content: Mapping[str, Any], figures: Iterable[VersionFigure], *, is_draft: bool, code: str = "",
                verify_url: str = "") -> UnitReportDocument:
    """The printed report from its frozen content and figures; ``code`` is the version's, with where it is checked."""
    by_id = {row.indicator_id: row for row in figures}
    return UnitReportDocument(
        head=replace(_head(content["head"], is_draft), code=code, verify_url=verify_url),
        opening="\n".join(filter(None, [content.get(REPLACES, ""), content["opening"]])),
        sections=tuple(
            NarrativeSection(row["code"], row["level"], row["mark"], row["heading"], row["text"])
            for row in content["sections"]),
        figures=tuple(_row(row, by_id.get(row["id"])) for row in content["rows"]),
        activities=tuple(_activity(row) for row in load_records(content).activities),
        findings=load_findings(content), lists_activities=content.get("lists_activities", True))


_IN_A_WORD = {
    Provenance.COUNTED: "Đếm", Provenance.TYPED: "Nhập", Provenance.OVERRIDDEN: "Sửa", Provenance.COMPUTED: "Tính",
    Provenance.CONSOLIDATED: "Cộng",
}
"""Where a figure comes from, for the narrow last column of annex I."""


def _head(head: Mapping[str, Any], is_draft: bool) -> DocumentHead:
    """The frame of Decree 30."""
    return DocumentHead(
        parent_agency=head["parent_agency"], agency=head["agency"], number=head["number"], symbol=head["symbol"],
        place=head["place"], issued_on=date.fromisoformat(head["issued_on"]) if head["issued_on"] else None,
        year=head["year"], type_name="BÁO CÁO", subject=head["subject"],
        addressees=tuple(filter(None, [head["addressee"]])), recipients=("Như trên", "Lưu: VT"),
        authority=head["authority"].upper(), signer_position=head["signer_position"].upper(),
        signer_name=head["signer_name"], is_draft=is_draft)


def _row(row: Mapping[str, Any], figure: VersionFigure | None) -> FigureRow:
    """One indicator in annex I. Periods begin with the year, so this one is the year so far; an ad hoc one has none."""
    current = figure.figure if figure is not None else EMPTY
    provenance = _IN_A_WORD[figure.provenance] if figure is not None and not current.is_empty else ""
    return FigureRow(
        code=row["code"], name=row["name"], unit=row["unit"], group=row.get("letter", row["code"][0]),
        aggregate=Aggregate(row["aggregate"]), planned=load_figure(row["planned"]), current=current,
        cumulative=EMPTY if "letter" in row else current, previous=load_figure(row["previous"]),
        provenance=provenance, group_name=row["group"])


def _activity(row: ActivityRecord) -> ActivityLine:
    """One activity in annex II."""
    files = f"{row.file_count} tệp minh chứng" if row.file_count else ""
    return ActivityLine(
        day=format_span(row.starts_on, row.ends_on), title=row.title, channel=row.medium_label,
        evidence="; ".join(filter(None, [row.link, files])),
        reach=figure_of(sum(row.reach.values())) if row.reach else EMPTY)


def dump_figure(figure: Figure) -> list[str | None]:
    """A figure as JSON: state, value, numerator, denominator."""
    numbers = (figure.value, figure.numerator, figure.denominator)
    return [figure.state.value, *(None if number is None else str(number) for number in numbers)]


def load_figure(content: Iterable[str | None]) -> Figure:
    """The figure that was dumped."""
    state, *numbers = content
    return Figure(FigureState(str(state)), *(None if text is None else Decimal(text) for text in numbers))
