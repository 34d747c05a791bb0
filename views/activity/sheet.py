"""The form of an activity for one request: its draft, its choices, the files that came with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.numbers import format_integer
from forms.activity import INTEGRATED, SEVERAL, ActivityForm, ActivityOptions, Option, activity_form
from models.permission import Action
from queries.activity import ActivityChoices, ActivityPage, FileLine, ProgrammeSpan, get_choices, list_files
from services.activity import ActivityInput
from services.draft import Value
from views.drafting import Desk, open_desk
from views.evidence import take_files

Texts = Mapping[str, Value]


@dataclass
class Sheet:
    """One form, filled and ready to be judged or shown."""

    desk: Desk
    form: ActivityForm
    choices: ActivityChoices
    files: tuple[FileLine, ...]
    """Those that are kept for this activity, ticked or not."""
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

    def given(self) -> ActivityInput:
        """What was typed, once it is good."""
        form = self.form
        is_integrated = form.how.data == INTEGRATED
        return ActivityInput(
            title=form.title.data, medium_code=form.medium.data, starts_on=form.starts_on.data,
            ends_on=form.ends_on.data, theme_codes=tuple(form.themes.data or ()), quantity=form.quantity.data,
            outlet=form.outlet.data if form.medium.data in form.options.asking_outlet else "",
            reaches=form.amounts("reach") if form.medium.data in form.options.asking_reach else {},
            is_integrated=is_integrated, host_event=form.host_event.data if is_integrated else "",
            costs=form.amounts("cost"), link=form.link.data, note=form.note.data,
            plan_item_id=int(form.plan_item.data) if form.plan_item.data else None,
            attachment_ids=tuple(int(file_id) for file_id in form.attachments.data or ()))

    def show(self, title: str, **more: Any) -> str:
        """The page of the form."""
        return render_template("activity/form.html", title=title, desk=self.desk, form=self.form,
                               choices=self.choices, files={str(file.id): file for file in self.files}, **more)


def open_sheet(key: str, unit_id: int, programme: ProgrammeSpan, initial: Texts,
               page: ActivityPage | None = None) -> Sheet:
    """Open the form ``key`` of a unit, taking in the files of a POST; ``initial`` are texts by field.

    ``page`` is the activity that is being changed.
    """
    desk = open_desk(key, unit_id, Action.ACTIVITY_WRITE)
    texts = desk.data(initial)
    refusals = take_files(unit_id, texts)
    choices = get_choices(db.session, programme, unit_id)
    file_ids = [int(text) for text in texts.getlist("attachments") if text.isdecimal() and len(text) < 10]
    files = list_files(db.session, unit_id, file_ids + _kept_ids(initial))
    own = {str(file.id) for file in files}
    texts.setlist("attachments", [text for text in texts.getlist("attachments") if text in own])
    form = activity_form(texts, _options(choices, files, page))
    return Sheet(desk, form, choices, files, refusals)


def _kept_ids(initial: Texts) -> list[int]:
    """Files that the activity had before."""
    return [int(text) for text in initial.get("attachments", [])]


def _options(choices: ActivityChoices, files: tuple[FileLine, ...], page: ActivityPage | None) -> ActivityOptions:
    """What the form offers, in the form's own terms; a planned item that was struck out stays with its activity."""
    programme = choices.programme
    return ActivityOptions(
        year=programme.year, first_day=programme.first_day, last_day=programme.last_day, today=clock.today(),
        media=[Option(medium.code, medium.label, medium.channel_label) for medium in choices.media],
        themes=[Option(theme.code, theme.label) for theme in choices.themes],
        audiences=[Option(audience.code, audience.label) for audience in choices.audiences],
        funding_sources=[Option(source.code, source.label) for source in choices.funding_sources],
        plan_items=[Option(str(item.id), item.title) for item in choices.plan_items] + (
            [Option(str(page.plan_item_id), page.plan_item_title)]
            if page and page.plan_item_id and page.plan_item_id not in {item.id for item in choices.plan_items}
            else []),
        attachments=[Option(str(file.id), file.name) for file in files],
        asking_outlet=[medium.code for medium in choices.media if medium.asks_outlet],
        asking_reach=[medium.code for medium in choices.media if medium.reach_label])


def new_texts() -> Texts:
    """How an empty form begins."""
    return {"quantity": "1", "how": "own"}


def texts_of(page: ActivityPage) -> Texts:
    """An activity as its form shows it."""
    return {
        "title": page.title, "medium": page.medium_code, "outlet": page.outlet,
        "starts_on": format_day(page.starts_on), "ends_on": _day(page.ends_on),
        "quantity": format_integer(page.quantity), "themes": [code for code, _label in page.themes],
        "how": INTEGRATED if page.is_integrated else "own", "host_event": page.host_event, "link": page.link,
        "note": page.note, "plan_item": str(page.plan_item_id or ""),
        "attachments": [str(file.id) for file in page.files],
        **{f"reach_{row.code}": format_integer(row.value) for row in page.reaches},
        **{f"cost_{row.code}": format_integer(row.value) for row in page.costs},
    }


def texts_like(page: ActivityPage) -> Texts:
    """A new activity that resembles another: without its days, its evidence and what it came to."""
    kept = dict(texts_of(page))
    for name in list(kept):
        if name in ("starts_on", "ends_on", "link", "note", "attachments") or name.startswith(("reach_", "cost_")):
            del kept[name]
    return kept


def _day(day: date | None) -> str:
    """A day or nothing."""
    return format_day(day) if day else ""
