"""One report as its pages show it: outline, texts, figures and what may be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.figure import EMPTY
from models.indicator import OutlineKind
from models.requirement import Level, Requirement
from queries.figure import Gathered, IndicatorLine, gather, until_of
from queries.report.outline import SavedText, SectionLine, list_written
from queries.submission import OpenParts, SubmissionLine, open_parts


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section or a report is: figures answered of figures asked for."""

    answered: int
    asked: int

    @property
    def is_full(self) -> bool:
        """Whether every figure has an answer."""
        return self.answered == self.asked


@dataclass(frozen=True)
class ReportState:
    """A report as it stands now."""

    line: SubmissionLine
    requirement: Requirement
    sections: tuple[SectionLine, ...]
    texts: Mapping[int, SavedText]
    gathered: Gathered
    open: OpenParts

    @property
    def until(self) -> date:
        """The last day whose figures are counted."""
        return self.gathered.until

    @property
    def steps(self) -> tuple[SectionLine, ...]:
        """The sections that have a page: those with a text or figures."""
        return tuple(section for section in self.sections if section.has_text or section.indicator_codes)

    def section(self, code: str) -> SectionLine | None:
        """The section with a page of its own that bears ``code``, or None."""
        return next((section for section in self.steps if section.code == code), None)

    def indicators_of(self, section: SectionLine) -> tuple[IndicatorLine, ...]:
        """The indicators asked for under a heading, in its order."""
        by_code = {line.code: line for line in self.gathered.indicators}
        return tuple(by_code[code] for code in section.indicator_codes if code in by_code)

    def progress(self, section: SectionLine) -> Progress:
        """How many of a section's figures have an answer; formulas are not asked for."""
        asked = [line.code for line in self.indicators_of(section) if not line.is_formula]
        answered = sum(not self.gathered.figures.get(code, EMPTY).is_empty for code in asked)
        return Progress(answered, len(asked))

    @property
    def whole_progress(self) -> Progress:
        """How many of the report's figures have an answer."""
        parts = [self.progress(section) for section in self.steps]
        return Progress(sum(part.answered for part in parts), sum(part.asked for part in parts))

    def unanswered_core(self) -> tuple[IndicatorLine, ...]:
        """Core indicators about which the report says nothing at all."""
        return tuple(line for line in self.gathered.indicators
                     if line.is_core and not line.is_formula
                     and self.gathered.figures.get(line.code, EMPTY).is_empty)

    def allows_text(self, section: SectionLine) -> bool:
        """Whether the section's text may be changed now."""
        return self.open.allows(section.part)

    def allows_figure(self, section: SectionLine, code: str) -> bool:
        """Whether a figure may be changed now: by itself or with its section."""
        return self.open.allows(section.part) or self.open.allows(f"figure:{code}")

    def returned_parts(self, section: SectionLine) -> dict[str, str]:
        """What the reviewer said of the section and of its figures, by part."""
        names = [section.part, *(f"figure:{code}" for code in section.indicator_codes)]
        return {name: self.open.reasons[name] for name in names if name in self.open.reasons}


def consolidates(line: SubmissionLine) -> bool:
    """Whether the unit of a report adds up those that report to it."""
    return line.level is Level.DEPARTMENT or line.unit_kind.is_intermediate


def outline_kind(line: SubmissionLine) -> OutlineKind:
    """Which outline a report follows."""
    return OutlineKind.CONSOLIDATION if consolidates(line) else OutlineKind.REPORT


def load_state(session: Session, line: SubmissionLine, *, on: date) -> ReportState:
    """A report as it stands on ``on``. Nine to fourteen queries, however many units are below."""
    requirement = session.get_one(Requirement, line.requirement_id)
    gathered = gather(
        session, requirement=requirement, unit_id=line.unit_id, submission_id=line.submission_id,
        until=until_of(requirement, on), on=on, consolidates=consolidates(line))
    sections, texts = list_written(session, line.programme_id, outline_kind(line), line.kind, line.year,
                                   line.requirement_id, line.submission_id)
    return ReportState(line, requirement, sections, texts, gathered, open_parts(session, line))
