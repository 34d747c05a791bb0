"""A consolidated report with the annex that says where its sentences came from; without it, it stays as it was."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from models.narrative import TRACE
from models.requirement import Requirement
from queries.consolidation import build_document, find_version, frozen_document, read_material
from queries.document import ConsolidatedDocument
from queries.unit import UnitLine
from services.consolidation import BUILDERS, Format, PrintedFile, file_name, standing_version, texts_of
from services.narrative.trace import trace_lines, trace_of
from services.report import facts_of


def print_traced(session: Session, requirement: Requirement, unit: UnitLine, kind: Format, *, version: int | None,
                 on: date) -> PrintedFile | None:
    """The report with its annex of sources: a version, else the newest while it stands, else the draft.

    A version from before the desk has no annex to show. None when there is no such version. Raises
    NoConsolidationError.
    """
    version = version if version is not None else standing_version(session, requirement, unit)
    found = find_version(session, requirement.id, unit.id, version) if version is not None else None
    if version is not None and found is None:
        return None
    if found is not None:
        document = replace(frozen_document(*found), trace=trace_lines(found[0].content.get(TRACE, ())))
    else:
        document = _draft(session, requirement, unit, on)
    name = file_name(requirement, unit, kind, version).replace(".", "-nguon.")
    return PrintedFile(BUILDERS[kind](document), name, version)


def _draft(session: Session, requirement: Requirement, unit: UnitLine, on: date) -> ConsolidatedDocument:
    """The live draft with its sources."""
    material = read_material(session, requirement, unit, on)
    document = build_document(session, material, texts_of(session, material))
    state = material.state
    return replace(document, trace=trace_lines(trace_of(session, state, facts_of(session, state, on=on), on)))
