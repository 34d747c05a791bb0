"""The list of activities: what was asked for in the address, and the page of it."""

from typing import Any

from flask import Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from core.clock import clock
from core.dates import format_span, parse_day
from core.extensions import db
from core.numbers import format_integer
from core.translation import _
from exports.lists.activity import ACTIVITIES
from models.permission import Action
from queries.activity import (
    PAGE_SIZE,
    ActivityFilter,
    ActivityLine,
    ActivityTotals,
    PlanFilter,
    ProgrammeSpan,
    count_by_month,
    count_removed,
    get_activity,
    list_activities,
    list_media,
    list_themes,
    plan_progress,
    programme_on,
    total_activities,
)
from views.access import permits
from views.list_file import send_list, wants_workbook
from views.whose import EVERY, Whose, find_whose


def show_list() -> str | Response:
    """The page of the list, or all of it as a workbook. At most seventeen queries."""
    programme = programme_on(db.session, clock.today())
    if programme is None:
        return render_template("activity/none.html")
    whose = find_whose(Action.ACTIVITY_VIEW)
    chosen = _filter(whose, programme)
    totals = total_activities(db.session, chosen)
    number = _page_number(totals.count)
    lines = list_activities(db.session, chosen, clock.today(), offset=(number - 1) * PAGE_SIZE)
    removed_count = count_removed(db.session, whose.ids, programme.id)
    chips = _chips(chosen, whose, programme, removed_count)
    active = [item for group in chips for item in group["chips"] if item["is_on"]]
    if wants_workbook():
        return _workbook(chosen, whose, programme, [item["label"] for item in active])
    return render_template(
        "activity/index.html", whose=whose, programme=programme, chosen=chosen, lines=list(map(_row, lines)),
        facts=_facts(totals), chips=chips, active=active,
        progress=plan_progress(db.session, whose.unit.id, programme.id) if whose.unit else None,
        removed=_just_removed(), pager=_pager(number, totals.count), every=EVERY, kept=_kept(),
        may_write=whose.unit is not None and permits(Action.ACTIVITY_WRITE, whose.unit.id))


def _workbook(chosen: ActivityFilter, whose: Whose, programme: ProgrammeSpan, active: list[str]) -> Response:
    """All activities of the filters as a workbook."""
    return send_list(
        "Hoạt động", ACTIVITIES, list_activities(db.session, chosen, clock.today(), limit=None),
        filters=[("Chương trình năm", str(programme.year)), ("Đơn vị", whose.unit.name if whose.unit else ""),
                 ("Tìm", chosen.search), ("Lọc", "; ".join(active))])


def _filter(whose: Whose, programme: ProgrammeSpan) -> ActivityFilter:
    """Read the filters from the address; what makes no sense does not filter."""
    args = request.args
    plan = args.get("plan", "")
    return ActivityFilter(
        unit_ids=whose.ids, programme_id=programme.id, search=args.get("q", "").strip()[:100],
        theme_code=args.get("theme", ""), channel_code=args.get("channel", ""),
        medium_codes=tuple(code for code in args.get("medium", "").split(",") if code), month=_month(args),
        first_day=_day(args, "from"), last_day=_day(args, "to"),
        plan=PlanFilter(plan) if plan in list(PlanFilter) else None,
        plan_item_id=args.get("item", type=int), lacks_evidence=args.get("evidence") == "none",
        is_removed=args.get("state") == "removed")


def _month(args: MultiDict[str, str]) -> tuple[int, int] | None:
    """Read "2023-05"."""
    year, _dash, month = args.get("month", "").partition("-")
    if year.isdecimal() and month.isdecimal() and 1900 <= int(year) <= 9000 and 1 <= int(month) <= 12:
        return int(year), int(month)
    return None


def _day(args: MultiDict[str, str], name: str) -> Any:
    """Read a day of the address, or None."""
    try:
        return parse_day(args.get(name, ""))
    except ValueError:
        return None


