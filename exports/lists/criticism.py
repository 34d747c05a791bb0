"""Places that do badly, recorded or proposed, as lists for those who may read them."""

from core.dates import format_moment
from exports.list_book import Columns, ListColumn
from queries.criticism import CriticismLine, Suspect

CRITICISMS: Columns[CriticismLine] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 44),
    ListColumn("Căn cứ", lambda line: line.basis.label, 30),
    ListColumn("Nội dung", lambda line: line.what, 70),
    ListColumn("Đề nghị", lambda line: line.proposal, 50),
    ListColumn("Số liệu", lambda line: "; ".join(text for text, _url in line.facts), 50),
    ListColumn("Ghi nhận lúc", lambda line: format_moment(line.recorded_at), 22),
    ListColumn("Tình trạng", lambda line: "Đã khép lại" if line.is_closed else "Đang mở", 14),
)
SUSPECTS: Columns[Suspect] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 44),
    ListColumn("Căn cứ", lambda line: line.basis.label, 30),
    ListColumn("Số liệu", lambda line: "; ".join(sign.text for sign in line.signs), 80),
)
