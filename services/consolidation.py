"""Writing a consolidated report: its texts from people or figures, the live draft, and the document to be frozen."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.requirement import Requirement
from models.workflow import Status
from queries.consolidation import (
    Material,
    build_document,
    dump_document,
    find_version,
    frozen_document,
    latest_version,
    read_material,
)
from queries.document import ConsolidatedDocument
from queries.unit import UnitLine
from services.report.facts import facts_of, written_text


@dataclass(frozen=True)
class Found:
    """A document with the version that it is; None for the live draft."""

    document: ConsolidatedDocument
    version: int | None


def texts_of(session: Session, material: Material) -> dict[str, str]:
    """What stands under each heading now: written by people, else sentences from the figures."""
    state = material.state
    themes = tuple(
        (theme.label, sum(count.by_theme[place] for count in material.counts))
        for place, theme in enumerate(material.themes))
    facts = replace(facts_of(session, state, sections=frozenset()), themes=themes)
    return {section.code: written_text(state, section.id, section.code, facts)
            for section in state.sections if section.has_text}


def compose(session: Session, requirement: Requirement, unit: UnitLine, on: date) -> ConsolidatedDocument:
    """The live draft as it stands at the end of ``on``. Raises NoConsolidationError."""
    material = read_material(session, requirement, unit, on)
    return build_document(session, material, texts_of(session, material))


def document_content(session: Session, requirement: Requirement, unit: UnitLine, on: date) -> dict[str, Any]:
    """The live draft as plain JSON, to be put under ``DOCUMENT`` into a version's content."""
    return dump_document(compose(session, requirement, unit, on))


def get_document(session: Session, requirement: Requirement, unit: UnitLine, *, version: int | None,
                 on: date) -> Found | None:
    """The document of a version; without a version the newest frozen one while it stands, else the live draft.

    None when there is no such version. Raises NoConsolidationError.
    """
    if version is None:
        version = standing_version(session, requirement, unit)
    if version is None:
        return Found(compose(session, requirement, unit, on), None)
    found = find_version(session, requirement.id, unit.id, version)
    return Found(frozen_document(*found), version) if found is not None else None


def standing_version(session: Session, requirement: Requirement, unit: UnitLine) -> int | None:
    """The newest version while the report is handed in, accepted or issued; None while it is being written."""
    status, number = latest_version(session, requirement.id, unit.id)
    return number if status in (Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED) and number else None


__all__ = ["Found", "compose", "document_content", "get_document", "standing_version",
           "texts_of"]
