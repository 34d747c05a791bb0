"""Looking after accounts: the list, a new one, changing one."""

import secrets
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from core.clock import clock
from core.extensions import db
from core.translation import _
from exports.lists.account import ACCOUNTS
from exports.lists.trail import TRAIL
from forms.account import AccountForm, EditAccountForm, NewAccountForm
from models.account import Account, Role, role_fits
from models.delegation import given_roles, gives_all, may_give
from models.event import Subject
from models.permission import Action
from queries.account import PAGE_SIZE, AccountLine, AccountState, get_account, list_accounts
from queries.unit import UnitLine, list_units
from services.account_change import LastAdministratorError, add_account, change_account, end_sessions
from views.access import allow, requires, viewer
from views.account.blueprint import blueprint
from views.account.secret import password_of, slips_address, slips_of
from views.drafting import Desk, open_desk
from views.history import history_of, trail_of
from views.list_file import send_list, wants_workbook

Answer = str | Response | tuple[str, int]


@blueprint.get("/accounts")
@requires(Action.ACCOUNT_MANAGE)
def index() -> str | Response:
    """List accounts with search and filters that stay in the address."""
    wanted = {"q": request.args.get("q", "").strip()[:100], "role": request.args.get("role", ""),
              "state": request.args.get("state", "")}
    role = Role(wanted["role"]) if wanted["role"] in list(Role) else None
    state = AccountState(wanted["state"]) if wanted["state"] in list(AccountState) else None
    page = list_accounts(db.session, viewer(), clock.today(), search=wanted["q"], role=role, state=state,
                         page=request.args.get("page", 1, type=int), page_size=None if wants_workbook() else PAGE_SIZE)
    if wants_workbook():
        return send_list("Tài khoản", ACCOUNTS, page.lines, filters=[
            ("Tìm", wanted["q"]), ("Vai trò", role.label if role else ""),
            ("Tình trạng", state.label if state else "")])
    return render_template(
        "account/index.html", page=page, wanted=wanted, page_url=lambda number: _url(wanted, page=number),
        role_chips=[_chip(wanted, "role", one.value, one.label, page.by_role.get(one, 0))
                    for one in given_roles(viewer())],
        state_chips=[_chip(wanted, "state", one.value, one.label, page.by_state.get(one, 0)) for one in AccountState])


def _url(wanted: dict[str, str], **changes: Any) -> str:
    """The list's address with what is wanted."""
    return url_for("account.index", **{name: value for name, value in {**wanted, **changes}.items() if value})


def _chip(wanted: dict[str, str], name: str, value: str, label: str, count: int) -> dict[str, Any]:
    """One filter; a second tap takes it away."""
    is_on = wanted[name] == value
    return {"label": _(label), "is_on": is_on, "count": count, "url": _url(wanted, **{name: "" if is_on else value})}


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(Action.ACCOUNT_MANAGE)
def add() -> Answer:
    """Make one account; its one-time password is shown on the next page."""
    desk = open_desk(f"account:new:{viewer().account_id}", viewer().acts_for_id, Action.ACCOUNT_MANAGE)
    if request.method == "POST" and slips_of(desk.token):
        return redirect(slips_address(desk.token), 303)
    units = _units()
    form = NewAccountForm(desk.data({}))
    form.offer(_choices(units), given_roles(viewer()))
    status = 200
    if request.method == "POST":
        status = 422
        if not desk.take():
            status = 409
        elif desk.wants_keep_only or (form.validate() and _can_add(form, units) and _add(desk, form, units)):
            db.session.commit()
            return redirect(request.path if desk.wants_keep_only else slips_address(desk.token), 303)
        db.session.commit()
    return render_template("account/add.html", form=form, desk=desk), status


def _units() -> dict[str, UnitLine]:
    """The units for which the viewer may make accounts, by code."""
    found = list_units(db.session, viewer(), clock.today(), action=Action.ACCOUNT_MANAGE)
    return {line.code: line for line in found}


def _choices(units: dict[str, UnitLine]) -> list[tuple[str, str]]:
    """The units as options of a select."""
    return [(line.code, f"{line.name} ({line.code})") for line in units.values()]


def _role_fits(form: AccountForm, units: dict[str, UnitLine]) -> bool:
    """Whether the role is one that people of this unit have and that the viewer may give there."""
    unit, role = units[form.unit.data], Role(form.role.data)
    if not role_fits(role, unit.kind):
        form.role.errors = [_("Vai trò này không có ở %(unit)s. Chọn vai trò khác hoặc đơn vị khác.", unit=unit.name)]
    elif not may_give(viewer(), role, unit.id):
        form.role.errors = [_("Vai trò này ở %(unit)s do người quản trị hệ thống cấp.", unit=unit.name)]
    return not form.role.errors


