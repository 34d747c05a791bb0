"""Reading the files of a year's programme: the plan as JSON, its indicators, media and outlines as tables."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.settings import ROOT
from core.translation import _

DATA = ROOT / "data"


class ProgrammeFileError(ValueError):
    """A file of a programme cannot be used; the message says which part and why, in Vietnamese."""


@dataclass(frozen=True)
class ProgrammeFiles:
    """What a programme is loaded from, read and parsed."""

    plan: Mapping[str, Any]
    indicators: Sequence[Mapping[str, str]]
    sources: Sequence[Mapping[str, str]]
    media: Sequence[Mapping[str, str]]
    outlines: Sequence[Mapping[str, Any]]
    emulation: Sequence[Mapping[str, Any]] = ()
    """Rules of emulation, as rows of the book."""


def read_files(plan: Path, indicators: Path | None = None) -> ProgrammeFiles:
    """Read the plan at ``plan`` and the tables beside it, or the portal's own where there are none.

    Raises ProgrammeFileError for a file that is missing, not UTF-8, not JSON or without its columns.
    """
    beside = plan.parent / "indicators.csv"
    own = DATA / "programme"
    chosen = indicators or (beside if beside.exists() else own / "indicators.csv")
    return ProgrammeFiles(
        plan=_read_json(plan, dict),
        indicators=_read_table(chosen, ("code", "name", "unit", "aggregate", "core")),
        sources=_read_table(DATA / "indicator-sources.csv", ("code", "source", "value_kind")),
        media=_read_table(own / "media.csv", ("code", "channel", "label", "unit")),
        outlines=_read_json(DATA / "outlines.json", list),
        emulation=read_rules(plan.parent),
    )


def read_rules(folder: Path | None = None) -> list[dict[str, Any]]:
    """The rules of emulation beside a plan, or the portal's own. Raises ProgrammeFileError."""
    beside = folder / "emulation.json" if folder is not None else None
    found: list[dict[str, Any]] = _read_json(
        beside if beside is not None and beside.exists() else DATA / "programme" / "emulation.json", list)
    return found


def _read_text(path: Path) -> str:
    """Read UTF-8 text, with or without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProgrammeFileError(_("Không đọc được tệp %(file)s.", file=path.name)) from error
    except UnicodeDecodeError as error:
        raise ProgrammeFileError(_("Tệp %(file)s không phải UTF-8. Lưu lại với mã UTF-8.", file=path.name)) from error


def _read_json(path: Path, kind: type) -> Any:
    """Read a JSON file whose top is a ``kind``."""
    try:
        data = json.loads(_read_text(path))
    except json.JSONDecodeError as error:
        raise ProgrammeFileError(
            _("Tệp %(file)s không phải JSON hợp lệ (dòng %(line)s).", file=path.name, line=error.lineno)) from error
    if not isinstance(data, kind):
        raise ProgrammeFileError(_("Tệp %(file)s không đúng cấu trúc.", file=path.name))
    return data


def _read_table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read a comma-separated file that has ``columns``."""
    reader = csv.DictReader(io.StringIO(_read_text(path)))
    missing = [name for name in columns if name not in (reader.fieldnames or [])]
    if missing:
        raise ProgrammeFileError(
            _("Tệp %(file)s thiếu cột %(columns)s.", file=path.name, columns=", ".join(missing)))
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
