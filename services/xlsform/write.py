"""Writing a questionnaire as an XLSForm workbook: other tools read what they know, reading it here gives it all back.

What XLSForm has no place for stands in columns named ``portal::…`` and in the sheets ``portal`` and ``factors``.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook

from models.question import TEXTUAL, Body, Choice, Question, QuestionKind, Words
from services.xlsform.lists import LEVEL_CODES, NOT_APPLICABLE
from services.xlsform.row import limits_expression

Row = Mapping[str, str]
VI, EN = "Vietnamese (vi)", "English (en)"
_NOT_APPLICABLE_WORDS = Words("Không áp dụng", "Not applicable")
_MADE_AT = datetime(2023, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same questionnaire gives the same bytes; the workbook's own moments have no zone."""
_TYPES = {
    QuestionKind.INTEGER: "integer", QuestionKind.DECIMAL: "decimal", QuestionKind.TEXT: "text",
    QuestionKind.LONG_TEXT: "text", QuestionKind.DATE: "date", QuestionKind.NOTE: "note",
}
SURVEY = ("type", "name", f"label::{VI}", f"label::{EN}", f"hint::{VI}", f"hint::{EN}", "required", "relevant",
          "constraint", f"constraint_message::{VI}", f"constraint_message::{EN}", "appearance", "portal::kind",
          "portal::factor", "portal::min", "portal::max", "portal::decimals", "portal::max_length", "portal::answer",
          "portal::code")
CHOICES = ("list_name", "name", f"label::{VI}", f"label::{EN}", "portal_scale")
SETTINGS = ("form_title", "form_id", "version", "default_language")
PORTAL = ("name", f"value::{VI}", f"value::{EN}")
FACTORS = ("code", f"name::{VI}", f"name::{EN}", "service")
_WIDE = 48


