"""What a copy of a paper turned out to be, judged from what was read of it (core/signed_pdf.py)."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.translation import N_
from models.issued import CopyState

LEAST_LIKENESS = 0.5
"""Share of words below which a file without the version's code is another document (ours)."""
MOST_FILLED = 6
"""Words by which the clerk's number and day may differ on the first page (ours)."""
SHOWN = {
    "note": N_("Trang %(pages)s: có ghi chú, hình dán hoặc ô điền không có trong bản phát hành."),
    "drawing": N_("Trang %(pages)s: có hình hoặc nét vẽ không có trong bản phát hành."),
    "written": N_("Trang %(pages)s: có phần viết thêm không có trong bản phát hành."),
    "anew": N_("Trang %(pages)s: đã được vẽ lại; chữ vẫn đúng, nhưng không xác nhận được những gì khác trên trang."),
    "font": N_("Trang %(pages)s: phông chữ hoặc hình không còn là của bản phát hành."),
    "size": N_("Trang %(pages)s: bị cắt hoặc xoay khác bản phát hành."),
    "page": N_("Trang %(pages)s: thừa hoặc thiếu so với bản phát hành."),
    "form": N_("Tệp có biểu mẫu điện tử có thể hiện ra thay cho các trang."),
    "script": N_("Tệp có lệnh tự chạy, có thể làm trang hiện khác đi."),
    "layer": N_("Tệp có lớp ẩn hiện được, nên trang có thể hiện khác đi."),
}
"""What pages show otherwise (core/drawn_pdf.py), as sentences."""
SHOWN_PAGES = 8
"""Runs of pages that one sentence names."""
WORDS_ALONE = N_("Chữ trong tệp đúng với bản phát hành, nhưng riêng chữ không bảo đảm được cho cả tệp.")
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
        if overlaid(reading):  # the words alone do not vouch for what is shown
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


def overlaid(reading: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the pages show otherwise than the version's, apart from their words; none in readings of before.

    Rows of core/drawn_pdf.py, without those that a page's own words tell already: text behind it and, where more
    than number and day differs, that it was drawn anew, is too many or too few.
    """
    worded = {row["page"] for row in reading.get("differing", [])}
    told = {"written"} if is_filled(reading) else {"written", "anew", "page"}
    return [row for row in reading.get("laid", []) if row["page"] not in worded or row["what"] not in told]


def shown_otherwise(reading: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the pages show otherwise, as sentences (message ids) with the pages that each is true of, as "1, 3–5"."""
    pages: dict[str, set[int]] = {}
    for row in overlaid(reading):
        pages.setdefault(row["what"], set()).add(row["page"])
    told = [(SHOWN[what], page_runs(numbers)) for what, numbers in pages.items() if what in SHOWN]
    if told and not is_redrawn(reading) and (not reading.get("differing") or is_filled(reading)):
        told.append((WORDS_ALONE, ""))
    return told


def page_runs(pages: Iterable[int]) -> str:
    """Numbers of pages as "1, 3–5"; those beyond SHOWN_PAGES runs as an ellipsis."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    told = ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in runs[:SHOWN_PAGES])
    return f"{told}, …" if len(runs) > SHOWN_PAGES else told


def is_redrawn(reading: Mapping[str, Any]) -> bool:
    """Whether nothing is known against a file but that its pages were drawn anew, as by another program's printing."""
    if reading.get("differing") and not is_filled(reading):
        return False
    return {row["what"] for row in overlaid(reading)} == {"anew"}


__all__ = ["LEAST_LIKENESS", "MOST_FILLED", "is_filled", "is_redrawn", "judge", "overlaid", "page_runs",
           "shown_otherwise"]
