"""Making a year: clone or bring a file, look it over, compare, publish, take it away as a file."""

import json
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.programme import YearForm
from models.permission import Action
from models.programme import Programme, ProgrammeStatus
from models.programme_book import TABLES, rows_of
from models.programme_change import compare, name_of
from models.programme_check import BookProblem, check_book
from queries.programme import find_programme, list_years
from services.programme_book import (
    ProgrammeBookError,
    UnsoundBookError,
    clone_programme,
    import_book,
    publish,
    read_book,
)
from views.access import requires, viewer
from views.programme.blueprint import blueprint, load
from views.programme.story import told

LARGEST_FILE = 5 * 1024 * 1024


@blueprint.get("/new")
@requires(Action.PROGRAMME_MANAGE)
def new() -> str:
    """Choose how a new year begins: from last year, or from a file."""
    return _new(YearForm(data={"year": (list_years(db.session, with_drafts=True) or [clock.today().year])[0] + 1}))


@blueprint.post("/<int:year>/clone")
@requires(Action.PROGRAMME_MANAGE)
def clone(year: int) -> str | BaseResponse | tuple[str, int]:
    """Make a draft for another year from this one."""
    source, form = load(year), YearForm(request.form)
    if form.validate():
        try:
            made = clone_programme(db.session, source, form["year"].data, viewer=viewer(), now=clock.now())
        except ProgrammeBookError as error:
            db.session.rollback()
            form.form_errors.append(str(error))
        else:
            return _made(made)
    return _new(form), 422


@blueprint.post("/import")
@requires(Action.PROGRAMME_MANAGE)
def bring() -> str | BaseResponse | tuple[str, int]:
    """Make a draft from an exported file, whole or not at all."""
    form = YearForm()
    try:
        book = _read(request.files.get("file"))
        return _made(import_book(db.session, book, viewer=viewer(), now=clock.now()))
    except UnsoundBookError as error:
        db.session.rollback()
        return _new(form, str(error), problems_in_words(error.problems)), 422
    except ProgrammeBookError as error:
        db.session.rollback()
        return _new(form, str(error)), 422


def _read(file: FileStorage | None) -> dict[str, Any]:
    """The book in a sent file. Raises ProgrammeBookError with what to do."""
    data = file.stream.read(LARGEST_FILE + 1) if file and file.filename else b""
    if not data:
        raise ProgrammeBookError(_("Chọn tệp JSON đã xuất từ cổng."))
    if len(data) > LARGEST_FILE:
        raise ProgrammeBookError(_("Tệp lớn quá 5 MB."))
    try:
        book = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ProgrammeBookError(_("Tệp không phải JSON hợp lệ với mã UTF-8.")) from error
    if not isinstance(book, dict):
        raise ProgrammeBookError(_("Tệp này không phải chương trình xuất từ cổng."))
    return book


def _new(form: YearForm, file_error: str = "", problems: list[dict[str, str]] | None = None) -> str:
    """The page of a new year."""
    return render_template("programme/new.html", form=form, source=find_programme(db.session, with_drafts=True),
                           file_error=file_error, problems=problems or [])


def _made(programme: Programme) -> BaseResponse:
    """Commit, and go to the new draft."""
    db.session.commit()
    flash(_("Đã tạo bản nháp chương trình năm %(year)s. Sửa những chỗ gắn với năm rồi ban hành.",
            year=programme.year), "success")
    return redirect(url_for("programme.edit", year=programme.year), 303)


@blueprint.get("/<int:year>/edit")
@requires(Action.PROGRAMME_MANAGE)
def edit(year: int) -> str:
    """Look over a year: its parts, what is wrong, what is bound to the year and still reads as the year before."""
    programme = load(year)
    book = read_book(db.session, programme)
    earlier = find_programme(db.session, year - 1, with_drafts=True)
    before = read_book(db.session, earlier) if earlier else None
    return render_template(
        "programme/edit.html", programme=programme, is_draft=programme.status is ProgrammeStatus.DRAFT,
        parts=[(table.name, _(table.label), len(book[table.name])) for table in TABLES.values()],
        problems=problems_in_words(check_book(book)), earlier=year - 1 if earlier else None,
        stale=[name_of(row) for row in rows_of(book, "themes") if row["is_year_bound"] and before
               and row in rows_of(before, "themes")])


@blueprint.get("/<int:year>/difference")
@requires(Action.PROGRAMME_MANAGE)
def difference(year: int) -> str:
    """Compare a year with the one before, or with another that is asked for."""
    programme, other = load(year), load(request.args.get("from", year - 1, type=int))
    rows = told(compare(read_book(db.session, other), read_book(db.session, programme)))
    return render_template("programme/difference.html", programme=programme, other=other, rows=rows)


@blueprint.post("/<int:year>/publish")
@requires(Action.PROGRAMME_MANAGE)
def issue(year: int) -> BaseResponse:
    """Publish a draft: from now on every change is logged and shown to the units."""
    programme = load(year)
    try:
        publish(db.session, programme, viewer=viewer(), now=clock.now())
    except ProgrammeBookError as error:
        db.session.rollback()
        flash(str(error), "error")
        return redirect(url_for("programme.edit", year=year), 303)
    db.session.commit()
    flash(_("Đã ban hành chương trình năm %(year)s. Mở từng yêu cầu khi đến ngày nhận.", year=year), "success")
    return redirect(url_for("programme.show", year=year), 303)


@blueprint.get("/<int:year>/export")
@requires(Action.PROGRAMME_MANAGE)
def export(year: int) -> Response:
    """The whole programme as a file that another portal takes in."""
    text = json.dumps(read_book(db.session, load(year)), ensure_ascii=False, indent=1)
    return Response(text + "\n", mimetype="application/json", headers={
        "Content-Disposition": f'attachment; filename="chuong-trinh-{year}.json"'})


def problems_in_words(problems: list[BookProblem]) -> list[dict[str, str]]:
    """Problems as the pages show them: part, row, field, what is wrong."""
    found = []
    for problem in problems:
        table = TABLES.get(problem.table)
        label = next((field.label for field in table.fields if field.name == problem.field), "") if table else ""
        found.append({
            "part": _(table.label) if table else _("Phần chung"), "key": problem.key,
            "field": _(label) if label else problem.field, "message": _(problem.message, **dict(problem.values)),
            "table": problem.table})
    return found
