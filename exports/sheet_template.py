"""The workbook into which sheets on paper are typed to be uploaded: a column a question, the words, the signs."""

import io
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook

from models.paper import PaperCell

DAY_COLUMN = "_ngay"
DAY_WORDS = "Ngày thu phiếu"
"""What stands below the day's column; a row that says so holds the words of the questions and no sheet."""
_MADE = datetime(2023, 1, 1)  # the same workbook each time; the format knows no zone
_HOW = (
    "Mỗi dòng là một phiếu, bắt đầu từ dòng 3 của bảng “Phiếu”. Không sửa dòng 1.",
    "Ghi số thứ tự của phương án; n là không áp dụng; để trống là bỏ trống.",
    "Câu chọn nhiều: ghi liền các số, ví dụ 135; trên chín phương án thì cách nhau bằng dấu cách.",
    "Không ghi tên, số điện thoại hoặc thông tin nhận ra một người cụ thể.",
)


def build(cells: Sequence[PaperCell], title: str) -> bytes:
    """The workbook as bytes: the same for the same questionnaire."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _MADE})
    head = book.add_format({"bold": True, "bg_color": "#e3f1ef", "border": 1})
    words = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#56636f", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Phiếu")
    for column, (code, said) in enumerate([(DAY_COLUMN, DAY_WORDS), *((cell.name, cell.text) for cell in cells)]):
        sheet.write_string(0, column, code, head)
        sheet.write_string(1, column, said, words)
    sheet.set_column(0, 0, 14, text)
    sheet.set_column(1, len(cells), 16, text)
    sheet.set_row(1, 90)
    sheet.freeze_panes(2, 1)
    signs = book.add_worksheet("Mã phương án")
    for column, said in enumerate(("Cột", "Câu hỏi", "Ghi", "Nghĩa là")):
        signs.write_string(0, column, said, head)
    for number, row in enumerate(_signs(cells), start=1):
        for column, said in enumerate(row):
            signs.write_string(number, column, said)
    signs.set_column(0, 0, 8)
    signs.set_column(1, 1, 60)
    signs.set_column(2, 2, 8)
    signs.set_column(3, 3, 40)
    how = book.add_worksheet("Hướng dẫn")
    how.set_column(0, 0, 100)
    for number, said in enumerate(_HOW):
        how.write_string(number, 0, said)
    book.close()
    return target.getvalue()


def _signs(cells: Sequence[PaperCell]) -> list[tuple[str, str, str, str]]:
    """What may stand in each column: code, question, sign, meaning."""
    rows = []
    for cell in cells:
        found = [(str(place), words) for place, words in enumerate(cell.options, start=1)]
        found += [("n", "Không áp dụng")] if cell.allows_not_applicable else []
        rows += [(cell.name, cell.text, sign, words) for sign, words in found or [("…", "số, ngày hoặc chữ")]]
    return rows


__all__ = ["DAY_COLUMN", "DAY_WORDS", "build"]
