"""Bundles of paper sheets as a list; satisfaction only where it may be shown (models/disclosure.py)."""

from exports.list_book import Columns, ListColumn
from exports.workbook import SHARE
from models.satisfaction import TOO_FEW, satisfied_share
from queries.tally import TallyLine

TALLIES: Columns[TallyLine] = (
    ListColumn("Thời gian thu phiếu", lambda line: line.collected_from, 14),
    ListColumn("Đến ngày", lambda line: line.collected_to, 14),
    ListColumn("Đơn vị", lambda line: line.unit_name, 48),
    ListColumn("Số phiếu", lambda line: line.sheet_count, 10),
    ListColumn("Hài lòng chung", lambda line: satisfied_share(line.headline) if line.headline.is_shown else None, 12,
               SHARE),
    ListColumn("Số hài lòng", lambda line: line.headline.satisfied if line.headline.is_shown else None, 12),
    ListColumn("Số trả lời", lambda line: line.headline.n if line.headline.is_shown else None, 12),
    ListColumn("Ghi chú", lambda line: "" if line.headline.is_shown else TOO_FEW, 24),
)