def _can_add(form: NewAccountForm, units: dict[str, UnitLine]) -> bool:
    """Whether the user name is free and the role fits."""
    username = (form.username.data or "").lower()
    if db.session.scalar(select(Account.id).where(Account.username == username)) is not None:
        form.username.errors = [_("Tên “%(name)s” đã có người dùng. Chọn tên khác.", name=username)]
        return False
    return _role_fits(form, units)


def _values(form: AccountForm, units: dict[str, UnitLine]) -> dict[str, Any]:
    """The form as columns of an account."""
    return {"full_name": form.full_name.data, "role": Role(form.role.data), "unit_id": units[form.unit.data].id,
            "position": form.position.data or "", "email": form.email.data or ""}


def _add(desk: Desk, form: NewAccountForm, units: dict[str, UnitLine]) -> bool:
    """Make the account; False when somebody took the name at this very moment."""
    username = (form.username.data or "").lower()
    try:
        add_account(db.session, {"username": username, **_values(form, units)}, password_of(desk.token, username),
                    now=clock.now(), viewer=viewer(), batch=desk.token)
    except IntegrityError:
        db.session.rollback()
        form.username.errors = [_("Tên “%(name)s” đã có người dùng. Chọn tên khác.", name=username)]
        return False
    desk.done()
    return True


@blueprint.route("/accounts/<int:account_id>", methods=["GET", "POST"])
@requires(Action.ACCOUNT_MANAGE)
def edit(account_id: int) -> Answer:
    """Show and change one account."""
    line = _load(account_id)
    desk = open_desk(f"account:{line.id}", viewer().acts_for_id, Action.ACCOUNT_MANAGE)
    if wants_workbook("history"):
        return send_list(f"Nhật ký tài khoản {line.username}", TRAIL, trail_of(Subject.ACCOUNT, line.id))
    units = _units()
    form = EditAccountForm(desk.data(_texts(line)))
    form.offer(_choices(units), given_roles(viewer()))
    status = 200
    if request.method == "POST":
        status = 422
        if not desk.take(multiple=frozenset({"is_active"})):
            status = 409
        elif desk.wants_keep_only or (form.validate() and _role_fits(form, units) and _save(desk, form, units, line)):
            db.session.commit()
            return redirect(request.path, 303)
        db.session.commit()
    page = render_template("account/edit.html", account=line, form=form, desk=desk, batch=secrets.token_urlsafe(24),
                           is_own=line.id == viewer().account_id,
                           events=history_of(Subject.ACCOUNT, line.id))
    return page, status


def _load(account_id: int) -> AccountLine:
    """The account; 404 when there is none, or when it is not the viewer's to look after."""
    line = get_account(db.session, account_id, clock.today())
    if line is None or not may_give(viewer(), line.role, line.unit_id):
        abort(404)
    allow(Action.ACCOUNT_MANAGE, line.unit_id)
    return line


def _texts(line: AccountLine) -> dict[str, str | list[str]]:
    """The account as the texts of its form."""
    return {"full_name": line.full_name, "role": line.role.value, "unit": line.unit_code, "position": line.position,
            "email": line.email, "is_active": ["y"] if line.is_active else []}


def _save(desk: Desk, form: EditAccountForm, units: dict[str, UnitLine], line: AccountLine) -> bool:
    """Change the account; False, with a message, when that would lock somebody out by mistake."""
    if line.id == viewer().account_id and not form.is_active.data:
        form.is_active.errors = [_("Đây là tài khoản đang dùng; nhờ người quản trị khác ngừng giúp.")]
        return False
    account, values = db.session.get_one(Account, line.id), _values(form, units)
    is_moved = (values["role"], values["unit_id"]) != (line.role, line.unit_id)
    if line.id == viewer().account_id and is_moved and not gives_all(viewer()):
        form.role.errors = [_("Đây là tài khoản đang dùng; không tự đổi vai trò hay đơn vị được.")]
        return False
    try:
        change_account(db.session, account, {**values, "is_active": form.is_active.data},
                       now=clock.now(), viewer=viewer())
    except LastAdministratorError:
        form.role.errors = [_("Cổng phải còn ít nhất một người quản trị. Giao vai trò này cho người khác trước.")]
        return False
    desk.done()
    flash(_("Đã lưu tài khoản %(name)s.", name=line.username), "success")
    return True


@blueprint.post("/accounts/<int:account_id>/sessions")
@requires(Action.ACCOUNT_MANAGE)
def end_all_sessions(account_id: int) -> Response:
    """End every session of the account."""
    line = _load(account_id)
    end_sessions(db.session, line.id, now=clock.now(), viewer=viewer())
    db.session.commit()
    flash(_("Đã kết thúc mọi phiên đăng nhập của %(name)s.", name=line.username), "success")
    return redirect(url_for("account.edit", account_id=line.id), 303)
