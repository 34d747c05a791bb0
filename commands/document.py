"""flask document: say whether a file is what the portal issued."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.pdf_reading import BusyError
from core.storage import FileStore
from models.issued import LARGEST_COPY
from models.paper_reading import overlaid, shown_otherwise
from queries.issued import PaperFacts
from services.issue import FOLDER
from services.signature import TRUST
from services.verification import Checked, examine, recognise

group = AppGroup("document", help="Văn bản do cổng phát hành.")


@group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Trả lời bằng JSON.")
def verify(file: Path, as_json: bool) -> None:
    """Kiểm tra một tệp có đúng là tệp do cổng phát hành; kết thúc bằng 0 nếu đúng, bằng 1 nếu không."""
    if file.stat().st_size > LARGEST_COPY:
        raise click.ClickException(f"Tệp lớn hơn {LARGEST_COPY >> 20} MB nên không kiểm tra.")
    checked = _check(file.read_bytes())
    if as_json:
        click.echo(json.dumps(_plain(checked), ensure_ascii=False))
    else:
        click.echo(_sentence(checked))
    raise SystemExit(0 if checked.outcome.is_good else 1)


def _check(content: bytes) -> Checked:
    """What the file is. Raises ClickException when too many are being read."""
    instance: Path = current_app.config["SETTINGS"].instance
    store = FileStore(instance / FOLDER)
    try:
        return recognise(db.session, content, None, store) or examine(
            db.session, content, None, store, instance / TRUST)
    except BusyError as error:
        raise click.ClickException("Máy đang đọc nhiều tệp khác; hãy thử lại sau một phút.") from error


def _sentence(checked: Checked) -> str:
    """The answer in words, with what the file is of."""
    lines = [f"{checked.outcome.label}."]
    if checked.paper is not None:
        lines.append(_named(checked.paper))
        lines.append(f"Tình trạng: {_standing(checked.paper)}.")
    for row in checked.reading.get("signatures", []):
        state = "còn nguyên vẹn" if row["intact"] and not row["changed"] else "không còn nguyên vẹn"
        lines.append(f"Chữ ký số của {row['name'] or 'người không ghi tên'}: {state}.")
    for row in checked.reading.get("differing", [])[:5]:
        lines.append(f"Trang {row['page']} khác với bản phát hành.")
    lines += [text % {"pages": pages} for text, pages in shown_otherwise(checked.reading)]
    return "\n".join(lines)


def _named(paper: PaperFacts) -> str:
    """Kind, title, agency, number, day and code."""
    kind = "Kế hoạch" if paper.is_plan else "Báo cáo"
    number = f", số {paper.number}" if paper.number else ""
    on = f", ngày {format_day(paper.on)}" if paper.on else ""
    return f"{kind}: {paper.title}; {paper.agency}{number}{on}; bản {paper.version}; mã {paper.code or 'chưa có'}."


def _standing(paper: PaperFacts) -> str:
    """Whether the paper holds."""
    if paper.recalled_on is not None:
        return f"{paper.standing.label} ngày {format_day(paper.recalled_on)}, lý do: {paper.recall_reason}"
    return paper.standing.label


def _plain(checked: Checked) -> dict[str, object]:
    """The answer as JSON."""
    paper = checked.paper
    return {
        "outcome": checked.outcome.value, "genuine": checked.outcome.is_good, "checked_on": clock.today().isoformat(),
        "paper": None if paper is None else {
            "code": paper.code, "title": paper.title, "agency": paper.agency, "number": paper.number,
            "on": paper.on.isoformat() if paper.on else None, "version": paper.version,
            "standing": paper.standing.value},
        "signatures": checked.reading.get("signatures", []),
        "pages_that_differ": [row["page"] for row in checked.reading.get("differing", [])],
        "shown_otherwise": overlaid(checked.reading),
    }
