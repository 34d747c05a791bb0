"""Appendices I to IV and the charts of a consolidated report, from what was read; no query here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.dates import local_day
from core.numbers import format_integer
from models.figure import EMPTY, Figure, total
from models.programme import Channel
from models.requirement import RequirementKind
from models.satisfaction import SMALLEST_GROUP
from models.unit import UnitKind
from models.withheld import POOLED, shown
from models.workflow import Status
from queries.consolidation.counted import ScaleCount, UnitCount
from queries.consolidation.ground import Ground
from queries.consolidation.material import Material
from queries.consolidation.standing import Standing
from queries.document import (
    AppendixLine,
    CountBar,
    FigureRow,
    ScaleBar,
    SubmissionLine,
    UnitFigures,
    UnitGroup,
)
from queries.programme import Label

OWN_LABEL = "Phần riêng của cơ quan"


def figure_rows(material: Material, planned: Mapping[str, Figure], previous: Mapping[str, Figure],
                group_names: Mapping[str, str]) -> tuple[FigureRow, ...]:
    """Appendix I: one row per indicator in the programme's order.

    A report that begins with the year is its own running total; an ad hoc one has none, and no groups.
    """
    figures = material.gathered.figures
    begins = material.requirement.kind is not RequirementKind.AD_HOC
    return tuple(
        FigureRow(
            code=line.code, name=line.name, unit=line.unit, group=line.code[:1] if begins else "",
            aggregate=line.aggregate,
            planned=planned.get(line.code, EMPTY), current=shown(line.aggregate, figures.get(line.code, EMPTY)),
            cumulative=shown(line.aggregate, figures.get(line.code, EMPTY)) if begins else EMPTY,
            previous=shown(line.aggregate, previous.get(line.code, EMPTY)),
            group_name=group_names.get(line.code[:1], ""), operands=line.rule.operands)
        for line in material.gathered.indicators
    )


def unit_columns(material: Ground) -> tuple[tuple[str, str], ...]:
    """Columns of appendix II: the heading is the code itself."""
    return tuple((column, column) for column in material.columns)


def unit_groups(material: Material) -> tuple[UnitGroup, ...]:
    """Appendix II: the own part, then units by kind, each group with its total; nothing is added twice.

    Units that report directly bring all that adds up, so that a workbook's totals follow from them.
    """
    members: defaultdict[UnitKind, list[UnitFigures]] = defaultdict(list)
    parts = {part.unit_id: part.figures for part in material.gathered.parts}
    wanted = _held_codes(material)
    for row in material.direct:
        figures = {code: cell for code, cell in parts.get(row.unit_id, {}).items() if code in wanted}
        members[row.kind].append(UnitFigures(
            row.code, row.name, figures if row.is_included else {}, row.why_not, _children(material, row)))
    own = {code: cell.figure for code, cell in material.gathered.own.items() if code in wanted}
    groups = []
    if any(not figure.is_empty for figure in own.values()):
        line = UnitFigures(material.unit.code, OWN_LABEL, own)
        groups.append(UnitGroup(material.unit.kind.label, (line,), _total(material, [own])))
    for kind in sorted(members, key=list(UnitKind).index):
        units = tuple(members[kind])
        groups.append(UnitGroup(kind.label, units, _total(material, [unit.figures for unit in units])))
    return tuple(groups)


def _children(material: Material, office: Standing) -> tuple[UnitFigures, ...]:
    """The own part of a consolidating unit, then the units below it as they are in its accepted report."""
    if not office.kind.is_intermediate:
        return ()
    inside = {child.unit_id: child.version_id for child in material.inside.get(office.unit_id, ())}
    children = []
    own = material.own_parts.get(office.unit_id)
    if own and office.is_included:
        children.append(UnitFigures(office.code, OWN_LABEL, dict(own)))
    for row in material.schools_of(office.unit_id):
        if row.unit_id in inside:
            children.append(UnitFigures(row.code, row.name, dict(material.frozen.get(inside[row.unit_id], {}))))
        else:
            children.append(UnitFigures(row.code, row.name, {}, lacking_words(row, office)))
    return tuple(children)


def lacking_words(row: Standing, office: Standing) -> str:
    """Why a unit of the second level is not in: its own state, or that its office's report is without it."""
    if not row.is_included:
        return row.why_not
    return "Duyệt sau báo cáo của phòng" if office.is_included else "Chờ báo cáo của phòng"


