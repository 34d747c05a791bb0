"""Forms about decisions that reorganise units: the decision, one step, a file of steps, the scanned decision."""

from typing import Any

from wtforms import BooleanField, FileField, SelectField

from core.translation import lazy
from forms.base import Form
from forms.fields import DayField, StringField, choice
from forms.validators import AtMost, Optional, Required
from models.reorganisation import ISSUER_MAX_LENGTH, NUMBER_MAX_LENGTH, TITLE_MAX_LENGTH, StepKind
from models.unit import NAME_MAX_LENGTH, PLACE_MAX_LENGTH, UnitKind

_TOPS = (UnitKind.PROVINCE, UnitKind.PARTNER, UnitKind.DEPARTMENT)


def _shown(*kinds: StepKind) -> dict[str, Any]:
    """When a question of a step is shown, for the page's scripts."""
    return {"data-shown-when": "kind=" + "|".join(kind.value for kind in kinds)}


class DecisionForm(Form):
    """Number, day, body, day of effect and subject of a decision."""

    number = StringField(
        lazy("Số, ký hiệu"), [Required(lazy("Nhập số, ký hiệu, ví dụ 1679/NQ-UBTVQH15")), AtMost(NUMBER_MAX_LENGTH)])
    decided_on = DayField(lazy("Ngày ký"), [Required(lazy("Nhập ngày ký, ví dụ 16/06/2025"))],
                          description=lazy("Ví dụ 16/06/2025"))
    issuer = StringField(lazy("Cơ quan ban hành"), [Optional(), AtMost(ISSUER_MAX_LENGTH)])
    effective_on = DayField(
        lazy("Có hiệu lực từ ngày"), [Required(lazy("Nhập ngày có hiệu lực, ví dụ 01/07/2025"))],
        description=lazy("Ngày đầu tiên theo tổ chức mới; báo cáo trước ngày đó giữ tên và đơn vị cấp trên cũ"))
    title = StringField(lazy("Trích yếu"), [Required(lazy("Nhập trích yếu")), AtMost(TITLE_MAX_LENGTH)])


class StepForm(Form):
    """One step. Units are named by code or by full name."""

    kind = SelectField(
        lazy("Việc"), [Required(lazy("Chọn một việc"))],
        choices=[choice("", lazy("Chọn việc")), *(choice(kind.value, lazy(kind.label)) for kind in StepKind)])
    unit_code = StringField(
        lazy("Đơn vị"), [Required(lazy("Nhập mã hoặc tên đơn vị")), AtMost(NAME_MAX_LENGTH)],
        description=lazy("Mã hoặc tên đầy đủ; với việc thành lập là mã của đơn vị mới"),
        render_kw={"list": "unit-names", "autocomplete": "off"})
    target_code = StringField(
        lazy("Đơn vị tiếp nhận"), [Optional(), AtMost(NAME_MAX_LENGTH)],
        description=lazy("Mã hoặc tên; mỗi đơn vị tiếp nhận là một việc. Đơn vị bị tách mà vẫn hoạt động thì thêm một "
                         "việc ghi chính nó"),
        render_kw={"list": "unit-names", "autocomplete": "off", **_shown(StepKind.MERGE, StepKind.SPLIT)})
    name = StringField(lazy("Tên mới"), [Optional(), AtMost(NAME_MAX_LENGTH)],
                       render_kw=_shown(StepKind.FOUND, StepKind.RENAME, StepKind.REOPEN))
    unit_kind = SelectField(
        lazy("Loại đơn vị"), [Optional()],
        choices=[choice("", lazy("Không đổi")),
                 *(choice(kind.value, lazy(kind.label)) for kind in UnitKind if kind not in _TOPS)],
        render_kw=_shown(StepKind.FOUND, StepKind.CHANGE))
    parent_code = StringField(
        lazy("Đơn vị cấp trên"), [Optional(), AtMost(NAME_MAX_LENGTH)], description=lazy("Mã hoặc tên đầy đủ"),
        render_kw={"list": "unit-names", "autocomplete": "off",
                   **_shown(StepKind.FOUND, StepKind.MOVE, StepKind.REOPEN)})
    district = StringField(lazy("Địa bàn"), [Optional(), AtMost(PLACE_MAX_LENGTH)], render_kw=_shown(StepKind.FOUND))
    head = StringField(lazy("Thủ trưởng"), [Optional(), AtMost(NAME_MAX_LENGTH)],
                       render_kw=_shown(StepKind.FOUND, StepKind.CHANGE))
    head_position = StringField(lazy("Chức vụ"), [Optional(), AtMost(NAME_MAX_LENGTH)],
                                render_kw=_shown(StepKind.FOUND, StepKind.CHANGE))
    takes_duties = BooleanField(
        lazy("Đơn vị tiếp nhận nhận các báo cáo, kế hoạch đang mở"), render_kw=_shown(StepKind.SPLIT))
    takes_accounts = BooleanField(
        lazy("Tài khoản của đơn vị cũ chuyển về đơn vị tiếp nhận này"), render_kw=_shown(StepKind.SPLIT))


class StepsFileForm(Form):
    """A file of steps."""

    steps = FileField(
        lazy("Tệp các việc"), description=lazy("CSV hoặc XLSX theo mẫu, tối đa 5 MB; thay toàn bộ các việc đang có"),
        render_kw={"accept": ".csv,.xlsx,text/csv"})


class DecisionFileForm(Form):
    """The scanned decision."""

    file = FileField(lazy("Tệp quyết định"), description=lazy("PDF, ảnh, DOCX hoặc XLSX, tối đa 20 MB"),
                     render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"})
