"""Turning the files of a year's programme into rows.

Law 1: another province's plan loads through here without a change of code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.translation import _
from models.base import Model
from models.figure import Aggregate
from models.indicator import Indicator, OutlineKind, OutlineSection, SourceKind, ValueKind
from models.programme import (
    AppendixRow,
    Audience,
    Channel,
    FundingSource,
    LegalBasis,
    Medium,
    Outlet,
    Passage,
    PassageKind,
    Programme,
    ProgrammeStatus,
    Theme,
)
from services.emulation.rule import add_rules
from services.programme_file import ProgrammeFileError, ProgrammeFiles


@dataclass(frozen=True)
class LoadedProgramme:
    """What became of loading."""

    programme: Programme
    is_new: bool


def load_programme(session: Session, files: ProgrammeFiles) -> LoadedProgramme:
    """Write the programme as rows, published. A year that is there already is left as it is.

    Raises ProgrammeFileError with the part that is missing or wrong. Does not commit.
    """
    try:
        year = int(files.plan["document"]["year"])
        present = session.scalar(select(Programme).where(Programme.year == year))
        if present is not None:
            return LoadedProgramme(present, is_new=False)
        programme = _programme(files.plan["document"], year)
        session.add(programme)
        session.flush()
        _add_vocabulary(session, programme.id, files)
        _add_text(session, programme.id, files.plan)
        _add_indicators(session, programme.id, files)
        _add_outlines(session, programme.id, files.outlines)
        add_rules(session, programme, files.emulation)
    except (KeyError, TypeError, IndexError) as error:
        raise ProgrammeFileError(_("Tệp kế hoạch thiếu phần %(part)s.", part=str(error).strip("'"))) from error
    except ValueError as error:
        if isinstance(error, ProgrammeFileError):
            raise
        raise ProgrammeFileError(_("Tệp kế hoạch có giá trị không hợp lệ: %(value)s.", value=str(error))) from error
    session.flush()
    return LoadedProgramme(programme, is_new=True)


def _programme(document: Mapping[str, Any], year: int) -> Programme:
    """The programme itself from the plan's frame."""
    signature = document["signature"]
    return Programme(
        year=year, title=document["subject_quote"], status=ProgrammeStatus.PUBLISHED,
        agency=document["issuing_agency_quote"], parent_agency=document["parent_agency_quote"],
        number=document.get("number") or "", symbol=document["symbol"],
        place=document["place_quote"].split(",")[0], issued_on=None,
        preamble=document["preamble_quote"], closing=document["closing_quote"],
        signer_authority=signature["authority_quote"], signer_position=signature["position_quote"],
        signer_name=signature["name_quote"],
        recipients=[line["name"].rstrip(";.") for line in document["recipients"]],
        report_addressees=document.get("report_addressees") or ["Ủy ban nhân dân tỉnh", "Sở Nội vụ"],
    )


def _add_vocabulary(session: Session, programme_id: int, files: ProgrammeFiles) -> None:
    """Themes, channels with outlets and media, audiences, funding sources."""
    plan = files.plan
    for position, row in enumerate(plan["themes"], start=1):
        session.add(Theme(
            programme_id=programme_id, code=row["code"], position=position, label=row["label"],
            full_text=row["full_text"], is_year_bound=bool(row.get("year_bound")),
            legal_basis_codes=list(row.get("legal_bases", []))))
    channels = {}
    for position, row in enumerate(plan["channels"], start=1):
        channel = Channel(programme_id=programme_id, code=row["code"], position=position, label=row["label"],
                          full_text=row["full_text"])
        session.add(channel)
        channels[row["code"]] = (channel, row.get("items", []))
    session.flush()
    for channel, items in channels.values():
        session.add_all(
            Outlet(programme_id=programme_id, channel_id=channel.id, code=item["code"], position=position,
                   name=item["name"])
            for position, item in enumerate(items, start=1))
    for position, medium in enumerate(files.media, start=1):
        if medium["channel"] not in channels:
            raise ProgrammeFileError(_("Hình thức %(code)s trỏ tới kênh %(channel)s không có trong kế hoạch.",
                                       code=medium["code"], channel=medium["channel"]))
        session.add(Medium(
            programme_id=programme_id, channel_id=channels[medium["channel"]][0].id, code=medium["code"],
            position=position, label=medium["label"], unit=medium["unit"],
            asks_outlet=bool(medium.get("asks_outlet")), reach_label=medium.get("reach_label", "")))
    named = [(row, True) for row in plan["audiences"]["groups"]]
    passing = plan["audiences"].get("_interpretation", {}).get("other_groups_named_elsewhere", [])
    _add_all(session, programme_id, Audience, [
        {"code": row["code"], "label": row["label"], "is_named_in_plan": is_named}
        for row, is_named in named + [(row, False) for row in passing]])
    _add_all(session, programme_id, FundingSource, [
        {"code": row["code"], "label": row["label"], "quote": row.get("quote", "")}
        for row in plan["funding_sources"]])


