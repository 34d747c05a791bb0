"""Whom a plan or report waits for: the unit, its head, the district office, the Office of the Department."""

from enum import StrEnum

from core.translation import N_
from models.requirement import Level
from models.workflow import Status


class Waiting(StrEnum):
    """Who has the next step."""

    UNIT = "unit"
    HEAD = "head"
    DISTRICT = "district"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Thủ trưởng ký duyệt'."""
        return {"unit": N_("Đơn vị soạn và gửi"), "head": N_("Thủ trưởng ký duyệt"),
                "district": N_("Phòng, xã, phường duyệt"), "office": N_("Văn phòng Sở duyệt")}[self.value]


def waiting_for(status: Status | None, level: Level, *, is_signed_off: bool, is_prepared: bool,
                asks_unlock: bool) -> Waiting | None:
    """Who has the next step of what a unit owes; None when nothing is left to do.

    What is being written waits for the head once it is prepared for signature (number, day or signer of the paper are
    filled in, or an earlier text was signed already) and what stands there now is not signed off; until then, and
    after signing, for the unit. What was handed in, and a request to unlock, wait for the reviewer: of a school its
    district office (since 1 July 2025 its commune or ward), of all others the Office.
    """
    if status is None:
        return Waiting.UNIT
    if status.is_editable:
        return Waiting.HEAD if is_prepared and not is_signed_off else Waiting.UNIT
    if status is Status.SUBMITTED or asks_unlock:
        return Waiting.DISTRICT if level is Level.SECOND else Waiting.OFFICE
    return None


__all__ = ["Waiting", "waiting_for"]
