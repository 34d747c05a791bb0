"""The table of emulation points as a document: who writes it, how it was reckoned, the groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.dates import format_document_day
from models.emulation import MOST_POINTS
from models.programme import Programme
from queries.consolidation.frozen import dump_document, load_as
from queries.document import DocumentHead
from queries.emulation.standing import Year

TYPE_NAME = "BẢNG ĐIỂM THI ĐUA"
RECIPIENTS = ("Các đơn vị có tên tại Phụ lục (để biết)", "Lãnh đạo Sở (để báo cáo)", "Lưu: VT, VP")


@dataclass(frozen=True)
class EmulationDocument:
    """The whole paper."""

    head: DocumentHead
    paragraphs: tuple[str, ...]
    year: Year


def head_of(programme: Programme) -> dict[str, Any]:
    """The frame of the paper, as it is frozen with a year; number and day are left to the clerk."""
    agency = programme.symbol.partition("-")[2]
    return dump_document(DocumentHead(
        parent_agency=programme.parent_agency, agency=programme.agency, number="",
        symbol="-".join(filter(None, ["BĐ", agency])), place=programme.place, issued_on=None, year=programme.year,
        type_name=TYPE_NAME, subject=programme.title, recipients=RECIPIENTS, authority=programme.signer_authority,
        signer_position=programme.signer_position, signer_name=programme.signer_name))


def document_of(year: Year, head: Mapping[str, Any], reason: str) -> EmulationDocument:
    """The paper of a year; a provisional one is marked as a draft."""
    found = load_as(DocumentHead, {**head, "is_draft": year.version == 0})
    return EmulationDocument(found, tuple(_paragraphs(year, reason)), year)


def _paragraphs(year: Year, reason: str) -> list[str]:
    """How it was reckoned, in sentences of a document."""
    units = sum(len(group.standings) for group in year.groups)
    ranked = sum(group.ranked for group in year.groups)
    said = [
        f"Bảng điểm này tính cho {units} đơn vị theo số liệu đến hết ngày {format_document_day(year.counted_on)}; "
        f"{ranked} đơn vị được xếp hạng trong nhóm của mình.",
        f"Mỗi tiêu chí được làm tròn đến hai chữ số sau dấu phẩy. Tiêu chí không áp dụng cho đơn vị (được miễn, không "
        f"có khảo sát, chưa đến hạn) không tính vào cả điểm đạt và điểm tối đa; điểm chính được quy về thang "
        f"{MOST_POINTS} điểm, làm tròn đến hai chữ số, rồi cộng điểm cộng và trừ điểm trừ. Đơn vị bằng điểm ở mọi tiêu "
        f"chí xét thì đồng hạng.",
    ]
    if year.version > 1:
        said.append(f"Đây là bản {year.version}, thay các bản trước. Lý do: {reason}")
    elif reason:
        said.append(f"Căn cứ công bố: {reason}")
    return said


__all__ = ["EmulationDocument", "document_of", "head_of"]
