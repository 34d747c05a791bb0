"""What the pages of reminders share."""

from typing import cast

from flask import abort, current_app

from core.extensions import db
from core.settings import Settings
from models.requirement import Requirement, RequirementStatus
from queries.requirement import find_requirement
from services.reminder import Mailing


def load(code: str) -> Requirement:
    """A requirement that was opened, or 404."""
    requirement = find_requirement(db.session, code)
    if requirement is None or requirement.status is RequirementStatus.DRAFT:
        abort(404)
    return requirement


def mailing() -> Mailing:
    """Whether reminders go by mail here, and what stands in the letters."""
    settings = cast(Settings, current_app.config["SETTINGS"])
    return Mailing(settings.mail_server is not None, settings.public_url)
