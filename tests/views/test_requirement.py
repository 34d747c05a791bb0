"""What the Office decides of one unit: longer, excused, asked again; the unit reads why and until when."""

from datetime import date, time

import pytest

from core.clock import clock as portal_clock
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.pages import text_of
from tests.support.plan import PlanWorld


def be(client: PageClient, world: PlanWorld, who: str) -> PageClient:
    """Be one of the little province's people."""
    client.sign_out()
    client.sign_in(world.people[who])
    return client


def path(world: PlanWorld, deed: str) -> str:
    """Where the Office decides of school A's plan, due on 10 March."""
    return f"/requirements/obligations/{world.obligation().id}/{deed}"


def test_a_unit_reads_until_when_it_has_time_and_why(client: PageClient, plan_world: PlanWorld) -> None:
    be(client, plan_world, "office").submit(path(plan_world, "extend"), -1, until="20/03/2023", reason="Mưa lũ")
    be(client, plan_world, "officer")
    words = text_of(client.page(plan_world.url()).root)
    assert "đã gia hạn" in words and "Lý do gia hạn: Mưa lũ" in words and "20/03/2023" in words


def test_what_the_office_typed_stays_until_it_decides(client: PageClient, plan_world: PlanWorld) -> None:
    be(client, plan_world, "office")
    client.submit(path(plan_world, "extend"), -1, keep="1", until="01/03/2023", reason="Mưa lũ")
    client.submit(path(plan_world, "extend"), -1, 422)
    assert "Ngày gia hạn phải sau hạn hiện tại 10/03/2023" in text_of(client.opened_page.root)
    assert client.fields(path(plan_world, "extend"), -1)["reason"] == "Mưa lũ"
    assert plan_world.obligation().extended_to is None


@pytest.mark.parametrize(("asked_on", "at", "needs_day"), [
    (date(2023, 3, 10), time(23, 59, 59), False), (date(2023, 3, 11), time(0, 0, 0), True)])
def test_who_is_asked_again_after_the_day_gets_another_one(
        client: PageClient, plan_world: PlanWorld, clock: FrozenClock, asked_on: date, at: time,
        needs_day: bool) -> None:
    clock.set(date(2023, 3, 1))
    be(client, plan_world, "office").submit(path(plan_world, "exempt"), -1, reason="Tạm dừng")
    be(client, plan_world, "officer")
    assert "Lý do: Tạm dừng" in text_of(client.page(plan_world.url()).root)
    clock.set(asked_on, at)
    be(client, plan_world, "office").submit(path(plan_world, "exempt"), -1, 422 if needs_day else 303,
                                            reason="Đã ổn định")
    assert plan_world.obligation().is_owed is not needs_day
    if needs_day:
        assert "Hạn cũ đã qua; nhập hạn nộp mới" in text_of(client.opened_page.root)
        client.submit(path(plan_world, "exempt"), -1, until="31/03/2023")
    obligation = plan_world.obligation()
    assert obligation.is_owed and obligation.deadline_at > portal_clock.now()
    assert obligation.due_on == (date(2023, 3, 31) if needs_day else date(2023, 3, 10))
