"""Reading a plan: its page and its paper."""

from dataclasses import dataclass

from flask import Response, abort, render_template, request, url_for

from core.clock import clock
from core.dates import format_day
from core.extensions import db
from core.media_type import DOCX
from core.text import fold
from exports import plan as paper
from models.permission import Action
from queries.paper_print import plan_parts
from queries.plan import PlanSection, document_of, get_plan, get_proposals, list_removed_items
from queries.submission import SubmissionLine, get_version
from services.version_paper import Kind, print_version
from views.access import requires
from views.plan.blueprint import blueprint
from views.plan.common import load, part_names, part_url
from views.printing import printing_of
from views.submission.panel import Panel, build_panel


@dataclass(frozen=True)
class SectionBlock:
    """One heading on the plan's page; ``proposal`` is shown in place of a text that is missing."""

    section: PlanSection
    proposal: str
    url: str | None
    """Where it is written; None while it is closed to the viewer."""
    reason: str
    """What the reviewer asks for; empty when nothing."""


@blueprint.get("/<int:obligation_id>")
@requires(Action.PLAN_VIEW)
def show(obligation_id: int) -> str:
    """Show the whole plan, how it stands and what to do."""
    line = load(obligation_id, Action.PLAN_VIEW)
    plan = get_plan(db.session, line, clock.today())
    panel = build_panel(line, part_names=part_names(plan), part_url=lambda part: part_url(line, part),
                        submit_url=url_for("plan.check", obligation_id=obligation_id))
    proposals = get_proposals(db.session, line) if panel.can_write else {}
    blocks = [_block(line, panel, row, proposals) for row in plan.sections]
    return render_template(
        "plan/show.html", line=line, plan=plan, panel=panel, blocks=blocks,
        can_adopt=any(block.proposal for block in blocks), can_add=panel.can_write and panel.parts.allows("items"),
        removed=list_removed_items(db.session, line) if panel.can_write else (),
        printing=printing_of(line, plan_parts(plan, line)) if line.is_editable else None)


def _block(line: SubmissionLine, panel: Panel, section: PlanSection, proposals: dict[str, str]) -> SectionBlock:
    """One heading with what may be done to it."""
    part = f"section:{section.code}"
    is_open = panel.can_write and section.has_text and panel.parts.allows(part)
    proposal = proposals.get(section.code, "") if is_open and not section.text.strip() else ""
    return SectionBlock(section, proposal, part_url(line, part) if is_open else None,
                        panel.parts.reasons.get(part, ""))


@blueprint.get("/<int:obligation_id>/plan.pdf")
@requires(Action.PLAN_VIEW)
def download(obligation_id: int) -> Response:
    """Send the plan as a PDF: as it stands now (a draft), or a version as it was sent."""
    return _send(load(obligation_id, Action.PLAN_VIEW), "pdf")


@blueprint.get("/<int:obligation_id>/plan.docx")
@requires(Action.PLAN_VIEW)
def download_word(obligation_id: int) -> Response:
    """The same to go on writing in."""
    return _send(load(obligation_id, Action.PLAN_VIEW), "docx")


def _send(line: SubmissionLine, kind: Kind) -> Response:
    """Send a file of the plan under a name that a person can read."""
    number = request.args.get("version", type=int)
    pages = _frozen(line, number, kind) if number is not None else _draft(line, kind)
    name = "-".join(["ke-hoach", str(line.year), *fold(line.unit_name).split(), *_tail(number)])
    shown, media_type = ("inline", "application/pdf") if kind == "pdf" else ("attachment", DOCX)
    return Response(pages, mimetype=media_type,
                    headers={"Content-Disposition": f'{shown}; filename="{_safe(name)}.{kind}"'})


def _draft(line: SubmissionLine, kind: Kind) -> bytes:
    """The plan as it stands now."""
    document = document_of(get_plan(db.session, line, clock.today()), is_draft=True)
    return paper.build_word(document) if kind == "docx" else paper.build(document)


def _frozen(line: SubmissionLine, number: int, kind: Kind) -> bytes:
    """A version of the plan as it was sent; 404 when there is none."""
    version = get_version(db.session, line.submission_id, number) if line.submission_id else None
    if version is None:
        abort(404)
    return print_version(db.session, version, kind=kind)


def _tail(number: int | None) -> list[str]:
    """What the name of a file ends with."""
    return ["du-thao", format_day(clock.today()).replace("/", "")] if number is None else [f"ban-{number}"]


def _safe(name: str) -> str:
    """A file name of plain letters, digits and dashes."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign == "-") else "-" for sign in name)[:150]
