"""Tickets, codes, pace and what the Office decides of a sheet."""

import secrets
from datetime import date
from itertools import count, pairwise

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.seal import Seal
from models.programme import Programme
from models.sheet import SurveyCode, SurveyCount, SurveyPace, SurveyPaceKey, SurveySheet
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace
from services.sheet import (
    Arrival,
    CodeError,
    NewSheet,
    Outcome,
    add_sheets,
    blur_paces,
    exclude,
    flag_duplicates,
    forget_paces,
    include,
    is_usable,
    issue_ticket,
    make_codes,
    read_ticket,
    take_sheet,
    withdraw_batch,
)
from services.sheet.pace import REFUSED_FROM, SUSPECT_FROM, source_of
from services.survey_count import recount, roll_up
from tests.support.factories import make_unit
from tests.support.survey import default_book, make_place, make_round, make_sheet

DAY = date(2023, 5, 25)
CHOICES = bytes(len(default_book().cells))


@pytest.fixture
def programme(db_session: Session) -> Programme:
    made = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
    db_session.add(made)
    db_session.flush()
    return made


@pytest.fixture
def place(db_session: Session, programme: Programme) -> SurveyPlace:
    return make_place(db_session, make_round(db_session, programme), make_unit(db_session))


@pytest.fixture
def staff_place(db_session: Session, programme: Programme) -> SurveyPlace:
    asked = make_round(db_session, programme, audience=SurveyAudience.STAFF)
    return make_place(db_session, asked, make_unit(db_session))


def arrive(session: Session, place: SurveyPlace, *, address: str = "203.0.113.9", code: str = "",
           ticket: str | None = None, second: float = 1000, answered: int = 1) -> Outcome:
    """Send a sheet from a page that was opened at second 0."""
    channel = SurveyChannel.STAFF if code else SurveyChannel.LINK
    read = read_ticket(ticket or issue_ticket(place.id, channel, 0))
    assert read is not None
    return take_sheet(session, Arrival(read, CHOICES, None, DAY, second, answered, address, code), None)


def sheets(session: Session) -> list[SurveySheet]:
    return list(session.scalars(select(SurveySheet)))


def test_a_ticket_says_what_was_put_into_it(app: object) -> None:
    ticket = read_ticket(issue_ticket(7, SurveyChannel.QR, 1_684_980_000))
    assert ticket is not None
    assert (ticket.place_id, ticket.channel, ticket.started) == (7, SurveyChannel.QR, 1_684_980_000)
    assert 0 <= ticket.sheet_id < 2**63


def test_a_ticket_with_any_sign_changed_is_none(app: object) -> None:
    whole = issue_ticket(7, SurveyChannel.LINK, 5)
    for place, sign in enumerate(whole):
        changed = whole[:place] + ("A" if sign != "A" else "B") + whole[place + 1:]
        assert read_ticket(changed) is None, place


@pytest.mark.parametrize("text", ["", "x", "====", "é" * 60, "A" * 56, "A" * 5000])
def test_nonsense_is_no_ticket(app: object, text: str) -> None:
    assert read_ticket(text) is None


def test_a_seal_without_a_key_proves_nothing() -> None:
    with pytest.raises(RuntimeError):
        Seal().sign("ticket", b"")


def test_what_is_sealed_for_one_purpose_is_not_for_another() -> None:
    sealing = Seal()
    sealing.use("a key")
    assert sealing.sign("ticket", b"x") != sealing.sign("code", b"x")


def test_a_page_sent_twice_makes_one_sheet(db_session: Session, place: SurveyPlace) -> None:
    ticket = issue_ticket(place.id, SurveyChannel.LINK, 0)
    assert arrive(db_session, place, ticket=ticket) is Outcome.STORED
    assert arrive(db_session, place, ticket=ticket) is Outcome.KNOWN
    assert len(sheets(db_session)) == 1