def _add_all(session: Session, programme_id: int, kind: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows of one kind in their order."""
    session.add_all(
        kind(programme_id=programme_id, position=position, **row) for position, row in enumerate(rows, start=1))


def _add_text(session: Session, programme_id: int, plan: Mapping[str, Any]) -> None:
    """Legal bases, passages and the appendix."""
    _add_all(session, programme_id, LegalBasis, [
        {"code": row["code"], "label": row["label"], "full_text": row["full_text"], "kind": row.get("doc_type") or "",
         "number": row.get("number") or "", "issuer": row.get("issuer") or "", "role": row.get("role") or "",
         "issued_on": date.fromisoformat(row["issued_on"]) if row.get("issued_on") else None}
        for row in plan["legal_bases"]])
    _add_all(session, programme_id, Passage, list(_passages(plan)))
    hints = plan.get("_interpretation", {}).get("appendix_row_to_theme_hint", {})
    _add_all(session, programme_id, AppendixRow, [
        {"code": row["code"], "label": row["short"], "content": row["content"], "forms": row["forms"],
         "units": row["units"], "timing": row["timing"], "theme_codes": list(hints.get(row["code"], []))}
        for row in plan["appendix"]["rows"]])


def _passages(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The plan's text, passage by passage."""
    found = [(PassageKind.PURPOSE, row["code"], row["short"], row["full_text"]) for row in plan["purposes"]]
    found += [(PassageKind.DEMAND, row["code"], row["short"], row["full_text"]) for row in plan["requirements"]]
    found.append((PassageKind.AUDIENCE, "AUD", "Đối tượng tuyên truyền", plan["audiences"]["full_text"]))
    found += [(PassageKind.FUNDING, f"FUND{number}", "Kinh phí", text)
              for number, text in enumerate(plan["funding_text"], start=1)]
    for row in plan["responsibilities"]:
        items = row.get("items") or [{"code": row["code"], "full_text": row["full_text"]}]
        found += [(PassageKind.RESPONSIBILITY, item["code"], row["actor"], item["full_text"]) for item in items]
    return [{"kind": kind, "code": code, "heading": heading, "full_text": text} for kind, code, heading, text in found]


def _add_indicators(session: Session, programme_id: int, files: ProgrammeFiles) -> None:
    """Indicators with the rule by which they add up and the source of a unit's figure."""
    sources = {row["code"]: row for row in files.sources}
    codes = {row["code"] for row in files.indicators}
    for position, row in enumerate(files.indicators, start=1):
        aggregate, operands = parse_aggregate(row["aggregate"], row["unit"])
        unknown = [code for code in operands if code not in codes]
        if unknown:
            raise ProgrammeFileError(_("Chỉ tiêu %(code)s dùng mã %(unknown)s không có.", code=row["code"],
                                       unknown=", ".join(unknown)))
        source = sources.get(row["code"], {})
        default = SourceKind.FORMULA if aggregate.is_formula else SourceKind.TYPED
        session.add(Indicator(
            programme_id=programme_id, code=row["code"], position=position, name=row["name"], unit=row["unit"],
            aggregate=aggregate, operand_codes=operands, is_core=bool(row["core"]),
            value_kind=ValueKind(source.get("value_kind") or _value_kind(aggregate, row["unit"])),
            source=SourceKind(source.get("source") or default), filters=parse_filters(source)))


def parse_aggregate(text: str, unit: str) -> tuple[Aggregate, list[str]]:
    """Read "ratio F5/F4", "sum M2+M3+M4", "weighted mean by H1", "sum distinct", "last".

    A "ratio weighted by H1" is a share pooled over the sheets that H1 counts. Raises ProgrammeFileError.
    """
    words = text.split()
    match words:
        case ["ratio", "weighted", "by", weight]:
            return Aggregate.WEIGHTED_SHARE, [weight]
        case ["weighted", "mean", "by", weight]:
            return Aggregate.WEIGHTED_MEAN, [weight]
        case ["ratio", operands] if operands.count("/") == 1:
            return Aggregate.RATIO, operands.split("/")
        case ["sum", operands] if "+" in operands:
            return Aggregate.SUM_OF, operands.split("+")
        case ["sum", "distinct"] | ["count_yes"] | ["last"] | ["sum"]:
            return Aggregate(text), []
    raise ProgrammeFileError(_("Cách tổng hợp “%(rule)s” chưa được hiểu.", rule=text))


def _value_kind(aggregate: Aggregate, unit: str) -> str:
    """The kind of value where the table of sources does not say."""
    if aggregate is Aggregate.COUNT_YES:
        return ValueKind.YES_NO
    if unit == "%":
        return ValueKind.PERCENT
    if aggregate is Aggregate.WEIGHTED_MEAN:
        return ValueKind.MEAN
    return ValueKind.AMOUNT if unit == "đồng" else ValueKind.INTEGER


def parse_filters(source: Mapping[str, str]) -> dict[str, Any]:
    """Read the filter columns of the table of sources; lists are separated by blanks."""
    filters: dict[str, Any] = {
        name: source[name].split() for name in ("media", "audiences", "funding") if source.get(name)}
    if source.get("integrated"):
        filters["integrated"] = source["integrated"] in ("x", "true", "1", "yes")
    if source.get("questionnaire"):
        filters["questionnaire"] = source["questionnaire"]
    return filters


def _add_outlines(session: Session, programme_id: int, outlines: Sequence[Mapping[str, Any]]) -> None:
    """The outlines of plan, report and consolidated report."""
    for position, row in enumerate(outlines, start=1):
        session.add(OutlineSection(
            programme_id=programme_id, kind=OutlineKind(row["kind"]), code=row["code"], position=position,
            level=row["level"], mark=row["mark"], heading=row["heading"], hint=row.get("hint", ""),
            indicator_codes=list(row.get("indicator_codes", [])), has_text=row.get("has_text", True)))
