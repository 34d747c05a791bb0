"""The rows of a part of the programme: list, add, change, move, take out and put back."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.programme import row_form, row_of, several_of, shown_value, texts_of
from models.permission import Action
from models.programme_book import Book, Table
from models.programme_change import name_of
from services.programme_book import ProgrammeBookError, UnsoundBookError, change_programme, read_book
from views.access import requires, viewer
from views.drafting import open_desk
from views.programme.blueprint import blueprint, load, load_table
from views.programme.saving import Answer, save
from views.programme.year import problems_in_words

SHOWN_FIELDS = 3
"""How many fields of a row a list shows beside its name."""


def _list_url(year: int, table: Table, removed: str | None = None) -> str:
    """Where the rows of a part are listed; with what was just taken out, to be put back."""
    return url_for("programme.list_rows", year=year, table=table.name, removed=removed)


@blueprint.get("/<int:year>/<table>")
@requires(Action.PROGRAMME_MANAGE)
def list_rows(year: int, table: str) -> str:
    """List the rows of one part, with what can be done with each."""
    part, programme = load_table(table), load(year)
    named = ("label", "name", "heading", "title")
    fields = [field for field in part.fields if field.name not in (*named, "full_text")][:SHOWN_FIELDS]
    rows = [
        {"key": part.key_of(row), "code": row["code"], "name": name_of(row),
         "cells": [shown_value(field, row.get(field.name)) for field in fields]}
        for row in read_book(db.session, programme)[table]]
    return render_template(
        "programme/rows.html", programme=programme, table=part, rows=rows, heads=[_(field.label) for field in fields],
        is_ordered=part.name != "requirements", removed=request.args.get("removed", ""))


@blueprint.route("/<int:year>/<table>/new", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def add_row(year: int, table: str) -> Answer:
    """Add a row at the end of a part."""
    return _write(year, load_table(table), None)


@blueprint.route("/<int:year>/<table>/rows/<key>", methods=["GET", "POST"])
@requires(Action.PROGRAMME_MANAGE)
def write_row(year: int, table: str, key: str) -> Answer:
    """Change a row."""
    return _write(year, load_table(table), key)


def _write(year: int, table: Table, key: str | None) -> Answer:
    """The form of a row, or what becomes of it when it is sent."""
    programme = load(year)
    book = read_book(db.session, programme)
    row = None if key is None else _find(book, table, key)
    desk = open_desk(f"programme:{year}:{table.name}:{key or 'new'}", viewer().acts_for_id, Action.PROGRAMME_MANAGE)
    form = row_form(desk.data(texts_of(table.fields, row or {})), table, book, is_new=row is None)
    status = 200
    if request.method == "POST":
        answer = save(desk, form, programme, lambda: _changed(book, table, key, row_of(form, table, row)),
                      _list_url(year, table), several_of(table))
        if isinstance(answer, Response):
            return answer
        status = answer
    title = _("Thêm vào: %(part)s", part=_(table.label)) if row is None else f"{row['code']} · {name_of(row)}"
    return render_template("programme/row.html", title=title, desk=desk, form=form, programme=programme, table=table,
                           back=_list_url(year, table)), status


def _changed(book: Book, table: Table, key: str | None, row: dict[str, Any]) -> Book:
    """The book with what the form says; a new row whose code is taken stands twice, which the check then tells."""
    if key is None:
        return {**book, table.name: [*book[table.name], row]}
    return {**book, table.name: [row if table.key_of(one) == key else one for one in book[table.name]]}


def _find(book: Book, table: Table, key: str) -> dict[str, Any]:
    """One row, or 404."""
    for row in book[table.name]:
        if table.key_of(row) == key:
            return dict(row)
    abort(404)


@blueprint.post("/<int:year>/<table>/rows/<key>/move")
@requires(Action.PROGRAMME_MANAGE)
def move_row(year: int, table: str, key: str) -> Response:
    """Move a row one place up or down."""
    part, programme = load_table(table), load(year)
    book = read_book(db.session, programme)
    rows = list(book[table])
    place = rows.index(_find(book, part, key))
    target = place + (-1 if request.form.get("way") == "up" else 1)
    if 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]
        _put(programme, {**book, table: rows})
    return redirect(_list_url(year, part) + f"#row-{place + 1}", 303)


@blueprint.post("/<int:year>/<table>/rows/<key>/remove")
@requires(Action.PROGRAMME_MANAGE)
def remove_row(year: int, table: str, key: str) -> Response:
    """Take a row out; the list then offers to put it back."""
    part, programme = load_table(table), load(year)
    book = read_book(db.session, programme)
    row = _find(book, part, key)
    place = book[table].index(row)
    if not _put(programme, {**book, table: [one for one in book[table] if one != row]}):
        return redirect(_list_url(year, part), 303)
    return redirect(_list_url(year, part, removed=str(_signer().dumps([year, table, place, row]))), 303)


@blueprint.post("/<int:year>/<table>/restore")
@requires(Action.PROGRAMME_MANAGE)
def restore_row(year: int, table: str) -> Response:
    """Put a row back that was just taken out."""
    part, programme = load_table(table), load(year)
    try:
        signed_year, name, place, row = _signer().loads(request.form.get("row", ""))
    except (BadSignature, ValueError):
        abort(400)
    book = read_book(db.session, programme)
    if (signed_year, name) != (year, table) or any(part.key_of(one) == part.key_of(row) for one in book[table]):
        abort(400)
    if _put(programme, {**book, table: [*book[table][:place], row, *book[table][place:]]}):
        flash(_("Đã khôi phục."), "success")
    return redirect(_list_url(year, part), 303)


def _put(programme: Any, book: Book) -> bool:
    """Make the programme what the book says and commit; say what stands in the way."""
    try:
        change_programme(db.session, programme, book, viewer=viewer(), now=clock.now())
    except UnsoundBookError as error:
        db.session.rollback()
        for problem in problems_in_words(error.problems)[:3]:
            flash(f"{problem['part']} {problem['key']}: {problem['message']}", "error")
        return False
    except ProgrammeBookError as error:
        db.session.rollback()
        flash(str(error), "error")
        return False
    db.session.commit()
    return True


def _signer() -> URLSafeSerializer:
    """The signer of rows that were taken out."""
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="programme-row")
