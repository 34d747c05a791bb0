"""The form of a proposal for one request: its draft, its choices, the files that came with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template

from core.dates import format_day
from core.extensions import db
from forms.activity import Option
from forms.commendation import SEVERAL, CommendationForm, CommendationOptions
from models.commendation import CommendationKind
from models.permission import Action
from queries.activity import FileLine, list_files, list_themes
from queries.commendation import ActivityMark, CommendationPage, list_own_activities
from services.commendation import CommendationInput
from services.draft import Value
from views.drafting import Desk, open_desk
from views.evidence import take_files

Texts = Mapping[str, Value]


@dataclass
class Sheet:
    """One form, filled and ready to be judged or shown."""

    desk: Desk
    form: CommendationForm
    files: tuple[FileLine, ...]
    """Those that are kept for this proposal, ticked or not."""
    refusals: list[str]
    """What is wrong with files that came just now."""

    def take(self) -> bool:
        """Keep everything in the draft, the new files among it. False on a conflict."""
        return self.desk.take(SEVERAL, {"attachments": list(self.form.attachments.data or [])})

    def is_good(self) -> bool:
        """Whether all that was typed can be saved."""
        self.form.files.process_errors = list(self.refusals)
        return self.form.validate()

    def refuse_files(self) -> None:
        """Show what is wrong with the files and nothing else."""
        self.form.files.errors = list(self.refusals)

    def given(self) -> CommendationInput:
        """What was typed, once it is good."""
        form = self.form
        return CommendationInput(
            kind=CommendationKind(form.kind.data), title=form.title.data, person_name=form.person_name.data or "",
            person_post=form.person_post.data or "", has_consent=form.consent.data == "yes",
            consent_note=form.consent_note.data or "", description=form.description.data, results=form.results.data,
            theme_codes=tuple(form.themes.data or ()), activity_ids=_numbers(form.activities.data),
            attachment_ids=_numbers(form.attachments.data))

    def show(self, title: str, page: CommendationPage | None) -> str:
        """The page of the form."""
        return render_template("commendation/form.html", title=title, desk=self.desk, form=self.form, page=page,
                               files={str(file.id): file for file in self.files})


def _numbers(texts: Any) -> tuple[int, ...]:
    """Ids of what is ticked."""
    return tuple(int(text) for text in texts or ())


def open_sheet(key: str, unit_id: int, programme_id: int, page: CommendationPage | None) -> Sheet:
    """Open the form ``key`` of a unit, taking in the files of a POST; ``page`` is what is being changed."""
    desk = open_desk(key, unit_id, Action.COMMENDATION_WRITE)
    initial = texts_of(page) if page is not None else {}
    texts = desk.data(initial)
    refusals = take_files(unit_id, texts)
    wanted = [int(text) for text in texts.getlist("attachments") if text.isdecimal() and len(text) < 10]
    files = list_files(db.session, unit_id, wanted + [file.id for file in (page.files if page else ())])
    own = {str(file.id) for file in files}
    texts.setlist("attachments", [text for text in texts.getlist("attachments") if text in own])
    activities = list_own_activities(db.session, unit_id, programme_id)
    known = {held.id for held in activities}
    activities += tuple(held for held in (page.activities if page else ()) if held.id not in known)
    form = CommendationForm(texts, CommendationOptions(
        themes=[Option(theme.code, theme.label) for theme in list_themes(db.session, programme_id)],
        activities=[Option(str(held.id), _named(held)) for held in activities],
        attachments=[Option(str(file.id), file.name) for file in files]))
    return Sheet(desk, form, files, refusals)


def _named(held: ActivityMark) -> str:
    """An activity as a choice."""
    return f"{format_day(held.starts_on)} – {held.title}"


def texts_of(page: CommendationPage) -> Texts:
    """A proposal as its form shows it."""
    is_person = page.kind is CommendationKind.PERSON
    return {
        "kind": page.kind.value, "title": page.title, "person_name": page.person_name,
        "person_post": page.person_post, "consent": ("yes" if page.has_consent else "no") if is_person else "",
        "consent_note": page.consent_note, "description": page.description, "results": page.results,
        "themes": [code for code, _label in page.themes],
        "activities": [str(held.id) for held in page.activities],
        "attachments": [str(file.id) for file in page.files],
    }
