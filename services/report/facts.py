"""What the sentences of a report may tell, from its state."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.activity import Activity, activity_theme
from models.programme import Theme
from models.requirement import Level, Obligation, Requirement, RequirementKind
from models.sentence import TOKEN, render
from models.submission import Submission
from models.unit import UnitKind
from models.withheld import POOLED
from queries.commendation import PickedModel, list_reported
from queries.consolidation.counted import count_activities, included_units
from queries.consolidation.inspected import inspected_of
from queries.figure import Gathered, Records, Window
from queries.inspection import FindingLine, count_concerning
from queries.inspection.document import Inspected, counts_of
from queries.narrative import Place, list_places
from queries.report import ReportState
from services.narrative import OFFERED_ONLY, GroupCount, NarrativeFacts, draft_section, live_numbers

WITH_THEMES = frozenset({"II.1"})
"""Sections whose sentences count activities by theme."""
WITH_PLAN = frozenset({"I.1"})
WITH_MODELS = frozenset({"II.4"})
WITH_INSPECTIONS = frozenset({"I.3"})


def facts_of(session: Session, state: ReportState, *, sections: frozenset[str] | None = None,
             records: Records | None = None, on: date | None = None,
             findings: Iterable[FindingLine] | None = None, places: Iterable[Place] | None = None) -> NarrativeFacts:
    """The facts for ``sections`` (all when None), with what was picked by ``on`` (None: by the cut-off).

    ``findings`` are those of the unit itself, ``places`` all versions that are added up, where they were read already.

    No query but for themes, good models, findings and the plan's number: eight at most.
    """
    line, gathered = state.line, state.gathered
    wants_themes = sections is None or sections & WITH_THEMES
    wants_plan = (sections is None or sections & WITH_PLAN) and not gathered.consolidates
    number, signed_on = _plan_document(session, state) if wants_plan else ("", None)
    wants_models = gathered.consolidates and (sections is None or sections & WITH_MODELS)
    return NarrativeFacts(
        subject=subject_of(state), year=line.year, since=gathered.since, until=gathered.until,
        figures=gathered.figures, names={row.code: row.name for row in gathered.indicators},
        units={row.code: row.unit for row in gathered.indicators},
        themes=_themes(session, state, records, places) if wants_themes else (),
        plan_number=number, plan_on=signed_on, consolidates=gathered.consolidates,
        groups=group_counts(gathered), lacking=tuple(part.name for part in gathered.lacking),
        models=model_names(list_reported(session, state.requirement, line.unit_id, on or state.until))
        if wants_models else (),
        inspected=_inspected(session, state, on or state.until, findings)
        if sections is None or sections & WITH_INSPECTIONS else None,
        own_sections={row.code: row.indicator_codes for row in state.sections if row.is_own and row.indicator_codes},
        pooled=frozenset(row.code for row in gathered.indicators if row.aggregate in POOLED))


def _inspected(session: Session, state: ReportState, on: date,
               findings: Iterable[FindingLine] | None) -> Inspected | None:
    """Inspections and findings of a unit that consolidates, with all below it; of another its findings alone.

    Three queries, or at most one.
    """
    unit_id, since = state.line.unit_id, state.requirement.coverage_from
    if state.requirement.kind is RequirementKind.AD_HOC:
        return None
    if not state.gathered.consolidates:
        if findings is not None:
            return Inspected(counts_of(findings), {}, 1)
        counts = count_concerning(session, [unit_id], since=since, until=state.until, now=start_of_day(on))
        return Inspected(counts, {}, 1)
    return inspected_of(session, state.requirement, unit_id, is_department=state.line.level is Level.DEPARTMENT,
                        until=state.until, on=on)


def model_names(models: Iterable[PickedModel]) -> tuple[tuple[str, str], ...]:
    """Good models as sentences name them: (title, unit)."""
    return tuple((model.line.title, model.line.unit_name) for model in models)


def subject_of(state: ReportState) -> str:
    """Who acts, in the middle of a sentence."""
    if state.line.level is Level.DEPARTMENT:
        return "toàn ngành"
    return "các đơn vị trên địa bàn" if state.gathered.consolidates else "đơn vị"


def group_counts(gathered: Gathered) -> tuple[GroupCount, ...]:
    """How many units of each group are in: district offices apart from the others."""
    included: Counter[str] = Counter(_group(part.kind, gathered) for part in gathered.included)
    owed = included + Counter(_group(part.kind, gathered) for part in gathered.lacking)
    order = sorted(owed, key=lambda label: label != _DISTRICTS)
    return tuple(GroupCount(label, included[label], owed[label]) for label in order)


_DISTRICTS = "phòng GD&ĐT"


def _group(kind: UnitKind, gathered: Gathered) -> str:
    """The words for a unit's group."""
    if kind is UnitKind.DISTRICT_OFFICE:
        return _DISTRICTS
    has_districts = any(part.kind is UnitKind.DISTRICT_OFFICE for part in gathered.parts)
    return "trường, trung tâm trực thuộc" if has_districts else "trường"


def written_text(state: ReportState, section_id: int, code: str, facts: NarrativeFacts) -> str:
    """What stands under a heading: what was written, else the sentences from the figures as they are now.

    What was written may hold live numbers, which are put in as they are now.
    """
    saved = state.texts.get(section_id)
    if saved is not None and not saved.is_drafted:
        return render(saved.text, live_numbers(facts)) if TOKEN.search(saved.text) else saved.text
    if saved is None and code in OFFERED_ONLY:
        return ""
    return draft_section(code, facts)


def _plan_document(session: Session, state: ReportState) -> tuple[str, date | None]:
    """Number and day of the unit's own plan, as typed from its paper. One query."""
    row = session.execute(
        select(Submission.document_number, Submission.document_on)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Obligation.unit_id == state.line.unit_id, Requirement.programme_id == state.line.programme_id,
               Requirement.kind == RequirementKind.PLAN)).first()
    return (row[0], row[1]) if row is not None else ("", None)


def _themes(session: Session, state: ReportState, records: Records | None,
            places: Iterable[Place] | None) -> tuple[tuple[str, int], ...]:
    """Activities by theme, of the unit or of all whose reports are in. Two or three queries."""
    rows = session.execute(
        select(Theme.code, Theme.label).where(Theme.programme_id == state.line.programme_id)
        .order_by(Theme.position, Theme.id)).all()
    window = state.gathered.window
    if not state.gathered.consolidates:
        counts = records.by_theme() if records else _own_themes(session, state.line.unit_id, window)
        return tuple((label, counts[code]) for code, label in rows)
    places = places if places is not None else list_places(session, state.gathered, is_wide=True)
    versions = [place.version_id for place in places]
    included = included_units(state.line.unit_id, versions, state.gathered.heirs)
    found = count_activities(session, included, window, [code for code, _label in rows], [])
    return tuple((label, sum(row.by_theme[place] for row in found)) for place, (_code, label) in enumerate(rows))


def _own_themes(session: Session, unit_id: int, window: Window) -> Counter[str]:
    """A unit's activities by code of theme. One query."""
    rows = session.execute(
        select(Theme.code, func.count())
        .join(activity_theme, activity_theme.c.theme_id == Theme.id)
        .join(Activity, Activity.id == activity_theme.c.activity_id)
        .where(Activity.unit_id.in_(window.recorders([unit_id])), Activity.programme_id == window.programme_id,
               Activity.removed_at.is_(None), Activity.starts_on.between(window.since, window.until))
        .group_by(Theme.code))
    return Counter(dict(rows.all()))
