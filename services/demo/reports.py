"""Half-year reports of demonstration units: typed figures on top of what their activities count."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import local_day, start_of_day
from models.figure import FigureState, Provenance
from models.indicator import Indicator, OutlineKind, OutlineSection
from models.plan import SectionText
from models.report import ReportFigure
from models.requirement import Obligation, Requirement
from models.unit import UnitKind
from models.workflow import Status
from services.demo.journey import Actors, travel
from services.demo.story import Fate
from services.report import freeze_report
from services.submission import DocumentFields, FrozenContent, ensure_submission, set_document

_TYPED: dict[str, tuple[int, int]] = {
    "A1": (1, 6), "A3": (0, 2), "A4": (0, 2), "C5": (10, 900), "C6": (100, 3000), "F1": (0, 3), "F2": (0, 8),
    "F3": (0, 2), "K2": (18, 90), "K5": (200, 1400),
}
_DISTRICT_STAFF = (10, 18)
_TEXTS = {
    "IV.1": "Đơn vị triển khai kịp thời, hình thức phù hợp với cha mẹ học sinh và người học.",
    "IV.2": "Một số nội dung còn lặp lại; lượt tương tác trên trang của đơn vị chưa cao.",
    "IV.3": "Người phụ trách còn kiêm nhiệm, thời gian dành cho công tác tuyên truyền chưa nhiều.",
    "V": "Tiếp tục tuyên truyền dịch vụ công trực tuyến, gắn với kỷ niệm 60 năm ngày thành lập tỉnh Quảng Ninh.",
    "VI": "Đề nghị Sở cung cấp thêm tài liệu tuyên truyền dạng hình ảnh để các đơn vị dùng chung.",
}


class ReportWriter:
    """Writes reports of one requirement; reads the programme's indicators and outline once."""

    def __init__(self, session: Session, requirement: Requirement, today: date, random: Random) -> None:
        """Read what every report needs."""
        self.session, self.requirement, self.today, self.random = session, requirement, today, random
        programme_id = requirement.programme_id
        self.indicators = dict(session.execute(
            select(Indicator.code, Indicator.id).where(Indicator.programme_id == programme_id)).all())
        self.sections = {
            (outline, code): id_ for outline, code, id_ in session.execute(
                select(OutlineSection.kind, OutlineSection.code, OutlineSection.id)
                .where(OutlineSection.programme_id == programme_id))}

    def add(self, obligation: Obligation, kind: UnitKind, symbol: str, fate: Fate, actors: Actors) -> None:
        """Write a unit's report and take it to its fate. Does not commit."""
        if fate.status is None:
            return
        sent_on = self.today - timedelta(days=self._days_ago(fate))
        began = start_of_day(sent_on - timedelta(days=1)) + timedelta(hours=9)
        submission = ensure_submission(self.session, obligation.id, began, actors.writer)
        self._type_figures(submission.id, kind, began)
        self._write_texts(submission.id, OutlineKind.CONSOLIDATION if kind.is_intermediate else OutlineKind.REPORT)
        number = f"{self.random.randint(10, 90)}/BC-{symbol}"
        position = "Trưởng phòng" if kind is UnitKind.DISTRICT_OFFICE else "Hiệu trưởng"
        set_document(submission, DocumentFields(number, sent_on, "", position, ""))
        self.session.flush()

        def freeze(now: datetime) -> FrozenContent:
            until = min(self.requirement.cut_off_on, local_day(now))
            return freeze_report(self.session, submission, obligation, self.requirement, until)

        travel(self.session, submission, fate, freeze, sent_on=sent_on, actors=actors, part="section:II.1",
               random=self.random)

    def _days_ago(self, fate: Fate) -> int:
        """How many days ago it was sent: what still waits came lately."""
        return self.random.randint(1, 4) if fate.status is Status.SUBMITTED else self.random.randint(3, 8)

    def _type_figures(self, submission_id: int, kind: UnitKind, now: datetime) -> None:
        """Type the figures that nothing counts; some cells say "không phát sinh"."""
        values = {code: self.random.randint(*span) for code, span in _TYPED.items()}
        if kind is UnitKind.DISTRICT_OFFICE:
            values["K2"], values["K5"] = self.random.randint(*_DISTRICT_STAFF), 0
        values["K1"] = round(values["K2"] * self.random.uniform(0.85, 1))
        values["K4"] = round(values["K5"] * self.random.uniform(0.6, 1))
        received = self.random.choice((0, 0, self.random.randint(20, 400)))
        values |= {"G1": received, "G2": round(received * self.random.uniform(0.5, 0.95))}
        values |= {"G4": round(received * 0.96), "G5": round(received * 0.95), "G7": received - round(received * 0.96)}
        values |= {"G8": round(received * 0.4), "G9": round(received * 0.6), "G10": round(received * 0.1)}
        values |= {"F4": self.random.choice((0, 0, 1, 3)), "E6": self.random.randint(8, 40)}
        values["F5"] = values["F4"]
        nil = {"F4", "F5"} if values["F4"] == 0 else set()
        nil |= {code for code in values if code.startswith("G")} if received == 0 else set()
        for code, value in values.items():
            if code in self.indicators:
                state = FigureState.NIL if code in nil else FigureState.VALUE
                self.session.add(ReportFigure(
                    submission_id=submission_id, indicator_id=self.indicators[code], state=state,
                    value=Decimal(value) if state is FigureState.VALUE else None, provenance=Provenance.TYPED,
                    changed_at=now))

    def _write_texts(self, submission_id: int, outline: OutlineKind) -> None:
        """Write what no figure can say."""
        for code, text in _TEXTS.items():
            section_id = self.sections.get((outline, code))
            if section_id is not None:
                self.session.add(SectionText(submission_id=submission_id, section_id=section_id, text=text))
