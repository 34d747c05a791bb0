"""Publishing the points of a year: reckoned once, frozen whole, corrected by a new version with a reason."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.translation import _
from models.emulation import EmulationScore, EmulationYear
from models.event import Subject
from models.permission import Viewer
from models.programme import Programme
from queries.emulation import Year, dump_standing, find_version, list_rules, read_ground, stand
from queries.emulation.document import head_of
from queries.emulation.ground import counted_on
from services.emulation.rule import problems_of
from services.trail import record


class EmulationError(Exception):
    """Points cannot be published so; the message says why, in Vietnamese."""


def reckon(session: Session, programme: Programme, rows: list[dict[str, Any]] | None = None, *, today: date,
           now: datetime, only: Collection[int] | None = None) -> Year:
    """The points of a year as they stand now, by its own rules or by ``rows``, which must be sound. Stores nothing.

    With ``only`` some units the points are right and the ranks are not: they are among these alone.
    """
    ground = read_ground(session, programme, on=counted_on(programme.year, today), now=now, only=only)
    return stand(ground, list_rules(session, programme.id) if rows is None else rows)


def publish_year(session: Session, programme: Programme, reason: str, *, submit_key: str, viewer: Viewer | None,
                 today: date, now: datetime) -> EmulationYear:
    """Freeze the points of a year as they stand now. The same ``submit_key`` twice makes one. Does not commit.

    Raises EmulationError for rules that are not sound, a year without units, or a missing reason.
    """
    session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    done = session.scalar(select(EmulationYear).where(EmulationYear.submit_key == submit_key))
    if done is not None:
        return done
    rows = list_rules(session, programme.id)
    if not rows or problems_of(rows):
        raise EmulationError(_("Bộ tiêu chí chưa dùng được. Sửa các tiêu chí trước khi công bố."))
    if not reason.strip():
        raise EmulationError(_("Nhập căn cứ hoặc lý do công bố."))
    year = reckon(session, programme, rows, today=today, now=now)
    if not year.groups:
        raise EmulationError(_("Chưa có đơn vị nào được giao việc trong năm nên chưa có gì để công bố."))
    last = find_version(session, programme.id)
    frozen = _freeze(session, programme, year, last.version + 1 if last else 1, reason.strip(), submit_key, viewer, now)
    record(session, at=now, viewer=viewer, subject=Subject.EMULATION, subject_id=programme.id,
           action="publish_points", unit_id=viewer.acts_for_id if viewer else None, reason=reason,
           detail={"version": frozen.version, "year": programme.year, "units": len(year.standings)})
    return frozen


def _freeze(session: Session, programme: Programme, year: Year, version: int, reason: str, submit_key: str,
            viewer: Viewer | None, now: datetime) -> EmulationYear:
    """Write the version and all its scores."""
    content = {"year": year.year, "rules": list(year.rows), "head": head_of(programme),
               "groups": [{"code": group.code, "label": group.label} for group in year.groups]}
    scores = [
        {"unit_id": row.unit.id, "group_code": group.code, "first_rank": row.rank.first if row.rank else None,
         "last_rank": row.rank.last if row.rank else None, "content": dump_standing(row)}
        for group in year.groups for row in group.standings]
    frozen = EmulationYear(
        programme_id=programme.id, version=version, counted_on=year.counted_on, reason=reason, content=content,
        sha256=digest(content, scores), made_at=now, made_by_id=viewer.account_id if viewer else None,
        submit_key=submit_key)
    session.add(frozen)
    session.flush()
    session.execute(insert(EmulationScore), [
        {"year_id": frozen.id, "position": position, **row} for position, row in enumerate(scores, start=1)])
    return frozen


def digest(content: Mapping[str, Any], scores: Iterable[Mapping[str, Any]]) -> str:
    """The fingerprint of a frozen version, over its content and all its scores in their order."""
    text = json.dumps([content, list(scores)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stored_digest(session: Session, frozen: EmulationYear) -> str:
    """The fingerprint of what is stored now: equal to ``frozen.sha256`` while nobody touched it. One query."""
    score = EmulationScore
    names = ("unit_id", "group_code", "first_rank", "last_rank", "content")
    rows = session.execute(select(*(getattr(score, name) for name in names))
                           .where(score.year_id == frozen.id).order_by(score.position))
    return digest(frozen.content, [dict(zip(names, row, strict=True)) for row in rows])


__all__ = ["EmulationError", "digest", "publish_year", "reckon", "stored_digest"]