def _held_codes(material: Ground) -> set[str]:
    """Codes of the columns, and of all else but pooled answers, which no table tells of by unit."""
    plain = {line.code for line in material.gathered.indicators if line.aggregate not in POOLED}
    return plain | set(material.column_codes)


def _total(material: Ground, parts: Iterable[Mapping[str, Figure]]) -> dict[str, Figure]:
    """Figures of several units together, for the codes that are kept by unit."""
    wanted = _held_codes(material)
    rules = [line.rule for line in material.gathered.indicators if line.code in wanted]
    return total(rules, [part for part in parts if part])


def grand_total(material: Ground) -> dict[str, Figure]:
    """The figures of the whole, as in appendix I."""
    wanted = _held_codes(material)
    return {code: figure for code, figure in material.gathered.figures.items() if code in wanted}


def submission_lines(material: Ground) -> tuple[SubmissionLine, ...]:
    """Appendix III: plan and report of each unit, by kind, schools under the name of their office."""
    direct = [row for row in material.reports if row.reviewer_id == material.unit.id and not row.is_closed]
    lines = []
    for kind in sorted({row.kind for row in direct}, key=list(UnitKind).index):
        lines.append(SubmissionLine(kind.label, is_group=True))
        lines += [_submission(material, row) for row in direct if row.kind is kind]
    for office in direct:
        schools = [row for row in material.reports if row.reviewer_id == office.unit_id and not row.is_closed]
        if schools:
            lines.append(SubmissionLine(f"Các trường thuộc {office.name}", is_group=True))
            lines += [_submission(material, row) for row in schools]
    return tuple(lines)


def _submission(material: Ground, row: Standing) -> SubmissionLine:
    """One unit's line."""
    plan = material.plans.get(row.unit_id)
    return SubmissionLine(
        row.name, number_of(plan), _sent_on(plan), state_words(plan), number_of(row), _sent_on(row),
        local_day(row.accepted_at) if row.accepted_at and row.is_included else None, state_words(row))


def number_of(row: Standing | None) -> str:
    """The number of what was sent; one that is only typed into a draft belongs to no document yet."""
    return row.number if row is not None and _sent_on(row) else ""


def _sent_on(row: Standing | None) -> date | None:
    """The day of the last sending; None while it lies with the unit."""
    if row is None or row.submitted_at is None or row.status in (Status.DRAFT, Status.WITHDRAWN):
        return None
    return local_day(row.submitted_at)


def state_words(row: Standing | None) -> str:
    """Where a plan or report stands, as "Đúng hạn", "Chậm 2 ngày", "Đúng hạn, chờ duyệt", "Chưa nộp", "Được miễn"."""
    if row is None:
        return "Không giao"
    if not row.is_owed or row.late_days is None or row.status in (Status.DRAFT, Status.WITHDRAWN):
        return row.why_not or "Được miễn"
    time = f"Chậm {row.late_days} ngày" if row.late_days else "Đúng hạn"
    return time if row.is_included else f"{time}, {_WAITING.get(row.status or Status.DRAFT, 'chưa duyệt')}"


_WAITING = {Status.SUBMITTED: "chờ duyệt", Status.RETURNED: "trả lại"}