def test_the_order_of_the_keys_says_nothing_of_the_order_of_answering(
    db_session: Session, place: SurveyPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = count(1)
    monkeypatch.setattr(secrets, "token_bytes", lambda size: next(numbers).to_bytes(size))  # the same in every run
    ids: list[int] = []
    for number in range(40):
        arrive(db_session, place, address=f"198.51.100.{number}")
        ids += [sheet.id for sheet in sheets(db_session) if sheet.id not in ids]
    steps = [later > earlier for earlier, later in pairwise(ids)]
    assert 10 < sum(steps) < 29


def test_a_code_lets_one_person_answer_once(db_session: Session, staff_place: SurveyPlace) -> None:
    code, = make_codes(db_session, staff_place, 1, 1)
    assert is_usable(db_session, staff_place.id, code.upper().replace("-", " "))
    assert arrive(db_session, staff_place, code=code) is Outcome.STORED
    assert not is_usable(db_session, staff_place.id, code)
    db_session.commit()
    assert arrive(db_session, staff_place, code=code) is Outcome.USED
    db_session.rollback()
    assert len(sheets(db_session)) == 1


def test_a_double_click_with_a_code_is_no_second_use(db_session: Session, staff_place: SurveyPlace) -> None:
    code, = make_codes(db_session, staff_place, 1, 1)
    ticket = issue_ticket(staff_place.id, SurveyChannel.STAFF, 0)
    assert arrive(db_session, staff_place, code=code, ticket=ticket) is Outcome.STORED
    assert arrive(db_session, staff_place, code=code, ticket=ticket) is Outcome.KNOWN


def test_codes_are_stored_as_hashes_alone_and_are_not_alike(db_session: Session, staff_place: SurveyPlace) -> None:
    codes = make_codes(db_session, staff_place, 200, 1)
    stored = {row.digest for row in db_session.scalars(select(SurveyCode))}
    assert len(set(codes)) == len(stored) == 200
    assert not any(code.replace("-", "") in digest for code in codes for digest in stored)
    assert not set("".join(codes)) & set("01loi")


def test_a_code_of_another_place_is_unknown(db_session: Session, programme: Programme, place: SurveyPlace) -> None:
    code, = make_codes(db_session, place, 1, 1)
    other = make_place(db_session, make_round(db_session, programme), make_unit(db_session))
    with pytest.raises(CodeError):
        is_usable(db_session, other.id, code)
    assert arrive(db_session, other, code=code) is Outcome.USED


def test_a_withdrawn_batch_is_of_no_use_and_used_codes_stay_used(db_session: Session, staff_place: SurveyPlace) -> None:
    used, lost = make_codes(db_session, staff_place, 2, 1)
    kept, = make_codes(db_session, staff_place, 1, 2)
    arrive(db_session, staff_place, code=used)
    assert withdraw_batch(db_session, staff_place.id, 1) == 1
    assert not is_usable(db_session, staff_place.id, lost)
    assert is_usable(db_session, staff_place.id, kept)


@pytest.mark.parametrize("number", [0, -1, 5000])
def test_absurd_numbers_of_codes_are_refused(db_session: Session, staff_place: SurveyPlace, number: int) -> None:
    with pytest.raises(ValueError, match="codes"):
        make_codes(db_session, staff_place, number, 1)


def test_many_sheets_from_one_source_are_marked_and_too_many_refused(db_session: Session, place: SurveyPlace) -> None:
    for _ in range(SUSPECT_FROM):
        assert arrive(db_session, place) is Outcome.STORED
    assert {sheet.suspicion for sheet in sheets(db_session)} == {""}
    arrive(db_session, place)
    assert [sheet.suspicion for sheet in sheets(db_session)].count("source") == 1
    pace = db_session.scalars(select(SurveyPace)).one()
    pace.sheet_count = REFUSED_FROM
    db_session.commit()
    assert arrive(db_session, place) is Outcome.CROWDED
    db_session.rollback()
    assert arrive(db_session, place, address="203.0.113.10") is Outcome.STORED


def test_a_network_of_ipv6_is_one_source_and_a_proxy_that_says_nothing_is_none() -> None:
    key = b"k" * 32
    assert source_of("2001:db8::1", 1, key) == source_of("2001:db8::ffff", 1, key)
    assert source_of("203.0.113.9", 1, key) != source_of("203.0.113.9", 2, key)
    assert source_of("203.0.113.9", 1, key) != source_of("203.0.113.9", 1, b"l" * 32)
    assert [source_of(address, 1, key) for address in ("", "127.0.0.1", "::1", "unknown")] == [None] * 4


def test_sources_and_their_key_are_forgotten_with_the_day(db_session: Session, place: SurveyPlace) -> None:
    arrive(db_session, place)
    assert db_session.scalar(select(func.count()).select_from(SurveyPace)) == 1
    forget_paces(db_session, date(2023, 5, 26))
    assert not db_session.scalars(select(SurveyPace)).all()
    assert not db_session.scalars(select(SurveyPaceKey)).all()


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_a_sheet_and_its_source_cannot_be_paired_by_the_transaction_that_wrote_them(
    db_session: Session, place: SurveyPlace
) -> None:
    for number in range(3):
        arrive(db_session, place, address=f"203.0.113.{number}")
        db_session.commit()
    written = text("select xmin::text from survey_sheet"), text("select xmin::text from survey_pace")
    assert len({row for of in written for row in db_session.scalars(of)}) == 3
    roll_up(db_session)
    db_session.commit()
    blur_paces(db_session, DAY)
    db_session.commit()
    sheets_by, paces_by = ({*db_session.scalars(of)} for of in written)
    assert len(paces_by) == 1 and not sheets_by & paces_by
    assert db_session.scalar(select(func.sum(SurveyPace.sheet_count))) == 3


@pytest.mark.parametrize(("second", "mark"), [(10, "speed"), (11, "")])
def test_whoever_is_faster_than_a_third_of_the_time_is_marked(
    db_session: Session, place: SurveyPlace, second: float, mark: str
) -> None:
    arrive(db_session, place, second=second, answered=16)  # 16 questions take 32 seconds, a third of it 10.7
    assert sheets(db_session)[0].suspicion == mark


def test_six_equal_sheets_of_a_day_are_marked_and_five_are_not(db_session: Session, place: SurveyPlace) -> None:
    answers = {f"Q{number}": 4 for number in range(1, 13)}
    for _ in range(5):
        make_sheet(db_session, place, answers)
    for _ in range(6):
        make_sheet(db_session, place, {"Q1": 1})
    assert flag_duplicates(db_session, place.round_id) == 0
    make_sheet(db_session, place, answers, suspicion="speed")
    assert flag_duplicates(db_session, place.round_id) == 6
    assert flag_duplicates(db_session, place.round_id) == 0
    marks = [sheet.suspicion for sheet in db_session.scalars(select(SurveySheet).execution_options(
        populate_existing=True))]
    assert sorted(marks) == [""] * 6 + ["same"] * 5 + ["speed same"]


def test_a_day_with_far_more_sheets_than_usual_is_a_burst(db_session: Session, place: SurveyPlace) -> None:
    for day in (3, 4):
        make_sheet(db_session, place, answered_on=date(2023, 5, day))
    for _ in range(50):
        make_sheet(db_session, place, answered_on=date(2023, 5, 5))
    assert flag_duplicates(db_session, place.round_id) == 50


def test_an_excluded_sheet_leaves_the_counts_and_comes_back(db_session: Session, place: SurveyPlace) -> None:
    counted, late = make_sheet(db_session, place, {"Q1": 5}), None
    db_session.commit()
    roll_up(db_session)
    late = make_sheet(db_session, place, {"Q1": 4})
    for sheet in (counted, late):
        assert exclude(db_session, sheet.id, "Phiếu thử của đơn vị")
        assert not exclude(db_session, sheet.id, "lần nữa")
    row = db_session.scalars(select(SurveyCount).execution_options(populate_existing=True)).one()
    assert (row.sheet_count, row.excluded_count) == (0, 1)
    assert include(db_session, counted.id)
    assert not include(db_session, counted.id)
    roll_up(db_session)
    assert recount(db_session, check=True) == []


def test_nobody_is_left_out_without_a_reason(db_session: Session, place: SurveyPlace) -> None:
    with pytest.raises(ValueError, match="reason"):
        exclude(db_session, make_sheet(db_session, place).id, "  ")
    assert not exclude(db_session, 1, "không có phiếu này")


def test_sheets_that_came_on_no_page_get_random_keys(db_session: Session, place: SurveyPlace) -> None:
    new = NewSheet(place.id, SurveyChannel.PAPER, DAY, CHOICES, {"X3": "Cảm ơn"})
    ids = add_sheets(db_session, [new] * 20)
    assert len(set(ids)) == 20 and ids != sorted(ids)
    assert {sheet.channel for sheet in sheets(db_session)} == {SurveyChannel.PAPER}