def write_xlsform(code: str, version: int, body: Body) -> bytes:
    """The workbook of one version. The same input gives the same bytes."""
    lists = _Lists(body)
    survey = list(_survey(body, lists))
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                             "strings_to_numbers": False})
    book.set_properties({"title": body.title.vi, "created": _MADE_AT})
    head = book.add_format({"bold": True, "bg_color": "#e3f1ef", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for name, columns, rows in (
        ("survey", SURVEY, survey), ("choices", CHOICES, lists.rows),
        ("settings", SETTINGS, [_settings(code, version, body)]), ("portal", PORTAL, list(_portal(body))),
        ("factors", FACTORS, list(_factors(body))),
    ):
        _fill(book.add_worksheet(name), columns, rows, head, cell)
    book.close()
    return target.getvalue()


def _fill(sheet: Any, columns: Sequence[str], rows: Sequence[Row], head: Any, cell: Any) -> None:
    """Write heads and rows, every cell as text whatever it begins with."""
    sheet.freeze_panes(1, 2)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDE if "::V" in column or "::E" in column else 16)
        sheet.write_string(0, place, column, head)
        for number, row in enumerate(rows, start=1):
            if row.get(column):
                sheet.write_string(number, place, row[column], cell)


class _Lists:
    """The lists of options, each under a name of its own."""

    def __init__(self, body: Body) -> None:
        self.rows: list[Row] = []
        self.names: set[str] = set()
        self.scales: dict[tuple[str, bool], str] = {}
        scaled = {(question.scale, question.allows_not_applicable) for question in body.questions()
                  if question.kind in (QuestionKind.SCALE, QuestionKind.GRID)}
        for scale, words in body.scales:
            levels = [Choice(level, word) for level, word in zip(LEVEL_CODES, words, strict=False)]
            self.scales[scale, False] = self.add(scale, levels, scale)
            if (scale, True) in scaled:
                self.scales[scale, True] = self.add(
                    f"{scale}_na", [*levels, Choice(NOT_APPLICABLE, _NOT_APPLICABLE_WORDS)], scale)

    def add(self, wanted: str, choices: Sequence[Choice], scale: str = "") -> str:
        """Write a list and return the name it got."""
        plain = "".join(sign if sign.isalnum() else "_" for sign in wanted) or "list"
        name, number = plain, 1
        while name in self.names:
            number += 1
            name = f"{plain}_{number}"
        self.names.add(name)
        self.rows += [{"list_name": name, "name": choice.code, "portal_scale": scale, **_words("label", choice.text)}
                      for choice in choices]
        return name

    def of(self, question: Question) -> str:
        """The list of a question on the scale; the first scale's where it names none."""
        first = next((scale for scale, _not_applicable in self.scales), "")
        wanted = question.scale if (question.scale, False) in self.scales else first
        return self.scales.get((wanted, question.allows_not_applicable)) or self.scales.get((wanted, False), "")


def _survey(body: Body, lists: _Lists) -> Iterator[Row]:
    """The rows of the survey sheet: a group a section, a table a grid, else a row a question."""
    taken = {name for question in body.questions() for name in (question.code, *question.names)}
    for section in body.sections:
        name = _own_name(section.code, taken)
        yield {"type": "begin_group", **name, "relevant": section.relevant, "appearance": "field-list",
               **_words("label", section.title)}
        for question in section.questions:
            if question.kind is QuestionKind.GRID:
                grid = _own_name(question.code, set(question.names))
                yield {"type": "begin_group", **grid, "appearance": "table-list",
                       "relevant": question.relevant, **_words("label", question.text), **_words("hint", question.hint)}
                for row in question.rows:
                    yield {**_common(question), "type": f"select_one {lists.of(question)}", "name": row.code,
                           **_words("label", row.text)}
                yield {"type": "end_group", "name": grid["name"]}
            else:
                yield _question(question, lists)
        yield {"type": "end_group", "name": name["name"]}


def _own_name(code: str, taken: set[str]) -> dict[str, str]:
    """A group's name: its code, or where a question bears that too, another with the code beside it."""
    name = code
    while name in taken:
        name = f"{name}_group"
    return {"name": name, "portal::code": code if name != code else ""}


def _question(question: Question, lists: _Lists) -> Row:
    """The row of a question that is no grid."""
    row = {**_common(question), "name": question.code, "relevant": question.relevant,
           **_words("label", question.text), **_words("hint", question.hint)}
    if question.kind is QuestionKind.SCALE:
        return {**row, "type": f"select_one {lists.of(question)}", "appearance": "likert"}
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        word = "select_one" if question.kind is QuestionKind.SINGLE else "select_multiple"
        return {**row, "type": f"{word} {lists.add(question.code, question.choices)}",
                "portal::kind": question.kind.value}
    return {**row, "type": _TYPES[question.kind],
            "appearance": "multiline" if question.kind is QuestionKind.LONG_TEXT else ""}


def _common(question: Question) -> dict[str, str]:
    """What the rows of a grid share: whether it is required, constraint, limits, factor, right answer."""
    length = question.max_length if question.kind in TEXTUAL else None
    limits = limits_expression(question.kind, question.minimum, question.maximum, length)
    constraint = question.constraint
    if limits and constraint:
        constraint = f"{limits} and ({constraint})"
    return {
        "required": "yes" if question.is_required else "", "constraint": constraint or limits,
        "portal::factor": question.factor, "portal::min": question.minimum, "portal::max": question.maximum,
        "portal::decimals": str(question.decimals) if question.kind is QuestionKind.DECIMAL else "",
        "portal::max_length": str(length) if length is not None else "", "portal::answer": question.answer,
        **_words("constraint_message", question.constraint_message),
    }


def _words(column: str, words: Words) -> dict[str, str]:
    """Both languages of a text under their columns."""
    return {f"{column}::{VI}": words.vi, f"{column}::{EN}": words.en}


def _settings(code: str, version: int, body: Body) -> Row:
    """The row of the settings sheet."""
    return {"form_title": body.title.vi, "form_id": code, "version": str(version), "default_language": VI}


def _portal(body: Body) -> Iterator[Row]:
    """The texts and choices of the whole questionnaire."""
    for name, words in (("title", body.title), ("intro", body.intro), ("thanks", body.thanks)):
        yield {"name": name, **_words("value", words)}
    for name, text in (("headline", body.headline), ("pass_share", str(body.pass_share)),
                       ("sectioned", "yes" if body.is_sectioned else "no")):
        yield {"name": name, f"value::{VI}": text}


def _factors(body: Body) -> Iterator[Row]:
    """A row a factor."""
    for factor in body.factors:
        yield {"code": factor.code, "service": "yes" if factor.is_service else "no", **_words("name", factor.name)}


__all__ = ["write_xlsform"]
