"""Counts of findings: the twin in SQL, totals that add up, what a report freezes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from core.dates import end_of_day, start_of_day
from models.finding import Deed, Finding, Standing, standing_clause, standing_of
from models.submission import SubmissionVersion
from models.unit import UnitKind
from queries.consolidation import inspection_of, read_ground
from queries.inspection import count_findings, total_of
from queries.inspection.document import load_findings
from queries.unit import get_unit
from tests.support.clock import FrozenClock
from tests.support.consolidation import World
from tests.support.factories import make_unit
from tests.support.inspection import make_finding, make_inspection, step

VISITED, DUE, TODAY = date(2023, 4, 12), date(2023, 5, 15), date(2023, 5, 25)
SECOND = timedelta(seconds=1)


@pytest.fixture
def world(db_session: Session, fresh_world: World, clock: FrozenClock) -> World:
    """A small province on 25 May, with an inspection of four units whose findings stand in every state."""
    clock.set(TODAY)
    world = fresh_world
    division = make_unit(db_session, UnitKind.DIVISION, parent=world.department)
    units = [world.units[name] for name in ("A", "a1", "a2", "t1")]
    made = make_inspection(db_session, world.programme, division, units, on=VISITED, now=start_of_day(VISITED))
    deeds = {"open": (), "answered": (Deed.ANSWER,), "mended": (Deed.ANSWER, Deed.ACCEPT), "closed": (Deed.CLOSE,),
             "asked": (Deed.ANSWER, Deed.ASK)}
    for place, (name, steps) in enumerate(deeds.items()):
        finding = make_finding(db_session, made, units[place % 4], due_on=DUE, now=start_of_day(VISITED), what=name)
        for number, deed in enumerate(steps, start=1):
            step(db_session, finding, deed, start_of_day(VISITED) + timedelta(days=number), DUE)
    return world


def test_the_twin_in_sql_agrees_at_every_second_around_the_day(world: World) -> None:
    session, seen = world.session, set()
    for now in (end_of_day(DUE) - SECOND, end_of_day(DUE), end_of_day(DUE) + SECOND):
        counts = total_of(count_findings(session, None, now=now))
        found = []
        for row, standing in session.execute(select(Finding, standing_clause(now))):
            assert standing_of(row.status, row.deadline_at, now) == standing
            found.append(standing)
        seen.update(found)
        assert all(getattr(counts, each.value) == found.count(each) for each in Standing)
        assert counts.total == len(found) == 5
    assert seen == set(Standing)


def test_a_consolidation_counts_each_finding_once_and_its_lines_add_up(world: World) -> None:
    session = world.session
    annexes = {}
    for unit in (world.department, world.units["A"], world.units["B"]):
        line = get_unit(session, unit.id, TODAY)
        assert line is not None
        annex = inspection_of(session, read_ground(session, world.requirement, line, TODAY))
        if annex is None:
            continue
        annexes[unit.id] = annex
        for name in ("visited", "with_findings", "findings", "mended", "closed", "answered", "open", "overdue"):
            assert sum(getattr(tally, name) for tally in annex.tallies) == getattr(annex.total, name), name
        for tally in (*annex.tallies, annex.total):
            assert tally.findings == tally.mended + tally.closed + tally.answered + tally.open + tally.overdue
        assert len(annex.findings) == annex.total.findings - annex.total.mended - annex.total.closed
    totals = {unit_id: (annex.total.findings, annex.total.overdue) for unit_id, annex in annexes.items()}
    assert totals == {world.department.id: (5, 2), world.units["A"].id: (4, 2)}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # freezing is the same on either
def test_a_report_keeps_the_findings_of_the_day_it_was_sent(world: World) -> None:
    session = world.session
    unit = world.units["a1"]
    finding = session.scalars(select(Finding).where(Finding.unit_id == unit.id)).first()
    assert finding is not None
    submission = world.send(unit)
    version = session.scalars(
        select(SubmissionVersion).where(SubmissionVersion.submission_id == submission.id)).one()
    before = load_findings(version.content)
    step(session, finding, Deed.CLOSE, portal_clock.now())
    session.flush()
    session.expire(version)
    assert load_findings(version.content) == before
    assert [row.is_open for row in before if row.what == finding.what] == [True]


def test_a_window_counts_by_the_day_on_which_a_finding_was_written(world: World) -> None:
    session, now = world.session, portal_clock.now()
    assert total_of(count_findings(session, None, now=now, since=VISITED, until=VISITED)).total == 5
    assert count_findings(session, None, now=now, until=VISITED - timedelta(days=1)) == {}
    assert count_findings(session, [], now=now) == {}
