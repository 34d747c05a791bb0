"""Commendations (nêu gương): good models, persons, initiatives that units propose, and the one table of what is done.

A unit proposes, the Office accepts, asks to mend or refuses. What is accepted may be picked for the report and, as a
text of the Office's own, for the public page of good models; both can be taken back at any time with a reason.
Source: the plan of 2023, theme on good models and appendix row 2 ("nêu gương").
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.text import fold
from core.translation import N_
from models.activity import Activity
from models.attachment import Attachment
from models.base import Identified, Model, code_column, enum_column
from models.permission import Action
from models.programme import Theme

TITLE_MAX_LENGTH = 300
"""Signs of a title, of a person's name and post."""
TEXT_MAX_LENGTH = 8000
"""Signs of the description and of the results."""
SHORT_MAX_LENGTH = 3000
"""Signs of the text for publication, of an opinion, of a reason."""

commendation_theme = Table(
    "commendation_theme", Model.metadata,
    Column("commendation_id", ForeignKey("commendation.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True, index=True),
)
commendation_activity = Table(
    "commendation_activity", Model.metadata,
    Column("commendation_id", ForeignKey("commendation.id"), primary_key=True),
    Column("activity_id", ForeignKey("activity.id"), primary_key=True, index=True),
)
commendation_attachment = Table(
    "commendation_attachment", Model.metadata,
    Column("commendation_id", ForeignKey("commendation.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)
commendation_photo = Table(
    "commendation_photo", Model.metadata,
    Column("commendation_id", ForeignKey("commendation.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)
"""Photos that the Office chose for the public page, out of the unit's evidence."""


class CommendationKind(StrEnum):
    """What is held up as an example."""

    MODEL = "model"
    INITIATIVE = "initiative"
    COLLECTIVE = "collective"
    PERSON = "person"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Mô hình hay'."""
        return {
            "model": N_("Mô hình hay"), "initiative": N_("Sáng kiến"), "collective": N_("Tập thể điển hình"),
            "person": N_("Cá nhân điển hình"),
        }[self.value]


class CommendationStatus(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Chờ Văn phòng xem xét'."""
        return {
            "proposed": N_("Chờ Văn phòng xem xét"), "returned": N_("Cần bổ sung"), "accepted": N_("Đã chấp nhận"),
            "refused": N_("Không chấp nhận"), "withdrawn": N_("Đơn vị đã rút"),
        }[self.value]

    @property
    def is_writable(self) -> bool:
        """Whether the unit may still change what it wrote."""
        return self in (CommendationStatus.PROPOSED, CommendationStatus.RETURNED, CommendationStatus.WITHDRAWN)


class Deed(StrEnum):
    """What is done with a proposal."""

    PROPOSE = "propose"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    ASK = "ask"
    ACCEPT = "accept"
    REFUSE = "refuse"
    GIVE_OPINION = "give_opinion"
    EDIT_TEXT = "edit_text"
    PICK = "pick"
    DROP = "drop"
    PUBLISH = "publish"
    TAKE_DOWN = "take_down"
    END_CONSENT = "end_consent"

    @property
    def label(self) -> str:
        """The Vietnamese words of its line in the history, as 'Chọn vào báo cáo'."""
        return _DEED_LABELS[self.value]


_DEED_LABELS = {
    "propose": N_("Đề xuất"), "change": N_("Sửa nội dung đề xuất"), "withdraw": N_("Rút đề xuất"),
    "ask": N_("Yêu cầu bổ sung"), "accept": N_("Chấp nhận"), "refuse": N_("Không chấp nhận"),
    "give_opinion": N_("Phòng Giáo dục và Đào tạo ghi ý kiến"), "edit_text": N_("Biên tập bài đăng"),
    "pick": N_("Chọn vào báo cáo"), "drop": N_("Thôi chọn vào báo cáo"), "publish": N_("Đăng lên trang công khai"),
    "take_down": N_("Gỡ khỏi trang công khai"), "end_consent": N_("Người được nêu gương thôi đồng ý nêu tên"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One deed: in which states, to which (None: it stays), by whom, whether with a reason, on which mark."""

    sources: frozenset[CommendationStatus]
    target: CommendationStatus | None
    actions: frozenset[Action]
    """Any of these rights over the unit is enough."""
    needs_reason: bool = False
    is_picked: bool | None = None
    """The deed fits only what is picked for the report, or only what is not; None: either."""
    is_public: bool | None = None
    """The same of the public page."""
    has_consent: bool | None = None
    """The same of a person who agreed to be named."""


_S = CommendationStatus
_UNIT, _OFFICE = frozenset({Action.COMMENDATION_WRITE}), frozenset({Action.COMMENDATION_MODERATE})
_OPEN = frozenset({_S.PROPOSED, _S.RETURNED})
_ACCEPTED = frozenset({_S.ACCEPTED})
RULES: dict[Deed, Rule] = {
    Deed.CHANGE: Rule(frozenset({_S.PROPOSED}), None, _UNIT),
    Deed.PROPOSE: Rule(frozenset({_S.RETURNED, _S.WITHDRAWN}), _S.PROPOSED, _UNIT),
    Deed.WITHDRAW: Rule(_OPEN, _S.WITHDRAWN, _UNIT, needs_reason=True),
    Deed.GIVE_OPINION: Rule(_OPEN, None, frozenset({Action.REPORT_REVIEW})),
    Deed.ASK: Rule(frozenset({_S.PROPOSED, _S.REFUSED}), _S.RETURNED, _OFFICE, needs_reason=True),
    Deed.ACCEPT: Rule(frozenset({_S.PROPOSED, _S.REFUSED}), _S.ACCEPTED, _OFFICE),
    Deed.REFUSE: Rule(frozenset({_S.PROPOSED, _S.RETURNED, _S.ACCEPTED}), _S.REFUSED, _OFFICE, needs_reason=True),
    Deed.EDIT_TEXT: Rule(_ACCEPTED, None, _OFFICE),
    Deed.PICK: Rule(_ACCEPTED, None, _OFFICE, is_picked=False),
    Deed.DROP: Rule(_ACCEPTED, None, _OFFICE, needs_reason=True, is_picked=True),
    Deed.PUBLISH: Rule(_ACCEPTED, None, _OFFICE, is_public=False),
    Deed.TAKE_DOWN: Rule(_ACCEPTED, None, _OFFICE | _UNIT, needs_reason=True, is_public=True),
    Deed.END_CONSENT: Rule(frozenset(_S), None, _OFFICE | _UNIT, needs_reason=True, has_consent=True),
}
"""The one table of deeds. Refusing what was accepted takes it out of the report and off the public page."""


class CommendationError(Exception):
    """The deed does not fit the proposal as it stands; the message is Vietnamese."""


def fits(deed: Deed, status: CommendationStatus, *, is_picked: bool, is_public: bool, has_consent: bool) -> bool:
    """Whether a deed can be done with a proposal as it stands, whoever asks."""
    rule = RULES[deed]
    return (status in rule.sources and rule.is_picked in (None, is_picked) and rule.is_public in (None, is_public)
            and rule.has_consent in (None, has_consent))


def possible_deeds(status: CommendationStatus, *, is_picked: bool, is_public: bool, has_consent: bool,
                   rights: frozenset[Action]) -> list[Deed]:
    """What somebody with these rights over its unit may do with a proposal, in the table's order."""
    return [deed for deed, rule in RULES.items()
            if fits(deed, status, is_picked=is_picked, is_public=is_public, has_consent=has_consent)
            and rule.actions & rights]


def names_person(person_name: str, *texts: str) -> bool:
    """Whether a text tells the person's name, with or without marks, in any case; an empty name is never told.

    Only whole words count, so "Cán bộ A" is not told by "cán bộ An"; a one-word name is told by any such word.
    """
    name = _words(person_name)
    return bool(name) and any(f" {name} " in f" {_words(text)} " for text in texts)


def _words(text: str) -> str:
    """The words of a text without marks and signs, one space between."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


class Commendation(Identified, Model):
    """One proposal of a unit with what became of it. Never deleted."""

    __tablename__ = "commendation"
    __table_args__ = (
        CheckConstraint("(kind = 'person') or (person_name = '' and person_post = '')", name="person"),
        CheckConstraint("status = 'accepted' or (picked_at is null and published_at is null)", name="accepted"),
        CheckConstraint("published_at is null or public_text <> ''", name="public_text"),
        Index("ix_commendation_programme_id_unit_id", "programme_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[CommendationKind] = enum_column(CommendationKind, "kind")
    title: Mapped[str]
    folded: Mapped[str] = mapped_column(default="")
    """The title without marks, for search."""
    person_name: Mapped[str] = mapped_column(default="")
    """Of a person; empty for anything else."""
    person_post: Mapped[str] = mapped_column(default="")
    has_consent: Mapped[bool] = mapped_column(default=False)
    """Whether the unit noted that the person agrees to be named."""
    consent_note: Mapped[str] = mapped_column(default="")
    """How the person agreed, as "giấy đồng ý ngày 10/05/2023"."""
    description: Mapped[str]
    results: Mapped[str]
    status: Mapped[CommendationStatus] = enum_column(
        CommendationStatus, "status", default=CommendationStatus.PROPOSED)
    reason: Mapped[str] = mapped_column(default="")
    """Why it was last returned, refused or withdrawn; empty otherwise."""
    proposed_at: Mapped[datetime]
    """When the unit last sent it."""
    decided_at: Mapped[datetime | None]
    """When the Office last accepted, asked or refused."""
    opinion: Mapped[str] = mapped_column(default="")
    """Of the district office above the unit."""
    opinion_by: Mapped[str] = mapped_column(default="")
    """Who wrote it, as they were called then."""
    public_title: Mapped[str] = mapped_column(default="")
    """The Office's own words for publication; the unit's stay as they are."""
    public_text: Mapped[str] = mapped_column(default="")
    public_folded: Mapped[str] = mapped_column(default="")
    """Both without marks, for search."""
    shows_name: Mapped[bool] = mapped_column(default=False)
    """Whether the Office wants the person named; counts only with consent."""
    picked_at: Mapped[datetime | None]
    """Since when it is picked for the report; None: it is not."""
    published_at: Mapped[datetime | None]
    """Since when it stands on the public page; None: it does not."""
    revision: Mapped[int] = mapped_column(default=1)
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form: the same form twice makes one proposal."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    themes: Mapped[list[Theme]] = relationship(
        secondary=commendation_theme, lazy="raise", order_by=Theme.position)
    activities: Mapped[list[Activity]] = relationship(
        secondary=commendation_activity, lazy="raise", order_by=(Activity.starts_on, Activity.id))
    attachments: Mapped[list[Attachment]] = relationship(
        secondary=commendation_attachment, lazy="raise", order_by=Attachment.id)
    photos: Mapped[list[Attachment]] = relationship(
        secondary=commendation_photo, lazy="raise", order_by=Attachment.id)


__all__ = ["RULES", "SHORT_MAX_LENGTH", "TEXT_MAX_LENGTH", "TITLE_MAX_LENGTH", "Commendation", "CommendationError",
           "CommendationKind", "CommendationStatus", "Deed", "Rule", "commendation_activity",
           "commendation_attachment", "commendation_photo", "commendation_theme", "fits", "names_person",
           "possible_deeds"]
