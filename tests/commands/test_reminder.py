"""flask reminder queue and send: what they say, and their exit codes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from core.mail_server import MailServer
from tests.support.clock import FrozenClock
from tests.support.plan import PlanWorld
from tests.support.post_office import SENDER, PostOffice, free_port


@pytest.fixture
def server_set(app: Flask, post_office: tuple[PostOffice, MailServer]) -> Iterator[PostOffice]:
    """The portal with a mail server."""
    office, server = post_office
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, mail_server=server)
    yield office
    app.config["SETTINGS"] = before


def test_reminders_are_queued_and_sent_once(
        app: Flask, plan_world: PlanWorld, clock: FrozenClock, server_set: PostOffice) -> None:
    clock.set(date(2023, 3, 8))
    plan_world.people["officer"].email = "officer@truong.example"
    plan_world.session.commit()
    run = app.test_cli_runner()
    said = [run.invoke(args=["reminder", verb]).output for verb in ("queue", "queue", "send", "send")]
    assert "Đã nhắc 4 lượt đơn vị trên cổng, xếp 1 thư" in said[0] and "Đã nhắc 0" in said[1]
    assert "Đã gửi 1 thư" in said[2] and "Đã gửi 0 thư" in said[3]
    assert len(server_set.letters) == 1


def test_without_a_server_sending_says_what_to_set(app: Flask, plan_world: PlanWorld) -> None:
    result = app.test_cli_runner().invoke(args=["reminder", "send"])
    assert result.exit_code == 1 and "PORTAL_SMTP_URL" in result.output


def test_a_server_that_is_away_is_named_and_the_command_fails(
        app: Flask, plan_world: PlanWorld, clock: FrozenClock, server_set: PostOffice) -> None:
    clock.set(date(2023, 3, 8))
    plan_world.people["officer"].email = "officer@truong.example"
    plan_world.session.commit()
    run = app.test_cli_runner()
    run.invoke(args=["reminder", "queue"])
    away = MailServer("127.0.0.1", free_port(), SENDER, timeout_seconds=2)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_server=away)
    result = run.invoke(args=["reminder", "send"])
    assert result.exit_code == 1 and "không nhận kết nối" in result.output
