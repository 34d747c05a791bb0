"""The form of an announcement for one request: its draft, its files, the units that it offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from werkzeug.datastructures import MultiDict

from core.clock import clock
from core.extensions import db
from core.text import fold
from forms.announcement import SEVERAL, AnnouncementOptions, ContentForm
from models.permission import Action
from models.unit import UnitKind
from queries.activity import FileLine, list_files
from queries.reader import list_recipients
from services.announcement import Content
from services.draft import Value
from views.drafting import Desk, open_desk
from views.evidence import take_files

Texts = Mapping[str, Value]
SomeForm = TypeVar("SomeForm", bound=ContentForm)


@dataclass
class Papers:
    """A desk with the texts of its form and the files that lie on it."""

    desk: Desk
    texts: MultiDict[str, str]
    files: tuple[FileLine, ...]
    refusals: list[str]
    """What is wrong with files that came just now."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The files as a form offers them."""
        return [(str(file.id), file.name) for file in self.files]


@dataclass
class Sheet(Generic[SomeForm]):
    """One form, filled and ready to be judged or shown."""

    papers: Papers
    form: SomeForm

    @property
    def desk(self) -> Desk:
        """The draft."""
        return self.papers.desk

    @property
    def files(self) -> dict[str, FileLine]:
        """The files kept so far, by the value of their tick."""
        return {str(file.id): file for file in self.papers.files}

    def take(self) -> bool:
        """Keep everything in the draft, the new files among it. False on a conflict."""
        several = frozenset(name for name in SEVERAL if name in self.form)
        return self.desk.take(several, {"attachments": list(self.form.attachments.data or [])})

    def is_good(self) -> bool:
        """Whether all that was typed can be saved."""
        self.form.files.process_errors = list(self.papers.refusals)
        return self.form.validate()

    def refuse_files(self) -> None:
        """Show what is wrong with the files and nothing else."""
        self.form.files.errors = list(self.papers.refusals)

    def content(self, note: str = "") -> Content:
        """What was typed, once it is good."""
        form = self.form
        return Content(form.title.data, (form.text.data or "").strip(),
                       tuple(int(file_id) for file_id in form.attachments.data or ()), note.strip())


def lay_out(key: str, unit_id: int, initial: Texts) -> Papers:
    """Open the desk ``key`` of a unit, taking in the files of a POST; ``initial`` are texts by field."""
    desk = open_desk(key, unit_id, Action.ANNOUNCEMENT_WRITE)
    texts = desk.data(initial)
    refusals = take_files(unit_id, texts)
    wanted = [*texts.getlist("attachments"), *initial.get("attachments", [])]
    files = list_files(db.session, unit_id, [int(text) for text in wanted if text.isdecimal() and len(text) < 10])
    own = {str(file.id) for file in files}
    texts.setlist("attachments", [text for text in texts.getlist("attachments") if text in own])
    return Papers(desk, texts, files, refusals)


def options_of(unit_id: int, papers: Papers) -> AnnouncementOptions:
    """What the form of a new announcement offers to a unit."""
    recipients = list_recipients(db.session, unit_id, clock.today())
    units: dict[str, list[str]] = {}
    for unit in recipients:
        for typed in {fold(unit.code), fold(unit.name)}:
            units.setdefault(typed, []).append(unit.code)
    present = {unit.kind for unit in recipients}
    return AnnouncementOptions(
        today=clock.today(), kinds=[kind for kind in UnitKind if kind in present], units=units,
        heads=[(unit.code, unit.name) for unit in recipients if unit.kind.is_intermediate], files=papers.choices)
