"""Saving what a form of the programme says: kept in the draft first, then checked as a whole book."""

from collections.abc import Callable

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from forms.base import Form
from models.programme import Programme
from models.programme_book import Book
from services.programme_book import ProgrammeBookError, UnsoundBookError, change_programme
from views.access import viewer
from views.drafting import Desk

Answer = str | Response | tuple[str, int]


def save(desk: Desk, form: Form, programme: Programme, changed: Callable[[], Book], target: str,
         multiple: frozenset[str] = frozenset()) -> Response | int:
    """Keep what was posted, check it and save it: the answer, or the status with which to show the form again."""
    if not desk.take(multiple=multiple):
        db.session.commit()
        return 409
    if desk.wants_keep_only:
        db.session.commit()
        flash(_("Đã lưu nháp."), "success")
        return redirect(request.full_path.rstrip("?"), 303)
    is_saved = form.validate() and put(form, programme, changed())
    if is_saved:
        desk.done()
        flash(_("Đã lưu."), "success")
    db.session.commit()
    return redirect(target, 303) if is_saved else 422


def put(form: Form, programme: Programme, book: Book) -> bool:
    """Make the programme what the book says; what is wrong with it goes to the form's fields or to its head."""
    try:
        with db.session.begin_nested():
            change_programme(db.session, programme, book, viewer=viewer(), now=clock.now())
    except UnsoundBookError as error:
        for problem in error.problems:
            message = _(problem.message, **dict(problem.values))
            if problem.field in form:
                form[problem.field].errors = [*form[problem.field].errors, message]
            else:
                form.form_errors.append(f"{problem.key}: {message}" if problem.key else message)
        return False
    except ProgrammeBookError as error:
        form.form_errors.append(str(error))
        return False
    return True
