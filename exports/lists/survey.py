"""Survey rounds, the units of a round, and questionnaires as lists. Sheets by channel are always apart."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Protocol, TypeVar

from exports.list_book import Columns, ListColumn
from models.survey import SurveyChannel
from queries.questionnaire import VersionLine
from queries.survey.place import PlaceLine
from queries.survey.round import RoundLine
from queries.survey.suspect import SUSPICION_LABELS, SuspectLine


class _Counted(Protocol):
    """Something that has sheets."""

    @property
    def sheets(self) -> Mapping[SurveyChannel, int]:
        """How many, by channel."""


Line = TypeVar("Line", bound=_Counted)


def _channels(_kind: type[Line]) -> Iterator[ListColumn[Line]]:
    """The sheets of each channel."""
    for channel in SurveyChannel:
        words = f"Phiếu qua {channel.label[:1].lower()}{channel.label[1:]}"
        yield ListColumn(words, partial(_count, channel), 12)


def _count(channel: SurveyChannel, line: _Counted) -> int:
    """The sheets of one channel."""
    return line.sheets.get(channel, 0)


def rounds(on: date) -> Columns[RoundLine]:
    """The columns of rounds; their state is that of a day."""
    return (
        ListColumn("Đợt khảo sát", lambda line: line.title, 52),
        ListColumn("Mã", lambda line: line.code, 18),
        ListColumn("Người trả lời", lambda line: line.audience.label, 24),
        ListColumn("Đơn vị chủ trì", lambda line: line.host, 40),
        ListColumn("Tình trạng", lambda line: line.state(on).label, 16),
        ListColumn("Thời gian", lambda line: line.opens_on, 12),
        ListColumn("Ngày cuối", lambda line: line.closes_on, 12),
        ListColumn("Đơn vị đã có phiếu", lambda line: line.answered_count, 12),
        ListColumn("Đơn vị tham gia", lambda line: line.place_count, 12),
        ListColumn("Số phiếu", lambda line: line.sheet_count, 12),
        *_channels(RoundLine),
    )


PLACES: Columns[PlaceLine] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 48),
    ListColumn("Mã", lambda line: line.unit_code, 16),
    ListColumn("Loại", lambda line: line.unit_kind.label, 28),
    ListColumn("Số phiếu", lambda line: line.sheet_count, 10),
    ListColumn("Cần có", lambda line: line.wanted, 10),
    ListColumn("Số người (N)", lambda line: line.population, 12),
    *_channels(PlaceLine),
    ListColumn("Rút khỏi đợt lúc", lambda line: line.withdrawn_at, 18),
)
QUESTIONNAIRES: Columns[VersionLine] = (
    ListColumn("Mã phiếu", lambda line: line.code, 20),
    ListColumn("Tên phiếu", lambda line: line.title, 60),
    ListColumn("Bản", lambda line: line.version, 8),
    ListColumn("Trạng thái", lambda line: line.status.label, 16),
    ListColumn("Ban hành", lambda line: line.published_at, 18),
    ListColumn("Đợt khảo sát", lambda line: line.round_count, 12),
)

SUSPECTS: Columns[SuspectLine] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 44),
    ListColumn("Cách thu phiếu", lambda line: line.channel.label, 24),
    ListColumn("Ngày trả lời", lambda line: line.answered_on, 14),
    ListColumn("Dấu hiệu", lambda line: ", ".join(
        SUSPICION_LABELS[part] for part in line.suspicion if part in SUSPICION_LABELS), 50),
    ListColumn("Lý do không tính", lambda line: line.excluded_reason, 50),
)
"""Odd sheets of a round, without what they answer."""
