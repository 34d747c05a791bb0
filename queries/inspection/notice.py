"""The notice of a visit's results (thông báo kết quả kiểm tra), as it stands on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.dates import format_document_day
from core.numbers import format_integer
from models.inspection import EvidenceKind, InspectionState, Mark
from queries.document import DocumentHead, NarrativeSection
from queries.inspection.detail import VisitCard
from queries.inspection.document import finding_rows
from queries.inspection_annex import FindingRow
from queries.unit import get_unit

TYPE_NAME = "THÔNG BÁO"
RECIPIENTS = ("Như trên", "Lãnh đạo Sở (để báo cáo)", "Văn phòng Sở (để theo dõi)", "Lưu: VT")


@dataclass(frozen=True)
class NoticeDocument:
    """The paper that a unit gets after its visit."""

    head: DocumentHead
    opening: str
    sections: tuple[NarrativeSection, ...]
    findings: tuple[FindingRow, ...]
    closing: str


def read_notice(session: Session, card: VisitCard, on: date) -> NoticeDocument:
    """The notice of a visit that took place; marked as a draft until the inspection is concluded. Two queries."""
    rows = finding_rows(session, card.findings)
    return NoticeDocument(
        _head(session, card, on), _opening(card),
        (NarrativeSection("I", 1, "I.", "Tình hình kiểm tra", _course(card)),
         NarrativeSection("II", 1, "II.", "Nhận xét, kết luận", card.visit.conclusion or "Chưa ghi kết luận chung."),
         NarrativeSection("III", 1, "III.", "Kiến nghị", _demands(rows))),
        rows, _closing(rows))


def _head(session: Session, card: VisitCard, on: date) -> DocumentHead:
    """Who writes to whom; number and day are the clerk's."""
    line = card.inspection.line
    owner = get_unit(session, line.owner_id, on)
    return DocumentHead(
        parent_agency=owner.parent_name.upper() if owner else "", agency=line.owner_name.upper(), number="",
        symbol="-".join(filter(None, ["TB", owner.symbol if owner else ""])), place=owner.place if owner else "",
        issued_on=None, year=on.year, type_name=TYPE_NAME,
        subject=f"Kết quả {line.title[:1].lower()}{line.title[1:]} tại {card.visit.unit_name}",
        addressees=(card.visit.unit_name,), recipients=RECIPIENTS,
        signer_position=(owner.head_position if owner else "").upper(),
        signer_name=owner.head_name if owner else "", is_draft=line.state is not InspectionState.CONCLUDED)


def _opening(card: VisitCard) -> str:
    """On which ground, when, where."""
    line, bases = card.inspection.line, []
    if line.decision_number:
        day = f" ngày {format_document_day(line.decided_on)}" if line.decided_on else ""
        bases.append(f"Quyết định số {line.decision_number}{day}")
    if line.host_programme:
        bases.append(f"{line.host_programme} (kiểm tra lồng ghép)")
    ground = f"Thực hiện {' và '.join(bases)}, " if bases else ""
    day = format_document_day(card.visit.visited_on or line.starts_on)
    text = f"{ground}ngày {day}, đoàn kiểm tra của {line.owner_name} đã kiểm tra tại {card.visit.unit_name}."
    return f"{text[:1].upper()}{text[1:]} Kết quả như sau:"


def _course(card: VisitCard) -> str:
    """Whom the inspectors met, what they looked at, how much evidence they saw."""
    told = []
    if card.visit.met:
        told.append(f"Làm việc với: {_joined(card.visit.met)}.")
    if card.inspection.content:
        told.append(f"Nội dung kiểm tra: {_joined(card.inspection.content)}.")
    for kind in EvidenceKind:
        marks = [mark.mark for mark in card.marks if mark.kind is kind]
        if marks:
            parts = [f"{mark.label[:1].lower()}{mark.label[1:]}: {format_integer(marks.count(mark))}"
                     for mark in Mark if mark in marks]
            told.append(f"- {kind.label}: đối chiếu {format_integer(len(marks))} mục; {'; '.join(parts)}.")
    return "\n".join(told) or "Đoàn đã làm việc trực tiếp tại đơn vị."


def _joined(text: str) -> str:
    """Lines of a text one after another."""
    return "; ".join(line.strip(" .;") for line in text.splitlines() if line.strip())


def _demands(rows: tuple[FindingRow, ...]) -> str:
    """How many findings there are, and until when."""
    if not rows:
        return "Không có kiến nghị."
    last = format_document_day(max(row.due_on for row in rows))
    return (f"Đoàn kiểm tra nêu {format_integer(len(rows))} kiến nghị (danh sách tại Phụ lục kèm theo). Đề nghị đơn vị "
            f"khắc phục và trả lời trên cổng đúng hạn của từng kiến nghị, chậm nhất ngày {last}.")


def _closing(rows: tuple[FindingRow, ...]) -> str:
    """The last sentence, without its end mark."""
    if rows:
        return "Trên đây là thông báo kết quả kiểm tra, đề nghị đơn vị nghiêm túc thực hiện"
    return "Trên đây là thông báo kết quả kiểm tra để đơn vị biết"


__all__ = ["NoticeDocument", "read_notice"]