def appendix_lines(material: Material) -> tuple[AppendixLine, ...]:
    """Appendix IV: what came of each row of the plan's appendix, counted by the themes it stands for."""
    names = {channel.id: channel.label for channel in material.channels}
    lines = []
    for place, row in enumerate(material.appendix):
        by_channel: defaultdict[int, int] = defaultdict(int)
        units = set()
        for count in material.counts:
            if count.by_row[place]:
                by_channel[count.channel_id] += count.by_row[place]
                if count.unit_id != material.unit.id or not material.is_department:
                    units.add(count.unit_id)
        result = _result(sum(by_channel.values()), [(names[key], by_channel[key]) for key in names if by_channel[key]])
        lines.append(AppendixLine(row.content, row.forms, row.units, result, _assessment(material, len(units))))
    return tuple(lines)


def _result(activities: int, by_channel: Sequence[tuple[str, int]]) -> str:
    """As "1.204 hoạt động: báo chí 320; mạng xã hội 884"."""
    if not activities:
        return "Chưa ghi nhận hoạt động"
    told = "; ".join(f"{label[:1].lower()}{label[1:]} {format_integer(count)}" for label, count in by_channel)
    return f"{format_integer(activities)} hoạt động: {told}"


def _assessment(material: Material, units: int) -> str:
    """How many of the included units did it, as "45/53 đơn vị đã thực hiện"."""
    if not units:
        return "Chưa thực hiện"
    reach = len(material.versions) + (not material.is_department)
    return f"{format_integer(units)}/{format_integer(reach)} đơn vị đã thực hiện"


def channel_bars(counts: Iterable[UnitCount], channels: Iterable[Channel | Label]) -> tuple[CountBar, ...]:
    """Activities by channel, in the order of the plan; none without an activity."""
    sums: defaultdict[int, int] = defaultdict(int)
    for count in counts:
        sums[count.channel_id] += count.activities
    return tuple(CountBar(channel.label, sums[channel.id]) for channel in channels) if sums else ()


def place_of(material: Ground) -> dict[int, str]:
    """To which district or kind of unit each unit belongs, by unit; in the order of appendix II."""
    places: dict[int, str] = {}
    for row in sorted(material.direct, key=lambda row: list(UnitKind).index(row.kind)):
        if row.kind.is_intermediate or not material.is_department:
            label = district_name(row)
            places[row.unit_id] = label
            places |= {child.unit_id: label for child in material.schools_of(row.unit_id)}
        else:
            places[row.unit_id] = row.kind.label
    return places


def district_name(row: Standing) -> str:
    """A district office by its district, as "Thành phố Hạ Long"; another unit by its name."""
    short = row.name.removeprefix(row.kind.label).strip() if row.kind.is_intermediate else row.name
    return short[:1].upper() + short[1:] if short else row.name


def district_bars(material: Material) -> tuple[CountBar, ...]:
    """Activities by district and, for the rest, by kind of unit; whoever is not in has no bar, not even a zero."""
    inside = {row.unit_id for row in material.direct if row.is_included}
    inside |= {child.unit_id for children in material.inside.values() for child in children}
    places = {unit_id: label for unit_id, label in place_of(material).items() if unit_id in inside}
    sums: dict[str, int] = dict.fromkeys(places.values(), 0)
    for count in material.counts:
        if count.unit_id in places:
            sums[places[count.unit_id]] += count.activities
    return tuple(CountBar(label, value) for label, value in sums.items()) if any(sums.values()) else ()


def satisfaction_bars(answers: Iterable[ScaleCount]) -> tuple[ScaleBar, ...]:
    """Pooled answers by factor; factors with fewer than five answers are not shown."""
    sums: dict[tuple[str, str], list[int]] = {}
    for count in answers:
        levels = sums.setdefault((count.questionnaire_code, count.factor), [0] * 5)
        for place, number in enumerate(count.levels):
            levels[place] += number
    return tuple(
        ScaleBar(factor, (levels[0], levels[1], levels[2], levels[3], levels[4]))
        for (_code, factor), levels in sums.items() if sum(levels) >= SMALLEST_GROUP)


__all__ = ["appendix_lines", "channel_bars", "district_bars", "district_name", "figure_rows", "grand_total",
           "lacking_words", "place_of", "satisfaction_bars", "state_words", "submission_lines", "unit_columns",
           "unit_groups"]
