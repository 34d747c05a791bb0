"""Any list page as a file: the page's own address with ``?format=xlsx``, the same filters and scope, all rows."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from flask import Response, request
from flask_login import current_user

from core.clock import clock
from exports.list_book import Columns, ListBook, build
from exports.workbook import Value
from views.file_answer import XLSX, file_name, send

Line = TypeVar("Line")
_NOT_KEPT = ("page", "removed", "format", "list")
"""Parameters of an address that say nothing of which rows are wanted."""


def wants_workbook(name: str = "") -> bool:
    """Whether the list is asked for as a file; ``name`` tells several lists of one page apart."""
    return request.args.get("format") == "xlsx" and request.args.get("list", "") == name


def workbook_url(name: str = "") -> str:
    """This page's address, as a file; a global of the templates (see components/list_file.html)."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in _NOT_KEPT and value]
    return f"{request.path}?{urlencode([*kept, ('format', 'xlsx'), *([('list', name)] if name else [])])}"


def send_list(title: str, columns: Columns[Line], lines: Iterable[Line], *, filters: Sequence[tuple[str, str]] = (),
              facts: Sequence[tuple[str, Value]] = ()) -> Response:
    """Answer with the list as a workbook, named by its title and the day.

    ``lines`` are all that the filters and the viewer's scope leave, as the page's own query gives them. ``filters``
    are in words, as ("Loại đơn vị", "Trường THPT"), "" for one that is not set; ``facts`` are counts to state.
    """
    book = ListBook(title, columns, lines, str(current_user.unit_name), clock.today(), filters, facts)
    return send(build(book), f"{file_name(title, f'{clock.today():%d-%m-%Y}')}.xlsx", XLSX)


__all__ = ["send_list", "wants_workbook", "workbook_url"]
