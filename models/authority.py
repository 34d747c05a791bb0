"""By what right somebody signs: the lines above a signature (Decree 30/2020/NĐ-CP, article 13 and annex I, II.7b)."""

import re
from enum import StrEnum

from core.translation import N_


class Authority(StrEnum):
    """The mark before the position in whose place somebody signs."""

    COLLECTIVE = "TM."
    DEPUTY = "KT."
    BY_ORDER = "TL."
    AUTHORISED = "TUQ."
    ACTING = "Q."
    """Stands before the signer's own position, not on a line above it."""

    @property
    def label(self) -> str:
        """What it means."""
        return _LABELS[self]


_LABELS = {
    Authority.COLLECTIVE: N_("Thay mặt tập thể"),
    Authority.DEPUTY: N_("Cấp phó ký thay người đứng đầu"),
    Authority.BY_ORDER: N_("Ký thừa lệnh người đứng đầu"),
    Authority.AUTHORISED: N_("Ký thừa ủy quyền bằng văn bản"),
    Authority.ACTING: N_("Quyền người đứng đầu"),
}
HEADS = ("GIÁM ĐỐC", "TRƯỞNG PHÒNG", "HIỆU TRƯỞNG", "CHỦ TỊCH")
"""Who heads a Department or centre, a district office, a school, a People's Committee."""
COLLECTIVES = ("ỦY BAN NHÂN DÂN",)
_INSTEAD = (Authority.DEPUTY, Authority.BY_ORDER, Authority.AUTHORISED)
AUTHORITY_LINES = (*(f"{mark} {head}" for head in HEADS for mark in _INSTEAD),
                   *(f"{Authority.COLLECTIVE} {body}" for body in COLLECTIVES))
"""Lines to choose from, as "KT. GIÁM ĐỐC"; empty is right where the head signs."""
POSITIONS = (*HEADS, *(f"PHÓ {head}" for head in HEADS), *(f"{Authority.ACTING} {head}" for head in HEADS),
             "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")
"""The signer's own positions to choose from."""
_MARK = re.compile(r"^(TUQ|TM|KT|TL|Q)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)


def write_authority(text: str) -> str:
    """The line as the decree writes its mark: "kt.GIÁM ĐỐC" and "KT GIÁM ĐỐC" are "KT. GIÁM ĐỐC"; others stay."""
    return _MARK.sub(lambda found: f"{found[1].upper()}. ", text.strip())


__all__ = ["AUTHORITY_LINES", "COLLECTIVES", "HEADS", "POSITIONS", "Authority", "write_authority"]
