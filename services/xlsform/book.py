"""The sheets of an XLSForm as rows of texts, each with its number as a spreadsheet shows it.

A workbook is an archive that anybody may have made: it is measured before anything in it is unpacked.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from core.media_type import XLSX, UnsafeFileError, find_media_type
from core.text import normalise
from core.translation import N_, _
from services.xlsform.problem import FormProblem, XLSFormError

FILE_MAX_BYTES = 2 * 1024 * 1024
MOST_ENTRIES, MOST_BYTES, MOST_RATIO = 200, 16 * 1024 * 1024, 150
MOST_ROWS, MOST_COLUMNS = 3000, 80
SHEETS = ("survey", "choices", "settings", "portal", "factors")
_UNSAFE = {
    "bomb": N_("Tệp nén quá nhiều dữ liệu nên không mở. Chép các ô cần dùng sang tệp mới."),
    "macro": N_("Tệp có chương trình (macro). Lưu lại thành .xlsx rồi thử lại."),
    "encrypted": N_("Tệp đặt mật khẩu. Bỏ mật khẩu rồi thử lại."),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_BASES = {"relevance": "relevant", "id_string": "form_id", "title": "form_title", "caption": "label"}
_LANGUAGES = {"vi": ("vi", "vietnamese", "tieng viet", "tiếng việt"), "en": ("en", "english", "tieng anh", "tiếng anh")}


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not empty: its number, and its texts by column ("label:vi", "portal:min", "type")."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The text under a column, "" where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the heads as they are written, by column, and its rows."""

    name: str
    heads: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


def read_book(data: bytes) -> dict[str, Sheet]:
    """The known sheets of a workbook by name, empty where one is missing. Raises XLSFormError."""
    _guard(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # the library has no error of its own for a broken archive
        raise _refused(_("Tệp hỏng hoặc không phải tệp Excel (.xlsx).")) from error
    try:
        named = {str(name).strip().lower(): name for name in book.sheetnames}
        found = {name: _sheet(name, book[named[name]]) for name in SHEETS if name in named}
    except XLSFormError:
        raise
    except Exception as error:
        raise _refused(_("Tệp hỏng: không đọc được các ô. Mở bằng Excel, lưu lại rồi thử lại.")) from error
    finally:
        book.close()
    if not found.get("survey", Sheet("survey")).lines:
        raise XLSFormError([FormProblem("survey", 0, "", _("Thiếu trang tính “survey” có các câu hỏi."))])
    return {name: found.get(name, Sheet(name)) for name in SHEETS}


def _refused(message: str) -> XLSFormError:
    """The file as a whole cannot be used."""
    return XLSFormError([FormProblem("", 0, "", message)])


def _guard(data: bytes) -> None:
    """Measure the archive. Raises XLSFormError for what is too large, too dense, or holds a program."""
    if len(data) > FILE_MAX_BYTES:
        raise _refused(_("Tệp lớn hơn 2 MB. Bỏ hình ảnh và trang tính không cần rồi thử lại."))
    try:
        if find_media_type(io.BytesIO(data)) != XLSX:
            raise _refused(_("Đây không phải tệp Excel (.xlsx), hoặc tệp đã hỏng."))
    except UnsafeFileError as error:
        raise _refused(_(_UNSAFE[error.reason])) from error
    try:
        _measure(data)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, XLSFormError):
            raise
        raise _refused(_("Đây không phải tệp Excel (.xlsx), hoặc tệp đã hỏng.")) from error


def _measure(data: bytes) -> None:
    """Hold an archive to what a questionnaire needs. Raises XLSFormError."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES or total > MOST_BYTES or total > MOST_RATIO * max(1, len(data)):
            raise _refused(_(_UNSAFE["bomb"]))
        if any(entry.filename.lower().endswith((".exe", ".dll")) for entry in entries):
            raise _refused(_(_UNSAFE["macro"]))
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(entry)[:4096]:
                raise _refused(_("Tệp có phần không an toàn nên không mở."))


def _sheet(name: str, sheet: Any) -> Sheet:
    """One sheet's heads and rows; formulas give their last value."""
    heads: dict[int, str] = {}
    lines = []
    problems = []
    columns: dict[str, str] = {}
    for number, values in enumerate(_rows(name, sheet), start=1):
        texts = [_text(value) for value in values]
        if not any(texts):
            continue
        if not columns:
            for place, head in enumerate(texts):
                column = _column(head)
                if head and column in columns:
                    problems.append(FormProblem(name, number, head, _("Cột này có hai lần.")))
                elif head:
                    heads[place], columns[column] = column, head
            continue
        lines.append(Line(number, {heads[place]: text for place, text in enumerate(texts) if text and place in heads}))
    if problems:
        raise XLSFormError(problems)
    return Sheet(name, columns, tuple(line for line in lines if line.cells))


def _rows(name: str, sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows as they come. Raises XLSFormError past the most that a questionnaire has."""
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS or (len(values) > MOST_COLUMNS and any(values[MOST_COLUMNS:])):
            raise XLSFormError([FormProblem(name, number, "", _(
                "Trang tính có hơn %(rows)s dòng hoặc %(columns)s cột. Xóa phần thừa rồi thử lại.",
                rows=MOST_ROWS, columns=MOST_COLUMNS))])
        yield values[:MOST_COLUMNS]


def _text(value: Any) -> str:
    """A cell as text: NFC, plain line breaks, trimmed; 3.0 is "3", a day is 2023-05-30."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    plain = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", normalise(plain)).strip()


def _column(head: str) -> str:
    """A column's key: "Label::Vietnamese (vi)" is "label:vi", "portal::min" is "portal:min"."""
    base, sign, rest = head.partition("::" if "::" in head else ":")
    base = "_".join(base.strip().lower().split())
    base = _BASES.get(base, base)
    if not sign:
        return base
    rest = rest.strip().strip(":").lower()
    return f"{base}:{language_of(rest) or rest}"


def language_of(text: str) -> str:
    """Return "vi" or "en" for the name of a language as "Vietnamese (vi)"; "" for any other."""
    bare = normalise(text).strip().lower()
    code = bare.rpartition("(")[2].removesuffix(")").strip() if bare.endswith(")") else bare
    return next((name for name, words in _LANGUAGES.items() if code in words or bare in words), "")


__all__ = ["FILE_MAX_BYTES", "SHEETS", "Line", "Sheet", "language_of", "read_book"]
