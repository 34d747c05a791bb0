"""Two requests at the very same time: one row, one version, and never an error page."""

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from core.extensions import db
from models.account import Account
from models.submission import Submission, SubmissionVersion
from models.workflow import Status
from services.account import preview_accounts
from services.account_upload import keep_upload
from tests.support.clock import FrozenClock
from tests.support.database import Database
from tests.support.plan import SENDING_DAY, PlanWorld, make_plan_world

HEADS = "username;full_name;role;unit_code;position;email"


def arrange(database: Database, act: Callable[[PlanWorld], object]) -> tuple[Flask, str, Account, Account]:
    """A portal of its own with the miniature province: the app, the plan's address, its officer and its reviewer."""
    app = database.make_app(database.copy())
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        world = make_plan_world(db.session)
        act(world)
        url, officer, reviewer = world.url(), world.people["officer"], world.people["district"]
        db.session.commit()
        db.session.expunge_all()
    return app, url, officer, reviewer


def at_once(app: Flask, account: Account, path: str, *forms: dict[str, str]) -> list[int]:
    """The statuses of posts that start together, each from a browser of its own."""
    start, statuses = Barrier(len(forms)), [0] * len(forms)

    def press(place: int, form: dict[str, str]) -> None:
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id=str(account.id), _fresh=True, session_version=account.session_version)
        start.wait(timeout=10)
        statuses[place] = client.post(path, data=form).status_code

    threads = [Thread(target=press, args=(place, form)) for place, form in enumerate(forms)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return statuses


def counted(app: Flask, ask: Callable[[Session], object]) -> object:
    """What the database says afterwards."""
    with app.app_context():
        return ask(db.session)


def test_two_who_start_a_plan_at_once_share_one(database: Database, clock: FrozenClock) -> None:
    clock.set(SENDING_DAY)
    app, url, officer, _reviewer = arrange(database, lambda world: None)
    forms = [{"text": f"Bản {number}", "form_token": f"t{number}", "draft_tab": f"tab{number}"} for number in range(4)]
    assert set(at_once(app, officer, f"{url}/sections/III", *forms)) <= {303, 409}
    assert counted(app, lambda session: session.scalar(select(func.count()).select_from(Submission))) == 1


def test_a_button_pressed_on_two_screens_at_once_sends_one_version(database: Database, clock: FrozenClock) -> None:
    clock.set(SENDING_DAY)
    app, url, officer, _reviewer = arrange(database, lambda world: world.write())
    assert at_once(app, officer, f"{url}/submit", *[{"submit_key": "one"}] * 4) == [303] * 4
    numbers = counted(app, lambda session: session.scalars(select(SubmissionVersion.number)).all())
    assert numbers == [1]


def test_two_different_keys_at_once_make_one_version_because_the_second_finds_it_sent(
    database: Database, clock: FrozenClock
) -> None:
    clock.set(SENDING_DAY)
    app, url, officer, _reviewer = arrange(database, lambda world: world.write())
    assert at_once(app, officer, f"{url}/submit", {"submit_key": "a"}, {"submit_key": "b"}) == [303, 303]
    assert counted(app, lambda session: session.scalar(select(func.count()).select_from(SubmissionVersion))) == 1


def test_accepting_twice_at_once_accepts_once(database: Database, clock: FrozenClock) -> None:
    clock.set(SENDING_DAY)
    app, _url, _officer, reviewer = arrange(database, lambda world: world.sent())
    submission_id = counted(app, lambda session: session.scalars(select(Submission.id)).one())
    path = f"/reviews/{submission_id}/accept"
    assert at_once(app, reviewer, path, *[{"version": "1"}] * 3) == [303] * 3
    row = counted(app, lambda session: session.execute(
        select(Submission.status, Submission.accepted_version)).one())
    assert row == (Status.ACCEPTED, 1)


def test_applying_a_file_of_accounts_twice_at_once_makes_each_account_once(
    database: Database, clock: FrozenClock
) -> None:
    clock.set(SENDING_DAY)
    forms: list[dict[str, str]] = []
    admins: list[Account] = []

    def keep(world: PlanWorld) -> None:
        viewer = world.viewer("admin")
        data = f"{HEADS}\n" + "".join(
            f"moi.{number};Cán bộ số {number} (minh họa);officer;{world.units['school'].code};;\n"
            for number in range(3))
        keep_upload(world.session, viewer, "tai-khoan.csv", data.encode(), "t" * 32, portal_clock.now())
        found = preview_accounts(world.session, data.encode(), on=SENDING_DAY, viewer=viewer)
        forms.append({"token": "t" * 32, "seen": found.digest, "act": "apply"})
        admins.append(world.people["admin"])

    app, _url, _officer, _reviewer = arrange(database, keep)
    assert at_once(app, admins[0], "/accounts/load/apply", *forms * 3) == [303] * 3
    made = counted(app, lambda session: session.scalar(
        select(func.count()).select_from(Account).where(Account.username.startswith("moi."))))
    assert made == 3
