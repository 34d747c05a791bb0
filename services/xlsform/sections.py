"""The groups of the survey sheet: sections, and grids within them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.translation import _
from models.question import Choice, Question, QuestionKind, Section, Words
from services.xlsform.book import Line
from services.xlsform.parts import read_words
from services.xlsform.row import Rows, read_question

_BEGIN, _END = re.compile(r"begin[ _]group", re.IGNORECASE), re.compile(r"end[ _]group", re.IGNORECASE)


class Sections:
    """Walks the survey sheet: groups are sections, a group shown as a table is a grid."""

    def __init__(self, rows: Rows) -> None:
        """Read ``rows``."""
        self.rows = rows
        self.done: list[Section] = []
        self.section: Section | None = None
        self.questions: list[Question] = []
        self.opened: Line | None = None
        """The row that began the section; None in one that the form itself does not have."""
        self.grid: Line | None = None
        self.grid_rows: list[tuple[Line, Question]] = []

    def read(self) -> tuple[Section, ...]:
        """All sections in order."""
        for line in self.rows.sheet.lines:
            if _BEGIN.fullmatch(line["type"]):
                self._begin(line)
            elif _END.fullmatch(line["type"]):
                self._end(line)
            else:
                self._ask(line)
        for unclosed in (self.grid, self.opened):
            if unclosed is not None:
                self.rows.fault(unclosed, "type", _("Nhóm này chưa có dòng end_group."))
        self._close()
        return tuple(self.done)

    def _begin(self, line: Line) -> None:
        """Open a section or a grid."""
        if "table-list" in line["appearance"].lower().split():
            if self.grid is not None:
                self.rows.fault(line, "type", _("Bảng nằm trong bảng chưa dùng được."))
            self.grid, self.grid_rows = line, []
            return
        if self.opened is not None or self.grid is not None:
            self.rows.fault(line, "type", _("Nhóm nằm trong nhóm chưa dùng được. Kết thúc nhóm trước rồi mở nhóm này."))
            return
        self._close()
        self.opened = line
        self.section = Section(self.rows.section(line), read_words(line, "label"), line["relevant"])

    def _end(self, line: Line) -> None:
        """Close what was opened last."""
        if self.grid is not None:
            made = _grid(self.rows, self.grid, self.grid_rows)
            self.grid = None
            self._add(made)
        elif self.opened is not None:
            self._close()
        else:
            self.rows.fault(line, "type", _("Không có nhóm nào đang mở. Xóa dòng này."))

    def _ask(self, line: Line) -> None:
        """Take a question into the open grid or section."""
        made = read_question(self.rows, line)
        if made is None:
            return
        if self.grid is None:
            self._add(made)
        elif made.kind is not QuestionKind.SCALE:
            self.rows.fault(line, "type", _("Mỗi dòng của bảng là select_one trên thang năm mức (mã 1 đến 5)."))
        else:
            self.grid_rows.append((line, made))

    def _add(self, question: Question) -> None:
        """Put a question at the end of the section; one outside any group begins a section of its own."""
        if self.section is None:
            self.section = Section(f"phan_{len(self.done) + 1}")
        self.questions.append(question)

    def _close(self) -> None:
        """Finish the section."""
        if self.section is not None:
            self.done.append(replace(self.section, questions=tuple(self.questions)))
        self.section, self.questions, self.opened = None, [], None


def _grid(rows: Rows, line: Line, items: Sequence[tuple[Line, Question]]) -> Question:
    """The grid of a group: what its rows have in common, said once."""
    code = rows.name(line)
    if not items:
        rows.fault(line, "type", _("Bảng này chưa có dòng nào."))
        return Question(code, QuestionKind.GRID)
    first = items[0][1]
    options = rows.scaled[first.code]
    for other, question in items:
        same = replace(question, code=first.code, text=first.text, hint=Words(), relevant="") == first
        if not same or rows.scaled.pop(question.code, options) != options:
            rows.fault(other, "", _(
                "Các dòng của một bảng dùng chung danh sách, bắt buộc, ràng buộc và yếu tố; gợi ý và điều kiện ghi ở "
                "dòng begin_group."))
    rows.scaled[code] = options
    return replace(
        first, code=code, kind=QuestionKind.GRID, text=read_words(line, "label"), hint=read_words(line, "hint"),
        relevant=rows.expression(line, "relevant"),
        rows=tuple(Choice(question.code, question.text) for _line, question in items))


__all__ = ["Sections"]
