"""What the form of an ad hoc report offers, begins with, and shows of a draft."""

from datetime import date, timedelta
from typing import Any

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.translation import _
from forms.ad_hoc import OWN_FIELDS, AdHocOptions, Choosable
from models.ad_hoc import AdHocReport, Brief, OwnIndicator, number_of
from models.programme import Programme
from models.requirement import Requirement
from models.survey import SurveyAudience
from queries.ad_hoc import media_labels
from queries.figure import list_indicators
from queries.survey.round import list_published
from queries.unit import list_units
from services.ad_hoc import next_code
from views.access import viewer

DAYS_TO_REPORT = 7
DAYS_TO_CONSOLIDATE = 5
REVIEW_DAYS, RETURN_DAYS = 2, 2
HEADINGS = ("Kết quả thực hiện", "Khó khăn, vướng mắc, nguyên nhân", "Kiến nghị, đề xuất")
"""With what the form begins, so that a report can be given out in two minutes."""
HOST = "Sở Giáo dục và Đào tạo"


def choosable_units() -> list[Choosable]:
    """Units that report, of today."""
    return [Choosable(unit.id, unit.code, unit.name, unit.kind, unit.parent_id)
            for unit in list_units(db.session, viewer(), clock.today()) if unit.kind.is_reporter and unit.parent_id]


def options_of(programme: Programme, requirement: Requirement | None = None) -> AdHocOptions:
    """What the form offers."""
    code = requirement.code if requirement is not None else next_code(db.session, programme.year)
    return AdHocOptions(
        units=choosable_units(),
        indicators=[(line.code, line.name) for line in list_indicators(db.session, programme.id)],
        media=media_labels(db.session, programme.id),
        questionnaires=[(str(option.id), _("%(title)s (bản %(version)s)", title=option.title, version=option.version))
                        for option in list_published(db.session)],
        number=number_of(code), today=clock.today())


def beginning(programme: Programme, today: date) -> dict[str, Any]:
    """A report from today, due in a week, that tells of the year so far."""
    due_on = today + timedelta(days=DAYS_TO_REPORT)
    first = min(date(programme.year, 1, 1), today)
    days = {"opens_on": today, "due_on": due_on, "coverage_from": first, "coverage_to": due_on, "cut_off_on": due_on,
            "consolidation_due_on": due_on + timedelta(days=DAYS_TO_CONSOLIDATE), "round_opens_on": today,
            "round_closes_on": due_on - timedelta(days=1)}
    return {
        **{name: format_day(day) for name, day in days.items()}, "counts_due_day": "yes",
        "review_days": str(REVIEW_DAYS), "return_days": str(RETURN_DAYS), "headings": "\n".join(HEADINGS),
        "audience": SurveyAudience.PEOPLE.value, "host": HOST}


def texts_of(requirement: Requirement, report: AdHocReport) -> dict[str, Any]:
    """A draft as its form shows it."""
    brief = Brief.load(report.brief)
    names = ("opens_on", "due_on", "coverage_from", "coverage_to", "cut_off_on", "consolidation_due_on")
    days = {name: getattr(requirement, name) for name in names}
    texts: dict[str, Any] = {
        **{name: format_day(day) if day else "" for name, day in days.items()}, **brief.selection,
        "title": requirement.title, "legal_basis": requirement.legal_basis,
        "counts_due_day": "yes" if requirement.counts_due_day else "no", "review_days": str(requirement.review_days),
        "return_days": str(requirement.return_days), "headings": "\n".join(brief.headings),
        "indicators": list(brief.indicator_codes), "audience": SurveyAudience.PEOPLE.value, "host": HOST}
    if brief.survey is not None:
        texts |= {
            "questionnaire": str(brief.survey.questionnaire_id), "audience": brief.survey.audience,
            "host": brief.survey.host, "contact": brief.survey.contact,
            "round_opens_on": format_day(date.fromisoformat(brief.survey.opens_on)),
            "round_closes_on": format_day(date.fromisoformat(brief.survey.closes_on))}
    for place, own in enumerate(brief.own):
        texts |= {f"own_{place}_{name}": _own_text(own, name) for name in OWN_FIELDS}
    return texts


def _own_text(own: OwnIndicator, name: str) -> str:
    """One field of an own indicator."""
    value = getattr(own, name)
    return " ".join(value) if isinstance(value, tuple) else str(value)


__all__ = ["beginning", "choosable_units", "options_of", "texts_of"]
