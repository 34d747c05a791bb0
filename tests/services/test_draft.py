"""Drafts keep what was typed, tell two pages of one form apart, and let go of what was saved in its place."""

import pytest
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.account import Role
from services.draft import SaveResult, Typed, apply_draft, find_draft, pending_fields, save_fields
from tests.support.factories import make_account, make_department

KEY = "activity:new:1"


class Form:
    """Two people's form, as pages send it."""

    def __init__(self, session: Session) -> None:
        """Begin with nobody's text."""
        self.session = session
        self.unit = make_department(session)
        self.account = make_account(session, Role.OFFICE, self.unit)

    def keep(self, value: str, *, tab: str = "one", base: int = 0) -> SaveResult:
        """Keep a title as the page ``tab`` sends it, having seen revision ``base``."""
        return save_fields(
            self.session, key=KEY, unit_id=self.unit.id, form_token="token", account_id=self.account.id, tab=tab,
            fields={"title": Typed(value, base)}, now=portal_clock.now())

    def save(self) -> None:
        """Save the form in its place."""
        apply_draft(self.session, KEY, portal_clock.now())

    @property
    def pending(self) -> dict[str, str | list[str]]:
        """What is kept and not saved."""
        self.session.flush()
        return pending_fields(find_draft(self.session, KEY))


@pytest.fixture
def form(db_session: Session) -> Form:
    """A form that nobody began."""
    return Form(db_session)


def test_what_was_typed_is_kept_until_the_form_is_saved(form: Form) -> None:
    form.keep("Lễ chào cờ")
    assert form.pending == {"title": "Lễ chào cờ"}
    form.save()
    assert form.pending == {}


def test_text_is_kept_in_nfc_with_plain_line_breaks(form: Form) -> None:
    form.keep("Ha\u0323\r\nLong")
    assert form.pending == {"title": "Hạ\nLong"}


def test_what_arrives_after_its_own_page_saved_the_form_is_not_kept_again(form: Form) -> None:
    form.keep("Lễ chào cờ")
    form.save()
    assert form.keep("Lễ chào cờ").conflicts == []
    assert form.pending == {}


def test_another_page_may_type_the_same_again(form: Form) -> None:
    form.keep("Lễ chào cờ")
    form.save()
    form.keep("Lễ chào cờ", tab="two", base=1)
    assert form.pending == {"title": "Lễ chào cờ"}


def test_a_page_that_missed_a_change_gets_both_versions(form: Form) -> None:
    form.keep("Bản một")
    [conflict] = form.keep("Bản hai", tab="two").conflicts
    assert (conflict.mine, conflict.theirs, conflict.who) == ("Bản hai", "Bản một", form.account.full_name)
    assert form.pending == {"title": "Bản một"}


def test_a_page_is_never_at_odds_with_itself(form: Form) -> None:
    form.keep("Bản một")
    assert form.keep("Bản hai").conflicts == []
    assert form.pending == {"title": "Bản hai"}
