"""One row of the survey sheet, as the question it asks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.expression import ExpressionError, parse
from core.translation import _
from models.question import NUMERIC, TEXTUAL, Choice, Question, QuestionKind
from services.xlsform.book import Line, Sheet
from services.xlsform.lists import ChoiceList
from services.xlsform.parts import NO, YES, read_words
from services.xlsform.problem import FormProblem

LIMITS = ("portal:min", "portal:max")
_PLAIN = {
    "integer": QuestionKind.INTEGER, "int": QuestionKind.INTEGER, "decimal": QuestionKind.DECIMAL,
    "text": QuestionKind.TEXT, "string": QuestionKind.TEXT, "date": QuestionKind.DATE, "note": QuestionKind.NOTE,
}
_SELECT = re.compile(r"(select[ _]one|select1|select[ _]multiple|select[ _]all[ _]that[ _]apply)"
                     r"(?:[ _]from)?\s+(\S+)(\s+or[ _]other)?", re.IGNORECASE)
_BOUNDS = re.compile(r"\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)(?:\s+and\s+\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?))?")
_UNUSABLE = ("calculation", "choice_filter", "repeat_count", "default", "trigger", "parameters", "guidance_hint",
             "media:image", "media:audio", "media:video", "image", "audio", "video", "bind:type", "required_message")
_GATHERING = frozenset({"start", "end", "today", "deviceid", "username", "phonenumber", "email", "simserial",
                        "subscriberid", "audit", "start-geopoint", "background-audio"})


@dataclass
class Rows:
    """The survey sheet while it is read: lists to choose from, problems found, and where each name stands."""

    sheet: Sheet
    lists: Mapping[str, ChoiceList]
    problems: list[FormProblem]
    places: dict[str, int] = field(default_factory=dict)
    """The row of each name."""
    sections: dict[str, int] = field(default_factory=dict)
    """The row of each section; a section and a question may have the same name."""
    scaled: dict[str, str] = field(default_factory=dict)
    """The list of each scale question, by its name."""

    def fault(self, line: Line, column: str, message: str) -> None:
        """Note what is wrong in a row; the column is named as the sheet's head names it."""
        self.problems.append(FormProblem(self.sheet.name, line.number, self.column(column), message))

    def column(self, column: str) -> str:
        """A column as the sheet's head names it; texts may stand in one of a language alone."""
        heads = self.sheet.heads
        return heads.get(column) or heads.get(f"{column}:vi") or column

    def flag(self, line: Line, column: str) -> bool:
        """Read yes or no; empty is no."""
        text = line[column].lower()
        if text not in YES | NO:
            self.fault(line, column, _("Ghi yes hoặc no; điều kiện để bắt buộc chưa dùng được."))
        return text in YES

    def name(self, line: Line) -> str:
        """The name of a row; it must be there and be new."""
        return self._new(line, self.places)

    def section(self, line: Line) -> str:
        """The name of a section, as ``name`` is that of a question."""
        self.expression(line, "relevant")
        return self._new(line, self.sections)

    def _new(self, line: Line, places: dict[str, int]) -> str:
        name = line["portal:code"] or line["name"]
        if not name:
            self.fault(line, "name", _("Đặt tên (mã) cho dòng này."))
        elif name in places:
            self.fault(line, "name", _("Tên “%(name)s” đã có ở dòng %(row)s. Đặt tên khác.", name=name,
                                       row=places[name]))
        else:
            places[name] = line.number
        return name

    def expression(self, line: Line, column: str, text: str | None = None) -> str:
        """An expression that can be read, or what stands in the way noted."""
        wanted = line[column] if text is None else text
        try:
            if wanted:
                parse(wanted)
        except ExpressionError as error:
            self.fault(line, column, _("Biểu thức chưa đọc được: %(reason)s", reason=str(error)))
        return wanted


def read_question(rows: Rows, line: Line) -> Question | None:
    """The question of a row, or None with what is wrong noted."""
    for column in _UNUSABLE:
        if line[column]:
            rows.fault(line, column, _("Cổng chưa dùng cột này. Xóa nội dung của ô."))
    word = line["type"]
    select = _SELECT.fullmatch(word)
    if select is not None:
        return _selection(rows, line, select)
    kind = _PLAIN.get(word.lower())
    if kind is None:
        rows.fault(line, "type", _refusal(word))
        return None
    if kind is QuestionKind.TEXT and "multiline" in line["appearance"].lower():
        kind = QuestionKind.LONG_TEXT
    return _question(rows, line, kind)


