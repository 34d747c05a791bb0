"""Who may look after whose account."""

import pytest

from models.account import Role
from models.delegation import given_roles, may_give
from models.permission import Viewer

OWN, SCHOOL = 7, 8


def viewer(role: Role) -> Viewer:
    """Somebody who acts for the own office."""
    return Viewer(1, "Người quản lý (minh họa)", role, OWN, OWN)


def test_an_administrator_gives_every_role_everywhere() -> None:
    assert all(may_give(viewer(Role.ADMINISTRATOR), role, unit) for role in Role for unit in (OWN, SCHOOL))
    assert given_roles(viewer(Role.ADMINISTRATOR)) == tuple(Role)


def test_a_district_office_gives_officers_and_heads_to_schools_and_officers_to_itself() -> None:
    district = viewer(Role.DISTRICT)
    assert {role for role in Role if may_give(district, role, SCHOOL)} == {Role.OFFICER, Role.HEAD}
    assert {role for role in Role if may_give(district, role, OWN)} == {Role.DISTRICT}
    assert set(given_roles(district)) == {Role.DISTRICT, Role.OFFICER, Role.HEAD}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.DISTRICT)])
def test_nobody_else_gives_any(role: Role) -> None:
    assert not any(may_give(viewer(role), given, unit) for given in Role for unit in (OWN, SCHOOL))
    assert given_roles(viewer(role)) == ()
