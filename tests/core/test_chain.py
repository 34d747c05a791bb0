"""A chain of rows is written whole or not at all, alike on either engine."""

from datetime import date

import pytest
from sqlalchemy import bindparam, literal, select
from sqlalchemy.orm import Session

from core.chain import Chain, Link, given
from models.sheet import SurveyPaceKey, SurveyUncounted

TABLES = SurveyUncounted.metadata.tables
MARKS, KEYS = TABLES[SurveyUncounted.__tablename__], TABLES[SurveyPaceKey.__tablename__]
FIRST = Link(MARKS, given(*MARKS.c), bindparam("is_asked", type_=MARKS.c.place_id.type) == 1)
SECOND = Link(KEYS, given(KEYS.c.seen_on, key=literal(b"one", KEYS.c.key.type)), written_over={"key": b"two"})
DAY = date(2023, 5, 25)
CHAIN = Chain(FIRST, SECOND)


def write(session: Session, sheet_id: int, *, is_asked: int = 1) -> bool:
    values = {"place_id": 1, "sheet_id": sheet_id, "is_asked": is_asked, "seen_on": DAY}
    return CHAIN.run(session.connection(), values)


def written(session: Session) -> tuple[int, list[bytes]]:
    """How many rows the first table holds, and what the second one says."""
    return len(session.execute(select(MARKS)).all()), list(session.scalars(select(KEYS.c.key)))


def test_a_row_brings_the_others_along(db_session: Session) -> None:
    assert write(db_session, 10)
    assert written(db_session) == (1, [b"one"])
    assert write(db_session, 20)
    assert written(db_session) == (2, [b"two"])


@pytest.mark.parametrize(("sheet_id", "is_asked"), [(10, 1), (20, 0)])
def test_a_row_that_is_there_or_not_asked_for_brings_nothing(
    db_session: Session, sheet_id: int, is_asked: int
) -> None:
    assert write(db_session, 10)
    assert not write(db_session, sheet_id, is_asked=is_asked)
    assert written(db_session) == (1, [b"one"])
