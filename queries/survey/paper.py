"""The papers of a survey as documents: poster and paper form of a place, and the report on results of a unit."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.programme import Programme
from models.question import Body
from models.questionnaire import Questionnaire
from models.survey import SurveyAudience, SurveyPlace, SurveyRound
from models.unit import UnitKind
from queries.document import DocumentHead
from queries.survey.document import PaperFormDocument, PosterDocument, SurveyReportDocument, minutes_to_answer
from queries.survey.result import GroupResult, SurveyResult
from queries.unit import UnitLine, get_unit

REPORT_ABBREVIATION = "BC"
"""Of "Báo cáo" (Decree 30/2020/NĐ-CP, annex III)."""


def agency_names(unit: UnitLine) -> tuple[str, str]:
    """The two lines above a document of a unit, as they are printed (domain §1.4)."""
    if unit.kind is UnitKind.DISTRICT_OFFICE and unit.district:
        return f"UBND {unit.district}".upper(), unit.kind.label.upper()
    if unit.kind is UnitKind.DEPARTMENT:
        province = unit.parent_name.removeprefix("Ủy ban nhân dân ")
        return f"UBND {province}".upper() if province else "", unit.name.removesuffix(province).strip().upper()
    return unit.parent_name.upper(), unit.name.upper()


def get_poster(session: Session, place_id: int, address: str, on: date) -> PosterDocument | None:
    """The poster of a place that is answered at ``address``, or None. Two queries."""
    read = _read(session, place_id, on)
    if read is None:
        return None
    _place, row, body, unit = read
    parent, agency = agency_names(unit)
    return PosterDocument(parent, agency, unit.name, row.title, address, row.closes_on, minutes_to_answer(body),
                          row.contact, row.audience is SurveyAudience.STAFF)


def get_paper_form(session: Session, place_id: int, address: str, on: date) -> PaperFormDocument | None:
    """The questionnaire of a place on paper, or None. Two queries."""
    read = _read(session, place_id, on)
    if read is None:
        return None
    place, row, body, unit = read
    parent, agency = agency_names(unit)
    is_open = row.audience is SurveyAudience.PEOPLE
    return PaperFormDocument(parent, agency, unit.name, row.title, body, row.host, row.contact, row.closes_on,
                             address if is_open else "", place.code)


def _read(session: Session, place_id: int, on: date) -> tuple[SurveyPlace, SurveyRound, Body, UnitLine] | None:
    """A place with its round, what is asked, and its unit."""
    found = session.execute(
        select(SurveyPlace, SurveyRound, Questionnaire.body)
        .join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
        .join(Questionnaire, Questionnaire.id == SurveyRound.questionnaire_id)
        .where(SurveyPlace.id == place_id)).first()
    if found is None:
        return None
    place, row, body = found
    unit = get_unit(session, place.unit_id, on) or get_unit(session, place.unit_id, row.closes_on)
    return None if unit is None else (place, row, Body.load(body), unit)


def report_of(session: Session, result: SurveyResult, units: tuple[tuple[GroupResult, int], ...],
              on: date) -> SurveyReportDocument:
    """The report on results; a draft until the round has ended. Two queries."""
    unit = get_unit(session, result.unit_id, on) or get_unit(session, result.unit_id, result.round.closes_on)
    programme = session.scalar(
        select(Programme).join(SurveyRound, SurveyRound.programme_id == Programme.id)
        .where(SurveyRound.id == result.round.id))
    return SurveyReportDocument(_head(result, unit, programme, on), result, units, on)


def _head(result: SurveyResult, unit: UnitLine | None, programme: Programme | None, on: date) -> DocumentHead:
    """The frame of the report; number and day are left to the clerk."""
    values: dict[str, Any] = {"parent_agency": "", "agency": result.unit_name.upper(), "symbol": REPORT_ABBREVIATION,
                              "place": "", "recipients": ("Lưu: VT",)}
    if unit is not None:
        parent, agency = agency_names(unit)
        values |= {"parent_agency": parent, "agency": agency, "place": unit.place,
                   "symbol": "-".join(filter(None, [REPORT_ABBREVIATION, unit.symbol])),
                   "addressees": tuple(filter(None, [unit.parent_name])),
                   "recipients": ("Như trên", "Lưu: VT") if unit.parent_name else ("Lưu: VT",),
                   "signer_position": unit.head_position.upper(), "signer_name": unit.head_name}
    if programme is not None and result.unit_kind is UnitKind.DEPARTMENT:
        values |= {"parent_agency": programme.parent_agency, "agency": programme.agency, "place": programme.place,
                   "addressees": tuple(programme.report_addressees), "authority": programme.signer_authority,
                   "recipients": ("Như trên", "Lưu: VT, VP") if programme.report_addressees else ("Lưu: VT, VP",),
                   "signer_position": programme.signer_position, "signer_name": programme.signer_name}
    title = result.round.title
    return DocumentHead(
        **values, number="", issued_on=None, year=on.year, type_name="BÁO CÁO",
        subject=f"Kết quả {title[:1].lower()}{title[1:]}", is_draft=on <= result.round.closes_on)


__all__ = ["agency_names", "get_paper_form", "get_poster", "report_of"]