def _page_number(count: int) -> int:
    """The page asked for, within what there is."""
    return max(1, min(request.args.get("page", 1, type=int), -(-count // PAGE_SIZE)))


def _url(**changes: str | None) -> str:
    """This list's address with some parameters changed; an empty one goes."""
    kept = {name: value for name, value in request.args.items() if name not in ("page", "removed") and value}
    wanted: dict[str, Any] = {name: value for name, value in {**kept, **changes}.items() if value}
    return url_for("activity.index", **wanted)


def _kept() -> dict[str, str]:
    """What a new search keeps of the address."""
    return {name: value for name, value in request.args.items() if name not in ("page", "removed", "q") and value}


def _chip(name: str, value: str, label: str, count: int | None = None) -> dict[str, Any]:
    """One filter: a tap sets it, another takes it away."""
    is_on = request.args.get(name) == value
    return {"label": label, "url": _url(**{name: None if is_on else value}), "is_on": is_on, "count": count}


def _chips(chosen: ActivityFilter, whose: Whose, programme: ProgrammeSpan, removed_count: int) -> list[dict[str, Any]]:
    """The filters, group by group; a group without choices is left out."""
    media = list_media(db.session, programme.id)
    channels = {medium.channel_code: medium.channel_label for medium in media}
    months = [
        _chip("month", f"{year}-{month:02d}", _("Tháng %(month)s/%(year)s", month=month, year=year), count)
        for year, month, count in count_by_month(db.session, whose.ids, programme.id)
    ]
    states = [
        _chip("plan", PlanFilter.PLANNED.value, _("Theo kế hoạch")),
        _chip("plan", PlanFilter.UNPLANNED.value, _("Ngoài kế hoạch")),
        _chip("evidence", "none", _("Chưa có minh chứng")),
    ]
    if removed_count or chosen.is_removed:
        states.append(_chip("state", "removed", _("Đã bỏ"), removed_count))
    counted = [_chip("medium", request.args["medium"], ", ".join(
        medium.label for medium in media if medium.code in chosen.medium_codes))] if chosen.medium_codes else []
    counted += [_chip(name, request.args[name], label) for name, label in (
        ("from", _("Từ ngày %(day)s", day=request.args.get("from", ""))),
        ("to", _("Đến ngày %(day)s", day=request.args.get("to", ""))),
        ("item", _("Một việc trong kế hoạch"))) if request.args.get(name)]
    groups = [
        (_("Lọc theo tình trạng"), states + counted),
        (_("Lọc theo tháng"), months),
        (_("Lọc theo kênh"), [_chip("channel", code, label) for code, label in channels.items()]),
        (_("Lọc theo nội dung"), [
            _chip("theme", theme.code, theme.label) for theme in list_themes(db.session, programme.id)]),
    ]
    return [{"label": label, "chips": chips} for label, chips in groups if chips]


def _facts(totals: ActivityTotals) -> list[dict[str, Any]]:
    """What the listed activities add up to."""
    rows = [
        (_("Hoạt động"), format_integer(totals.count), None),
        (_("Số lượng"), format_integer(totals.quantity), _("tin bài, cuộc, chiếc, tờ…")),
        (_("Lượt tiếp cận"), format_integer(totals.reach), _("lượt")),
        (_("Kinh phí"), format_integer(totals.cost), _("đồng")),
    ]
    return [{"label": label, "value": value, "of": unit, "note": None, "url": None, "tone": None}
            for label, value, unit in rows]


def _row(line: ActivityLine) -> dict[str, Any]:
    """One activity as the table shows it."""
    evidence = [_("%(count)s tệp", count=line.file_count)] if line.file_count else []
    evidence += [_("đường dẫn")] if line.link else []
    return {
        "id": line.id, "title": line.title, "unit_name": line.unit_name,
        "span": format_span(line.starts_on, line.ends_on), "medium": line.medium_label,
        "quantity": format_integer(line.quantity), "medium_unit": line.medium_unit,
        "reach": "–" if line.reach is None else format_integer(line.reach),
        "evidence": ", ".join(evidence) or _("chưa có"), "themes": _theme_words(line),
        "is_planned": line.is_planned, "is_integrated": line.is_integrated,
    }


def _theme_words(line: ActivityLine) -> str:
    """The first theme, and how many more there are."""
    first = line.themes[0][1] if line.themes else ""
    if len(line.themes) < 2:
        return first
    return _("%(first)s và %(count)s nội dung khác", first=first, count=len(line.themes) - 1)


def _just_removed() -> Any:
    """The activity that was taken out a moment ago, to be put back by one press; or None."""
    activity_id = request.args.get("removed", type=int)
    page = get_activity(db.session, activity_id, clock.today()) if activity_id is not None else None
    if page is None or page.removed_at is None or not permits(Action.ACTIVITY_WRITE, page.unit_id):
        return None
    return page


def _pager(number: int, count: int) -> dict[str, Any]:
    """What the pager shows."""
    last = max(1, -(-count // PAGE_SIZE))
    return {
        "number": number, "count": last, "total": _("%(count)s hoạt động", count=format_integer(count)),
        "previous_url": _url(page=str(number - 1)) if number > 1 else None,
        "next_url": _url(page=str(number + 1)) if number < last else None,
    }