def _refusal(word: str) -> str:
    """Why a type cannot be used."""
    if not word:
        return _("Ghi loại câu hỏi, ví dụ select_one, integer, text.")
    if word.lower() in _GATHERING:
        return _("Cổng không ghi thời điểm, thiết bị hay người trả lời. Xóa dòng “%(type)s”.", type=word)
    if "repeat" in word.lower():
        return _("Nhóm lặp lại chưa dùng được. Bỏ begin_repeat, end_repeat.")
    if word.lower().startswith("select"):
        return _("Ghi tên danh sách phương án sau loại, ví dụ “select_one muc_do”.")
    return _("Loại “%(type)s” chưa dùng được. Dùng select_one, select_multiple, integer, decimal, text, date, note "
             "hoặc begin_group.", type=word)


def _selection(rows: Rows, line: Line, select: re.Match[str]) -> Question | None:
    """A question with options: single, multiple, or on the scale."""
    is_single = select.group(1).lower() in ("select_one", "select one", "select1")
    options = rows.lists.get(select.group(2))
    if select.group(3):
        rows.fault(line, "type", _("“or_other” chưa dùng được. Thêm phương án “Khác” và một câu chữ sau đó."))
    if options is None:
        rows.fault(line, "type", _("Trang tính “choices” không có danh sách “%(list)s”.", list=select.group(2)))
        return None
    if is_single and options.is_scale and line["portal:kind"] != QuestionKind.SINGLE.value:
        made = _question(rows, line, QuestionKind.SCALE, allows_not_applicable=options.allows_not_applicable)
        rows.scaled[made.code] = options.name
        return made
    kind = QuestionKind.SINGLE if is_single else QuestionKind.MULTIPLE
    return _question(rows, line, kind, choices=tuple(options.choices))


def _question(rows: Rows, line: Line, kind: QuestionKind, *, choices: tuple[Choice, ...] = (),
              allows_not_applicable: bool = False) -> Question:
    """A question with what is the same for all kinds, and its limits."""
    minimum, maximum, constraint = _limits(rows.sheet, line, kind)
    length = max_length_of(rows, line) if kind in TEXTUAL else None
    prefix = limits_expression(kind, minimum, maximum, length if line["portal:max_length"] else None)
    default = Question("", kind)
    return Question(
        code=rows.name(line), kind=kind, text=read_words(line, "label"), hint=read_words(line, "hint"),
        is_required=rows.flag(line, "required"), relevant=rows.expression(line, "relevant"),
        constraint=rows.expression(line, "constraint", _own(constraint, prefix)),
        constraint_message=read_words(line, "constraint_message"),
        choices=choices, allows_not_applicable=allows_not_applicable, factor=line["portal:factor"],
        minimum=minimum, maximum=maximum, answer=line["portal:answer"],
        decimals=_count(rows, line, "portal:decimals", default.decimals),
        max_length=default.max_length if length is None else length)


def _limits(sheet: Sheet, line: Line, kind: QuestionKind) -> tuple[str, str, str]:
    """Smallest, largest, and what remains of the constraint; a form of another tool says both in the constraint."""
    constraint = line["constraint"]
    if any(column in sheet.heads for column in LIMITS) or kind not in NUMERIC:
        return line["portal:min"], line["portal:max"], constraint
    bounds = _BOUNDS.fullmatch(constraint)
    if bounds is None or bounds.group(1) == bounds.group(3):
        return "", "", constraint
    found = {bounds.group(1): bounds.group(2), bounds.group(3): bounds.group(4) or ""}
    return found.get(">=", ""), found.get("<=", ""), ""


def limits_expression(kind: QuestionKind, minimum: str, maximum: str, max_length: int | None) -> str:
    """The limits of a question as other tools read them: ". >= 0 and . <= 200"; "" without limits."""
    shape = "date('{}')" if kind is QuestionKind.DATE else "{}"
    parts = [f". {sign} {shape.format(limit)}" for sign, limit in ((">=", minimum), ("<=", maximum)) if limit]
    if max_length is not None:
        parts.append(f"string-length(.) <= {max_length}")
    return " and ".join(parts)


def _own(constraint: str, limits: str) -> str:
    """A constraint without the limits that ``write_xlsform`` puts before it."""
    if not limits or not constraint.startswith(limits):
        return constraint
    rest = constraint[len(limits):]
    if rest.startswith(" and (") and rest.endswith(")"):
        return rest[len(" and ("):-1]
    return constraint if rest else ""


def max_length_of(rows: Rows, line: Line) -> int:
    """The most signs of a text."""
    return _count(rows, line, "portal:max_length", Question("", QuestionKind.TEXT).max_length)


def _count(rows: Rows, line: Line, column: str, default: int) -> int:
    """A whole number in a cell, or the default where it is empty."""
    text = line[column]
    if not text:
        return default
    if not text.isdecimal() or len(text) > 6:
        rows.fault(line, column, _("Ghi số nguyên, chỉ gồm chữ số."))
        return default
    return int(text)


__all__ = ["LIMITS", "Rows", "limits_expression", "max_length_of", "read_question"]
