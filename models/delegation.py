"""Who may look after whose account: an administrator everybody's, a district office those of its schools.

The reach of ``ACCOUNT_MANAGE`` says which units; this says which roles in them. Nobody gives a role above their own:
a district officer neither makes nor touches the head of the own office, who signs what the officer writes.
"""

from models.account import Role
from models.permission import Viewer

SCHOOL_ROLES = (Role.OFFICER, Role.HEAD)
"""What a district office gives in the units below it."""
OWN_ROLES = (Role.DISTRICT,)
"""What it gives in the own office."""


def gives_all(viewer: Viewer) -> bool:
    """Whether the viewer gives every role in every unit of the reach."""
    return viewer.role is Role.ADMINISTRATOR


def may_give(viewer: Viewer, role: Role, unit_id: int) -> bool:
    """Whether the viewer may make or change an account of this role in this unit, if the unit is in the reach.

    Its SQL twin is ``queries.account.given_by``.
    """
    if gives_all(viewer):
        return True
    if viewer.role is not Role.DISTRICT:
        return False
    return role in (OWN_ROLES if unit_id == viewer.acts_for_id else SCHOOL_ROLES)


def given_roles(viewer: Viewer) -> tuple[Role, ...]:
    """The roles that the viewer may give somewhere, in the order of the roles."""
    if gives_all(viewer):
        return tuple(Role)
    return tuple(role for role in Role if viewer.role is Role.DISTRICT and role in (*OWN_ROLES, *SCHOOL_ROLES))


__all__ = ["OWN_ROLES", "SCHOOL_ROLES", "given_roles", "gives_all", "may_give"]
