"""What a reviewer compares a plan with: the Department's themes and channels, and how the items cover them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.programme import Channel, Theme
from queries.programme import rows_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """One theme or channel of the programme, and how many items of the plan serve it."""

    label: str
    count: int


@dataclass(frozen=True)
class PlanGround:
    """How a plan covers the programme."""

    themes: list[Coverage]
    channels: list[Coverage]


def read_ground(session: Session, programme_id: int, content: Mapping[str, Any]) -> PlanGround:
    """Count the items of a frozen plan by theme and channel. Two queries."""
    items = content.get("items", [])
    return PlanGround(
        themes=[
            Coverage(theme.label, sum(theme.code in item.get("theme_codes", []) for item in items))
            for theme in rows_of(session, Theme, programme_id)],
        channels=[
            Coverage(channel.label, sum(item.get("channel_label") == channel.label for item in items))
            for channel in rows_of(session, Channel, programme_id)])
