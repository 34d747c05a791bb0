"""The way back to a form that was left half done, from the key of its draft."""

from flask import url_for

from core.extensions import db
from core.translation import _
from queries.requirement import requirement_code


def kept_form(key: str) -> tuple[str, str]:
    """What a kept form is called and where it is: ("Hoạt động đang ghi dở", "/activities/new")."""
    noun, *rest = key.split(":")
    match noun, rest:
        case "activity", ["new", *_who]:
            return _("Hoạt động đang ghi dở"), url_for("activity.new")
        case "activity", ["like", source, *_who]:
            return _("Hoạt động đang ghi dở"), url_for("activity.new", like=source)
        case "activity", [activity_id]:
            return _("Hoạt động đang sửa dở"), url_for("activity.edit", activity_id=activity_id)
        case "tally", ["new", *_who]:
            return _("Phiếu hài lòng đang nhập dở"), url_for("tally.new")
        case "tally", [tally_id]:
            return _("Phiếu hài lòng đang sửa dở"), url_for("tally.edit", tally_id=tally_id)
        case "programme", [year, *where]:
            return _("Chương trình năm đang sửa dở"), _programme(int(year), where)
        case "plan" | "report", [obligation_id, *where]:
            return _part(noun, int(obligation_id), "".join(where))
        case "chase-letter", [requirement_id]:
            code = requirement_code(db.session, int(requirement_id))
            address = url_for("chase_letter.write", code=code) if code else url_for("reminder.index")
            return _("Công văn đôn đốc đang soạn dở"), address
        case "plan-item", ["new", obligation_id, *_who]:
            return _("Việc trong kế hoạch đang thêm dở"), url_for("plan.new_item", obligation_id=obligation_id)
        case "plan-item", ["copy", source, obligation_id, *_who]:
            address = url_for("plan.new_item", obligation_id=obligation_id)
            return _("Việc trong kế hoạch đang thêm dở"), f"{address}?from={int(source)}"
        case "plan-item", [item_id, obligation_id]:
            return _("Việc trong kế hoạch đang sửa dở"), url_for(
                "plan.write_item", obligation_id=obligation_id, item_id=item_id)
    return _of_office(noun, rest)


def _of_office(noun: str, rest: list[str]) -> tuple[str, str]:
    """The same of files, of ad hoc reports, and of what is inspected, announced, commended or criticised."""
    match noun, rest:
        case "account" | "unit", ["load", *_who]:
            return _("Tệp đang xem trước, chưa áp dụng"), url_for(f"{noun}.load")
        case "ad-hoc", ["new", *_who]:
            return _("Báo cáo đột xuất đang soạn dở"), url_for("requirement.new")
        case "ad-hoc" | "ad-hoc-units" | "ad-hoc-withdraw", [requirement_id]:
            code = requirement_code(db.session, int(requirement_id))
            address = url_for("requirement.show", code=code) if code else url_for("requirement.index")
            return _("Báo cáo đột xuất đang soạn dở"), address
        case "finding", [finding_id, "answer"]:
            return _("Trả lời kiến nghị đang viết dở"), url_for("inspection.answer", finding_id=finding_id)
        case "finding", [finding_id, deed]:
            return _("Ý kiến về kiến nghị đang viết dở"), url_for(
                "inspection.judge", finding_id=finding_id, deed=deed)
        case "inspection", _any:
            return _("Nội dung kiểm tra đang ghi dở"), url_for("inspection.index")
        case "announcement", ["new", *_who]:
            return _("Thông báo đang soạn dở"), url_for("announcement.new")
        case "announcement", [announcement_id, what] if what in ("correct", "withdraw"):
            return _("Thông báo đang sửa dở"), url_for(f"announcement.{what}", announcement_id=announcement_id)
        case "commendation", ["new", *_who]:
            return _("Đề xuất nêu gương đang soạn dở"), url_for("commendation.new")
        case "commendation", [commendation_id, *what]:
            return _("Đề xuất nêu gương đang sửa dở"), _commendation(int(commendation_id), "".join(what))
        case "criticism", ["new", code, basis, *_who]:
            return _("Nội dung nội bộ đang soạn dở"), url_for(
                "criticism.new", unit=code or None, basis=basis or None)
        case "criticism", [criticism_id, *what]:
            endpoint = "criticism.close" if what else "criticism.edit"
            return _("Nội dung nội bộ đang soạn dở"), url_for(endpoint, criticism_id=criticism_id)
    return _("Nội dung đang soạn dở"), url_for("home.show")


def _part(noun: str, obligation_id: int, where: str) -> tuple[str, str]:
    """A section of a plan or report, or the form of its number and signer."""
    name = _("Kế hoạch đang soạn dở") if noun == "plan" else _("Báo cáo đang soạn dở")
    if where == "document":
        return name, url_for(f"{noun}.write_document", obligation_id=obligation_id)
    endpoint = "plan.write_section" if noun == "plan" else "report.section"
    return _("%(name)s, mục %(code)s", name=name, code=where), url_for(
        endpoint, obligation_id=obligation_id, code=where)


def _commendation(commendation_id: int, what: str) -> str:
    """The form of a proposal, of its text, or of a deed that asks for a reason."""
    match what:
        case "":
            return url_for("commendation.edit", commendation_id=commendation_id)
        case "text":
            return url_for("commendation.edit_text", commendation_id=commendation_id)
        case "ask" | "refuse" | "drop":
            return url_for("commendation.moderate", commendation_id=commendation_id, deed=what)
        case "take_down" | "end_consent":
            return url_for("commendation.take_back", commendation_id=commendation_id, deed=what)
        case "opinion" | "withdraw":
            return url_for(f"commendation.{what}", commendation_id=commendation_id)
    return url_for("commendation.show", commendation_id=commendation_id)


def _programme(year: int, where: list[str]) -> str:
    """A row of the year's programme, a new one, or its own fields."""
    match where:
        case [table, "new"]:
            return url_for("programme.add_row", year=year, table=table)
        case [table, *key] if key:
            return url_for("programme.write_row", year=year, table=table, key=":".join(key))
    return url_for("programme.write_frame", year=year)
