"""What a copy of a paper turned out to be, judged from what was read of it (core/signed_pdf.py)."""

import re
from collections.abc import Mapping
from typing import Any

from models.issued import CopyState

LEAST_LIKENESS = 0.5
"""Share of words below which a file without the version's code is another document (ours)."""
MOST_FILLED = 6
"""Words by which the clerk's number and day may differ on the first page (ours)."""
_BLANK = re.compile(r"[\d.…\s]")


def judge(reading: Mapping[str, Any], code: str = "") -> CopyState:
    """The state of a copy of the version with ``code``; ``reading`` was compared with the version's own PDF."""
    if not reading.get("ok"):
        return CopyState.UNREAD
    signatures = reading.get("signatures", [])
    if any(not row["intact"] or row["changed"] for row in signatures):
        return CopyState.BROKEN
    if not reading["words"]:
        return CopyState.SCAN
    if not reading.get("differing") or is_filled(reading):
        if overlaid(reading):
            return CopyState.CHANGED
        return CopyState.SIGNED if signatures else CopyState.UNSIGNED
    if reading.get("likeness", 0.0) < LEAST_LIKENESS and code not in reading.get("codes", ()):
        return CopyState.FOREIGN
    return CopyState.CHANGED


def is_filled(reading: Mapping[str, Any]) -> bool:
    """Whether nothing but the number and the day, which the paper left blank, was filled in on the first page."""
    pages = reading.get("differing", [])
    if len(pages) != 1 or pages[0]["page"] != 1 or reading.get("pages") != reading.get("issued_pages"):
        return False
    page = pages[0]
    if not page.get("in_head", True):
        return False
    if max(page["missing_count"], page["added_count"]) > MOST_FILLED:
        return False
    missing, added = "".join(page["missing"]), "".join(page["added"])
    return not any(sign.isdigit() for sign in missing) and _BLANK.sub("", missing) == _BLANK.sub("", added)


def overlaid(reading: Mapping[str, Any]) -> dict[str, list[int]]:
    """Pages that show something else than the version's though their words may be the same, by what it is.

    ``what`` is as ``core.drawn_pdf.laid_over`` names it, page 0 the file as a whole. Text that was added is told by its
    words, where it has any. Readings of before know nothing of this.
    """
    worded = {row["page"] for row in reading.get("differing", [])}
    found: dict[str, list[int]] = {}
    for row in reading.get("laid", []):
        if row["page"] not in worded:
            found.setdefault("drawing" if row["what"] == "written" else row["what"], []).append(row["page"])
        elif row["what"] not in ("written", "page"):
            found.setdefault(row["what"], []).append(row["page"])
    return found


__all__ = ["LEAST_LIKENESS", "MOST_FILLED", "is_filled", "judge", "overlaid"]
