"""Codes that let one person answer once: made, printed by the caller, used, withdrawn.

Only a keyed hash is stored, so nobody who reads the database can answer with a code, and no code leads to a sheet.
"""

import secrets

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.seal import seal
from models.sheet import SurveyCode
from models.survey import SurveyPlace

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Digits and letters that are not mistaken for each other: no 0 and o, no 1, i and l."""
LENGTH, GROUP = 10, 5
MOST_CODES = 2000
"""Codes made at once."""


class CodeError(ValueError):
    """A code cannot be used: unknown here, used, or withdrawn."""


def make_codes(session: Session, place: SurveyPlace, number: int, batch: int) -> list[str]:
    """Make codes for a place, as "k7m2p-9xwqa", to be shown this once. Raises ValueError for an absurd number.

    Writes one row a code, in the order of the digests, so that the rows' numbers do not follow the printed list.
    Does not commit.
    """
    if not 0 < number <= MOST_CODES:
        raise ValueError(f"{number} codes, not 1 to {MOST_CODES}")
    codes: set[str] = set()
    while len(codes) < number:
        codes.add("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
    rows = [{"place_id": place.id, "digest": digest(code), "batch": batch, "is_used": False, "is_withdrawn": False}
            for code in codes]
    session.execute(insert(SurveyCode), sorted(rows, key=lambda row: str(row["digest"])))
    return [written(code) for code in codes]


def withdraw_batch(session: Session, place_id: int, batch: int) -> int:
    """Take the unused codes of a batch out of use; the result is how many there were. Does not commit."""
    unused = update(SurveyCode).where(
        SurveyCode.place_id == place_id, SurveyCode.batch == batch,
        SurveyCode.is_used.is_(False), SurveyCode.is_withdrawn.is_(False))
    return len(session.scalars(unused.values(is_withdrawn=True).returning(SurveyCode.id)).all())


def read_code(typed: str) -> str:
    """A code as it is hashed, from whatever was typed: ``read_code("K7M2P 9XWQA") == "k7m2p9xwqa"``."""
    return "".join(sign for sign in typed.casefold()[:200] if sign.isalnum())


def written(code: str) -> str:
    """A code in groups, ``written("k7m2p9xwqa") == "k7m2p-9xwqa"``."""
    return "-".join(code[start:start + GROUP] for start in range(0, len(code), GROUP))


def digest(typed: str) -> str:
    """The keyed hash under which a code is stored, 64 hexadecimal signs."""
    return seal.sign("code", read_code(typed).encode()).hex()


def is_usable(session: Session, place_id: int, typed: str) -> bool:
    """Whether a code still lets somebody answer here. Raises CodeError for one that nobody made for this place."""
    row = session.execute(
        select(SurveyCode.is_used, SurveyCode.is_withdrawn)
        .where(SurveyCode.digest == digest(typed), SurveyCode.place_id == place_id)).one_or_none()
    if row is None:
        raise CodeError(typed)
    return not (row.is_used or row.is_withdrawn)


def use_code(session: Session, place_id: int, typed: str) -> bool:
    """Use a code up; False where it is unknown, used or withdrawn. Does not commit.

    All used codes of the place are written anew with it: PostgreSQL keeps which transaction wrote a row, and a code
    must not be found by the sheet that was stored with it. The place is locked so that two people do this in turn.
    """
    session.execute(select(SurveyPlace.id).where(SurveyPlace.id == place_id).with_for_update(key_share=True))
    used = session.execute(
        update(SurveyCode)
        .where(SurveyCode.digest == digest(typed), SurveyCode.place_id == place_id,
               SurveyCode.is_used.is_(False), SurveyCode.is_withdrawn.is_(False))
        .values(is_used=True).returning(SurveyCode.id)).scalar_one_or_none()
    if used is None:
        return False
    session.execute(update(SurveyCode).where(SurveyCode.place_id == place_id, SurveyCode.is_used.is_(True))
                    .values(is_used=True).execution_options(synchronize_session=False))
    return True
