"""A filled-in file on the web, of accounts or units: taking it in, and showing what it would do, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Response, request, send_file

from core.text import normalise
from core.translation import _
from exports.table_template import TableTemplate, build_csv, build_workbook
from services.account_upload import UPLOAD_MAX_BYTES
from services.table_comparison import Comparison, RowState

PAGE_SIZE = 50
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came; ``message`` says what is wrong with it as a whole, "" when nothing is."""

    name: str
    data: bytes
    message: str = ""


def receive() -> Received:
    """Take the file "file" of the request."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return Received("", b"", _("Chọn một tệp Excel hoặc CSV"))
    data = file.read(UPLOAD_MAX_BYTES + 1)
    file.close()
    message = ""
    if not data.strip():
        message = _("Tệp trống. Chọn tệp khác")
    elif len(data) > UPLOAD_MAX_BYTES:
        message = _("Tệp lớn hơn 1 MB. Chia thành nhiều tệp nhỏ hơn")
    return Received(normalise(file.filename), data, message)


def shown(found: Comparison | None, url: Callable[..., str]) -> dict[str, Any]:
    """What the templates of ``filled_file`` need: one page of rows, those to mend first, filtered by state.

    ``url`` makes the page's address from ``state`` and ``page``.
    """
    found = found or Comparison()
    text = request.args.get("state", "")
    state = RowState(text) if text in list(RowState) else None
    order = list(RowState)
    rows = sorted((row for row in found.rows if state in (None, row.state)),
                  key=lambda row: (order.index(row.state), row.number))
    page_count = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(request.args.get("page", 1, type=int), 1), page_count)
    chips = [{"label": _(one.label), "is_on": one is state, "count": found.counts[one],
              "url": url(**({} if one is state else {"state": one.value}))} for one in order if found.counts[one]]
    kept = {"state": state.value} if state else {}
    return {"found": found, "rows": rows[(number - 1) * PAGE_SIZE:number * PAGE_SIZE], "chips": chips,
            "total": len(rows), "number": number, "page_count": page_count,
            "page_url": lambda place: url(**kept, page=place)}


def send_template(template: TableTemplate, name: str) -> Response:
    """Send a template under a name that ends in .xlsx or .csv."""
    is_workbook = name.endswith(".xlsx")
    data = build_workbook(template) if is_workbook else build_csv(template)
    return send_file(BytesIO(data), mimetype=XLSX_TYPE if is_workbook else "text/csv", as_attachment=True,
                     download_name=name)


__all__ = ["Received", "receive", "send_template", "shown"]
