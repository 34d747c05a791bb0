"""Demonstration commendations and one criticism: every state of the table, without any real person's name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.activity import Activity
from models.commendation import Commendation, CommendationKind, Deed
from models.criticism import Basis
from models.permission import Viewer
from models.programme import Theme
from models.unit import Unit
from services.commendation import CommendationInput, decide, edit_text, propose
from services.criticism import CriticismInput, add_criticism

_K, _D = CommendationKind, Deed


@dataclass(frozen=True)
class _Story:
    """One proposal: whose, what, and what became of it, deed by deed."""

    unit_code: str
    kind: CommendationKind
    title: str
    text: str
    deeds: tuple[Deed, ...]
    has_consent: bool = False


STORIES = (
    _Story("TH-193-02", _K.MODEL, "Góc dịch vụ công trực tuyến cho cha mẹ học sinh (minh họa)",
           "Mỗi chiều thứ sáu, tổ văn phòng đặt một bàn có máy tính và người hướng dẫn cha mẹ nộp hồ sơ trực tuyến.",
           (_D.ACCEPT, _D.EDIT_TEXT, _D.PICK, _D.PUBLISH)),
    _Story("TH-193-02", _K.PERSON, "Cán bộ văn phòng tận tụy hướng dẫn thủ tục (minh họa)",
           "Soạn tờ hướng dẫn một trang cho từng thủ tục, dán mã QR ở cổng trường.", (_D.ASK,), True),
    _Story("THCS-193-03", _K.INITIATIVE, "Video ngắn giải thích thủ tục chuyển trường (minh họa)",
           "Học sinh câu lạc bộ truyền thông dựng năm video dưới hai phút, đăng trên trang của trường.", ()),
    _Story("PGD-193", _K.COLLECTIVE, "Tổ tiếp nhận hồ sơ không để quá hạn (minh họa)",
           "Mỗi sáng rà soát hồ sơ đến hạn trong ba ngày, phân công và nhắc người xử lý.",
           (_D.ACCEPT, _D.EDIT_TEXT, _D.PICK)),
    _Story("TH-202-02", _K.MODEL, "Họp phụ huynh không giấy (minh họa)",
           "Tài liệu, biểu quyết và góp ý đều qua mã QR; trường công bố kết quả ngay tại buổi họp.",
           (_D.ACCEPT, _D.EDIT_TEXT, _D.PICK, _D.PUBLISH)),
    _Story("PGD-202", _K.MODEL, "Bản tin cải cách hành chính hằng tháng (minh họa)",
           "Một trang tin gửi tới các trường, nêu việc đã làm và việc cần làm.", (_D.REFUSE,)),
    _Story("TH-202-02", _K.PERSON, "Người dẫn chuyện ở bộ phận một cửa (minh họa)",
           "Ghi lại câu hỏi thường gặp và trả lời trên bảng tin.",
           (_D.ACCEPT, _D.EDIT_TEXT, _D.PICK, _D.PUBLISH), True),
)
CRITICISED, CRITICISM_TOKEN = "NCL-UKA", "demo-criticism"
"""The unit that never started anything."""


def add_commendations(session: Session, viewers: dict[str, Viewer], programme_id: int, on: date) -> None:
    """Add the stories, a day apart, and one criticism. Does not commit."""
    codes = dict(session.execute(
        select(Unit.code, Unit.id).where(Unit.code.in_([CRITICISED, *(story.unit_code for story in STORIES)]))).all())
    themes = tuple(session.scalars(
        select(Theme.code).where(Theme.programme_id == programme_id).order_by(Theme.position).limit(2)))
    begun = start_of_day(on) - timedelta(days=len(STORIES))
    for place, story in enumerate(STORIES):
        if story.unit_code in codes:
            now = begun + timedelta(days=place, hours=9)
            unit_id = codes[story.unit_code]
            activity = session.scalar(select(Activity.id).where(
                Activity.unit_id == unit_id, Activity.removed_at.is_(None)).order_by(Activity.id).limit(1))
            given = CommendationInput(
                kind=story.kind, title=story.title,
                person_name="Cán bộ A (minh họa)" if story.kind is _K.PERSON else "", person_post="Nhân viên văn phòng",
                has_consent=story.has_consent, consent_note="giấy đồng ý lưu tại đơn vị (minh họa)",
                description=story.text, results="Số hồ sơ nộp trực tuyến tăng so với cùng kỳ (minh họa).",
                theme_codes=themes[:1 + place % 2], activity_ids=(activity,) if activity else (), attachment_ids=())
            found = propose(session, given, unit_id=unit_id, programme_id=programme_id,
                            form_token=f"demo-commendation-{place}", viewer=None, now=now)
            _moderate(session, found, story, viewers["office"], now + timedelta(hours=3))
    if CRITICISED in codes:
        add_criticism(
            session, CriticismInput(Basis.LATE, "Đơn vị chưa gửi kế hoạch năm dù đã được nhắc nhiều lần (minh họa).",
                                    "Đề nghị làm việc trực tiếp với đơn vị (minh họa)."),
            unit_id=codes[CRITICISED], programme_id=programme_id, form_token=CRITICISM_TOKEN, viewer=viewers["office"],
            now=start_of_day(on) - timedelta(hours=15))


def _moderate(session: Session, found: Commendation, story: _Story, office: Viewer, now: datetime) -> None:
    """Take a proposal through its deeds."""
    for deed in story.deeds:
        if deed is Deed.EDIT_TEXT:
            edit_text(session, found, title=story.title, text=f"{story.text}\n{found.results}",
                      shows_name=story.has_consent, photo_ids=(), viewer=office, now=now)
        else:
            decide(session, found, deed, reason="Xin bổ sung số liệu trước và sau khi thực hiện (minh họa)."
                   if deed in (Deed.ASK, Deed.REFUSE) else "", viewer=office, now=now)
