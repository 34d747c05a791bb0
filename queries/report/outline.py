"""The outline of a report with what was written under its headings."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from models.ad_hoc import AdHocReport
from models.indicator import OutlineKind, OutlineSection
from models.plan import SectionText
from models.requirement import RequirementKind


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One heading of the outline, its placeholders filled in."""

    id: int
    code: str
    level: int
    mark: str
    heading: str
    hint: str
    indicator_codes: tuple[str, ...]
    has_text: bool
    full_mark: str
    """With the marks above it, as "II.2.đ"."""
    is_own: bool = False
    """Whether it belongs to one ad hoc report alone."""

    @property
    def name(self) -> str:
        """The heading as it is called in a list, not in capitals."""
        return self.heading.capitalize() if self.heading.isupper() else self.heading

    @property
    def title(self) -> str:
        """As "II.2.a. Báo chí, phát thanh, truyền hình"."""
        return f"{self.full_mark}. {self.name}"

    @property
    def part(self) -> str:
        """Its name among the parts of a return, as "section:II.2.a"."""
        return f"section:{self.code}"


@dataclass(frozen=True, slots=True)
class SavedText:
    """What stands under a heading."""

    text: str
    is_drafted: bool
    """Whether it is still what the portal drafted, and so follows the figures."""


def next_period(kind: RequirementKind, year: int) -> str:
    """What follows the period of a report, as "6 tháng cuối năm 2023" or "năm 2024"."""
    if kind is RequirementKind.HALF_YEAR:
        return f"6 tháng cuối năm {year}"
    return f"năm {year + 1}" if kind is RequirementKind.ANNUAL else "thời gian tới"


def period_name(kind: RequirementKind, year: int) -> str:
    """The period of a report, as "6 tháng đầu năm 2023" or "năm 2023"."""
    if kind is RequirementKind.AD_HOC:
        return f"đợt báo cáo đột xuất năm {year}"
    return f"6 tháng đầu năm {year}" if kind is RequirementKind.HALF_YEAR else f"năm {year}"


def list_sections(session: Session, programme_id: int, outline: OutlineKind, kind: RequirementKind,
                  year: int, requirement_id: int) -> tuple[SectionLine, ...]:
    """The headings of one outline in their order: an ad hoc report's own, else the programme's. One query."""
    return list_written(session, programme_id, outline, kind, year, requirement_id, None)[0]


def list_written(session: Session, programme_id: int, outline: OutlineKind, kind: RequirementKind, year: int,
                 requirement_id: int,
                 submission_id: int | None) -> tuple[tuple[SectionLine, ...], dict[int, SavedText]]:
    """The headings with what a submission says under them, by id of the section. One query."""
    is_ad_hoc = exists().where(AdHocReport.requirement_id == requirement_id)
    of_programme = and_(OutlineSection.requirement_id.is_(None), ~is_ad_hoc)
    rows = session.execute(
        select(OutlineSection, SectionText.text, SectionText.is_drafted)
        .outerjoin(SectionText, and_(SectionText.section_id == OutlineSection.id,
                                     SectionText.submission_id == submission_id))
        .where(OutlineSection.programme_id == programme_id, OutlineSection.kind == outline,
               or_(of_programme, OutlineSection.requirement_id == requirement_id))
        .order_by(OutlineSection.position, OutlineSection.id))
    marks: dict[int, str] = {}
    lines, texts = [], {}
    for row, text, is_drafted in rows:
        if text is not None:
            texts[row.id] = SavedText(text, is_drafted)
        marks[row.level] = row.mark.strip(".) ")
        full_mark = ".".join(marks[level] for level in sorted(marks) if level <= row.level)
        lines.append(SectionLine(
            row.id, row.code, row.level, row.mark, _filled(row.heading, kind, year), row.hint,
            tuple(row.indicator_codes), row.has_text, full_mark, row.requirement_id is not None))
    return tuple(lines), texts


def _filled(heading: str, kind: RequirementKind, year: int) -> str:
    """The heading with its year and the period that follows; capitals stay capitals."""
    following = next_period(kind, year)
    if heading.replace("{next_period}", "").replace("{year}", "").isupper():
        following = following.upper()
    return heading.replace("{next_period}", following).replace("{year}", str(year))


def section_texts(session: Session, submission_id: int | None) -> dict[int, SavedText]:
    """What was written, by id of the section. One query, none without a submission."""
    if submission_id is None:
        return {}
    rows = session.execute(
        select(SectionText.section_id, SectionText.text, SectionText.is_drafted)
        .where(SectionText.submission_id == submission_id))
    return {section_id: SavedText(text, is_drafted) for section_id, text, is_drafted in rows}


def section_of(sections: Iterable[SectionLine], code: str) -> SectionLine | None:
    """The section that asks for an indicator, or None."""
    return next((section for section in sections if code in section.indicator_codes), None)
