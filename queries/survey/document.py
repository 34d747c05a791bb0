"""What the papers of a survey are made of: the poster, the paper form, slips with codes, and the results.

Frozen values for ``exports``; nothing here knows a session or a page size. Addresses are whole, as people type them.
"""

from dataclasses import dataclass
from datetime import date

from models.question import NUMERIC, SCALED, Body, QuestionKind
from queries.document import DocumentHead
from queries.survey.result import GroupResult, SurveyResult

_SECONDS = {QuestionKind.SINGLE: 6, QuestionKind.MULTIPLE: 9, QuestionKind.DATE: 8}
_SECONDS |= dict.fromkeys(SCALED, 6) | dict.fromkeys(NUMERIC, 8)


@dataclass(frozen=True, slots=True)
class PosterDocument:
    """A poster that asks people to answer, with the address as a QR code and in type."""

    parent_agency: str
    """As "SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH"; empty when there is none."""
    agency: str
    """As "TRƯỜNG THPT CHUYÊN HẠ LONG"."""
    unit_name: str
    """As "Trường THPT Chuyên Hạ Long"."""
    title: str
    """What the survey is for: the round's title."""
    address: str
    """As "https://…/s/abcd2345"; printed below the code."""
    closes_on: date
    minutes: int = 2
    """How long it takes to answer."""
    contact: str = ""
    """Whom to ask; empty prints no such line."""
    for_staff: bool = False
    """Whether officials and staff are asked; they answer with a code that is good once."""

    @property
    def qr_address(self) -> str:
        """What the QR code holds: the address, marked so that its channel is counted apart."""
        return f"{self.address}?k=qr"


@dataclass(frozen=True, slots=True)
class PaperFormDocument:
    """A questionnaire to be filled in with a pen."""

    parent_agency: str
    agency: str
    unit_name: str
    title: str
    """The round's title."""
    body: Body
    host: str
    """Đơn vị chủ trì, named in the consent words."""
    contact: str
    closes_on: date
    address: str = ""
    """Where the same questions can be answered on a phone; empty prints no such line."""
    place_code: str = ""
    """Printed small, so that sheets of several units are not mixed up when typed in."""


@dataclass(frozen=True, slots=True)
class SlipDocument:
    """Slips with codes that are good for one answer each, ten a page."""

    agency: str
    """As "TRƯỜNG THPT CHUYÊN HẠ LONG"."""
    title: str
    address: str
    """As "https://…/s/abcd2345"; a slip's QR code holds ``address``/``code``."""
    closes_on: date
    codes: tuple[str, ...]
    """As they are typed, in an order that says nothing about people."""


@dataclass(frozen=True, slots=True)
class SurveyReportDocument:
    """What came of a round over one unit and all below it, as a report on paper or a workbook."""

    head: DocumentHead
    result: SurveyResult
    """All of it may be shown."""
    units: tuple[tuple[GroupResult, int], ...]
    """All units below with their depth: 0 for those directly below, each before the ones below it."""
    on: date
    """The day of the numbers."""


def minutes_to_answer(body: Body) -> int:
    """How long answering takes, in whole minutes and at least one; texts are voluntary and not counted."""
    seconds = sum(_SECONDS.get(question.kind, 0) * len(question.items) for question in body.questions())
    return max(1, round(seconds / 60))


__all__ = ["PaperFormDocument", "PosterDocument", "SlipDocument", "SurveyReportDocument", "minutes_to_answer"]
