"""Forms about units: who heads one, and how its documents are marked."""

from wtforms import FileField

from core.translation import lazy
from forms.base import Form
from forms.fields import DayField, StringField
from forms.validators import AtMost, Optional, Required
from models.unit import NAME_MAX_LENGTH, PLACE_MAX_LENGTH, SYMBOL_MAX_LENGTH


class UnitForm(Form):
    """The head from a day on; symbol and place at once."""

    head_name = StringField(lazy("Họ và tên thủ trưởng"), [Optional(), AtMost(NAME_MAX_LENGTH)],
                            description=lazy("In dưới chỗ ký; để trống khi chưa rõ"), render_kw={"autocomplete": "off"})
    head_position = StringField(
        lazy("Chức vụ"), [Required(lazy("Nhập chức vụ, ví dụ Hiệu trưởng")), AtMost(NAME_MAX_LENGTH)])
    from_day = DayField(
        lazy("Từ ngày"), [Required(lazy("Nhập ngày bắt đầu, ví dụ 01/09/2023"))],
        description=lazy("Ngày thủ trưởng này bắt đầu; văn bản trước ngày đó giữ tên cũ"))
    symbol = StringField(
        lazy("Ký hiệu trong số văn bản"), [Required(lazy("Nhập ký hiệu, ví dụ THPT")), AtMost(SYMBOL_MAX_LENGTH)],
        description=lazy("Phần sau loại văn bản, ví dụ SGDĐT trong 05/BC-SGDĐT"))
    place = StringField(
        lazy("Địa danh"), [Required(lazy("Nhập địa danh, ví dụ Quảng Ninh")), AtMost(PLACE_MAX_LENGTH)],
        description=lazy("Đứng trước ngày tháng của văn bản, ví dụ Quảng Ninh"))


class UnitFileForm(Form):
    """A file of units, and the day from which new units and heads hold."""

    file = FileField(lazy("Tệp Excel hoặc CSV"), description=lazy("Tệp mẫu đã điền, .xlsx hoặc .csv, tối đa 1 MB"),
                     render_kw={"accept": ".xlsx,.csv,text/csv"})
    from_day = DayField(
        lazy("Từ ngày"), [Required(lazy("Nhập ngày bắt đầu, ví dụ 01/09/2023"))],
        description=lazy("Ngày đơn vị mới bắt đầu hoạt động và thủ trưởng mới nhận việc"))
