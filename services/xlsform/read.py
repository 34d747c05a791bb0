"""Reading an XLSForm into the body of a questionnaire: all of it, or nothing with every fault named.

XLSForm is the spreadsheet form of the ODK tools. pyxform judges whether the file is one; the portal reads the same
rows itself, since a fault must name its sheet, row and column, and not every type has a place here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from core.translation import _
from models.question import Body, Section, Words
from models.questionnaire_check import check
from services.xlsform.book import Sheet, read_book
from services.xlsform.lists import ChoiceList, read_lists, scales_of
from services.xlsform.parts import read_factors, read_portal, read_settings
from services.xlsform.problem import FormProblem, XLSFormError
from services.xlsform.row import Rows
from services.xlsform.sections import Sections

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"On the '(\w+)' sheet, the '(\w+)' value")


@dataclass(frozen=True, slots=True)
class XLSForm:
    """A questionnaire as its file gives it; ``code`` is the form's id, "" where it has none."""

    code: str
    body: Body


def read_xlsform(data: bytes, name: str = "") -> XLSForm:
    """Read a workbook; ``name`` is the file's, the title where the form has none. Raises XLSFormError."""
    book = read_book(data)
    problems: list[FormProblem] = []
    lists = read_lists(book["choices"], problems)
    rows = Rows(book["survey"], lists, problems)
    sections = Sections(rows).read()
    code, title = read_settings(book["settings"], problems)
    whole = read_portal(book["portal"], title or name.rpartition(".")[0], problems)
    factors = read_factors(book["factors"], problems)
    problems += _languages(book)
    if problems:
        raise XLSFormError(sorted(problems, key=_place))
    scales = scales_of(lists, set(rows.scaled.values()))
    body = Body(scales=_distinct(scales, lists, problems), factors=factors,
                sections=_with_scales(sections, {name: scales[of][0] for name, of in rows.scaled.items()}), **whole)
    problems = problems or _unsound(body, rows) or _ask_library(book)
    if problems:
        raise XLSFormError(problems)
    return XLSForm(code, body)


_ASKED = {"type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "appearance",
          "list_name", "form_title", "form_id", "version", "default_language"}
"""What the library is shown: the columns of the portal mean nothing to it."""
_WHOLE = {"title": ("settings", "form_title"), "scales": ("choices", ""), "factors": ("factors", ""),
          "headline": ("portal", "value")}
"""Where a fault of the whole is mended."""
_PARTS = {"code": "name", "text": "label", "rows": "label", "choices": "type", "scale": "type",
          "factor": "portal:factor", "answer": "portal:answer", "limits": "constraint"}
"""The column of a question's part, where it is not called like it."""
_TRANSLATED = frozenset({"label", "hint", "constraint_message", "value", "form_title"})


def _place(problem: FormProblem) -> tuple[bool, str, int]:
    """The survey sheet first, then row by row."""
    return problem.sheet != "survey", problem.sheet, problem.row


def _with_scales(sections: Iterable[Section], scales: Mapping[str, str]) -> tuple[Section, ...]:
    """The sections with the name of the scale in each scale question and grid."""
    return tuple(
        replace(section, questions=tuple(
            replace(question, scale=scales.get(question.code, "")) for question in section.questions))
        for section in sections)


def _distinct(scales: Mapping[str, tuple[str, tuple[Words, ...]]], lists: Mapping[str, ChoiceList],
              problems: list[FormProblem]) -> tuple[tuple[str, tuple[Words, ...]], ...]:
    """Each scale once, in order; two lists of one scale must have the same words."""
    found: dict[str, tuple[Words, ...]] = {}
    for name, (scale, words) in scales.items():
        if found.setdefault(scale, words) != words:
            problems.append(FormProblem("choices", lists[name].row, "label", _(
                "Các danh sách của thang “%(scale)s” phải có năm mức viết giống nhau.", scale=scale)))
    return tuple(found.items())


def _languages(book: Mapping[str, Sheet]) -> list[FormProblem]:
    """Columns in a language that the portal does not speak, and a form without Vietnamese."""
    found = []
    for sheet in book.values():
        for column, head in sheet.heads.items():
            base, _sign, language = column.partition(":")
            if base in _TRANSLATED and language not in ("", "vi", "en"):
                found.append(FormProblem(sheet.name, 1, head, _(
                    "Cổng dùng tiếng Việt và tiếng Anh. Đổi thành “%(base)s::Vietnamese (vi)” hoặc xóa cột.",
                    base=base)))
    if not {"label", "label:vi"} & set(book["survey"].heads):
        found.append(FormProblem("survey", 1, "label", _("Thêm cột “label::Vietnamese (vi)” có câu chữ tiếng Việt.")))
    return found


def _ask_library(book: Mapping[str, Sheet]) -> list[FormProblem]:
    """What pyxform finds wrong, at the place that it names."""
    shown: dict[str, list[dict[str, str | None]]] = {}
    for sheet in (book[name] for name in ("survey", "choices", "settings") if book[name].lines):
        shown[sheet.name] = _shown(sheet)
        shown[f"{sheet.name}_header"] = [{head: None for column, head in sheet.heads.items() if _is_asked(column)}]
    try:
        convert(shown, validate=False)
    except PyXFormError as error:
        text = str(error)
        row, place = _ROW.search(text), _SHEET.search(text)
        name, column = (place.group(1), place.group(2)) if place else ("survey" if row else "", "")
        return [FormProblem(name, int(row.group(1)) if row else 0, column, _(
            "Chưa đúng chuẩn XLSForm: “%(words)s”", words=_ROW.sub("", text)))]
    except Exception as error:  # it meets what nobody thought of with whatever Python raises
        return [FormProblem("", 0, "", _("Chưa đúng chuẩn XLSForm: “%(words)s”", words=f"{error}"[:200]))]
    return []


def _is_asked(column: str) -> bool:
    """Whether the library knows a column."""
    return column.partition(":")[0] in _ASKED


def _shown(sheet: Sheet) -> list[dict[str, str | None]]:
    """A sheet's rows under their own heads; the first is row 2, an empty one stays as a place."""
    rows: list[dict[str, str | None]] = []
    for line in sheet.lines:
        rows += [{} for _gap in range(line.number - 2 - len(rows))]
        rows.append({sheet.heads[column]: text for column, text in line.cells.items() if _is_asked(column)})
    return rows


def _unsound(body: Body, rows: Rows) -> list[FormProblem]:
    """What makes the questionnaire unsound as a whole: cycles, unknown questions, limits, factors."""
    found = []
    for problem in check(body):
        sheet, column = _WHOLE.get(problem.where, ("survey", ""))
        row = rows.places.get(problem.where) or rows.sections.get(problem.where, 0)
        if sheet == "survey":
            column = rows.column(_PARTS.get(problem.part, problem.part or "type"))
        found.append(FormProblem(sheet, row if sheet == "survey" else 0, column, problem.message))
    return found


__all__ = ["XLSForm", "read_xlsform"]
