"""What is wrong with the steps of a decision, each fault with its row and column; nothing is written here."""

from collections import defaultdict
from collections.abc import Sequence

from core.dates import format_day
from core.table_file import Fault
from core.translation import _
from models.reorganisation import StepKind
from models.unit import UnitKind
from services.reorganisation.ground import Ground, Place
from services.reorganisation.outcome import ENDING, Ending, Outcome
from services.reorganisation.step import FIELD_COLUMNS, Step
from services.unit_file import find_cycles

_TOPS = (UnitKind.PROVINCE, UnitKind.PARTNER, UnitKind.DEPARTMENT)
_NEEDED = {
    StepKind.FOUND: ("name", "unit_kind", "parent_code"), StepKind.RENAME: ("name",),
    StepKind.MOVE: ("parent_code",), StepKind.REOPEN: ("parent_code",), StepKind.MERGE: ("target_code",),
    StepKind.SPLIT: ("target_code",),
}
MOST_NAMED = 5
"""Units named in one message; more are counted."""


class Check:
    """One check of all steps against the ground."""

    def __init__(self, ground: Ground, steps: Sequence[Step]) -> None:
        """Work out what the steps come to."""
        self.ground, self.steps = ground, steps
        self.outcome = Outcome(ground, steps)
        self.faults: list[Fault] = []

    def fault(self, row: int, field: str, message: str) -> None:
        """Note a fault at a step's field."""
        self.faults.append(Fault(row, FIELD_COLUMNS.get(field, field), message))

    def run(self, *, is_whole: bool) -> list[Fault]:
        """All faults, by row; while more steps may follow, without those that a later step mends."""
        if not self.steps:
            return [Fault(0, "", _("Quyết định chưa có việc nào. Thêm từng việc hoặc tải tệp lên."))]
        for step in self.steps:
            self._check_needed(step)
            place = self._check_unit(step)
            if place is not None and step.kind in ENDING:
                self._check_ending(step, place)
            self._check_target(step)
            self._check_parent(step)
        self._check_contradictions()
        self._check_accounts()
        self._check_cycles()
        if is_whole:
            self._check_successors()
            self._check_children()
        return sorted(set(self.faults))

    def _check_needed(self, step: Step) -> None:
        """Every step says what it needs."""
        says = {
            "name": _("Nhập tên."), "unit_kind": _("Nhập loại đơn vị."),
            "parent_code": _("Nhập mã đơn vị cấp trên."),
            "target_code": _("Nhập mã đơn vị tiếp nhận."),
        }
        for name in _NEEDED.get(step.kind, ()):
            if not getattr(step, name):
                self.fault(step.row, name, says[name])
        if step.kind is StepKind.CHANGE and not (step.head or step.head_position or step.unit_kind):
            self.fault(step.row, "head", _("Ghi thủ trưởng, chức vụ hoặc loại đơn vị mới."))

    def _check_unit(self, step: Step) -> Place | None:
        """The unit that a step is about can take it; returns it where it does."""
        place = self.ground.find(step.unit_code)
        if step.kind is StepKind.FOUND:
            self._check_founded(step, place)
            return None
        if place is None:
            is_new = bool(self.outcome.code_of(step.unit_code))
            self.fault(step.row, "unit_code", _(
                "Đơn vị này thành lập trong cùng quyết định; ghi luôn ở dòng thành lập.") if is_new else _(
                "Không có đơn vị nào mang mã “%(code)s”.", code=step.unit_code))
            return None
        message = self._why_not(step, place)
        if message:
            self.fault(step.row, "unit_code", message)
        return None if message else place

    def _why_not(self, step: Step, place: Place) -> str:
        """Why a known unit cannot take a step, "" when it can."""
        day = self.ground.day
        if place.valid_from >= day:
            return _("Đơn vị này thành lập ngày %(founded)s, không trước ngày hiệu lực %(day)s.",
                     founded=format_day(place.valid_from), day=format_day(day))
        is_closed = place.valid_to is not None and place.valid_to <= day
        if step.kind is StepKind.REOPEN and not is_closed:
            return _("Đơn vị này đang hoạt động.")
        if step.kind is not StepKind.REOPEN and is_closed:
            assert place.valid_to is not None
            return _("Đơn vị này đã thôi hoạt động từ ngày %(day)s.", day=format_day(place.valid_to))
        later = self.ground.later.get(place.id)
        if later is not None or (place.valid_to is not None and place.valid_to > day):
            return _("Đơn vị này đã có thay đổi từ ngày %(day)s, sau ngày hiệu lực của quyết định.",
                     day=format_day(later or place.valid_to or day))
        if place.kind in _TOPS and step.kind not in (StepKind.RENAME, StepKind.CHANGE):
            return _("Đơn vị này không thuộc diện sắp xếp tại cổng.")
        if step.kind is StepKind.CHANGE and step.unit_kind is not None and not _is_alike(place.kind, step.unit_kind):
            return _("Không đổi được “%(old)s” thành “%(new)s”: hãy thành lập đơn vị mới rồi sáp nhập vào đó.",
                     old=_(place.kind.label), new=_(step.unit_kind.label))
        return ""

    def _check_founded(self, step: Step, place: Place | None) -> None:
        """A founded unit is new and fits below the Department."""
        if place is not None:
            self.fault(step.row, "unit_code", _(
                "Cổng đã có đơn vị mang mã này: %(name)s. Chọn mã khác, hoặc dùng việc “Hoạt động trở lại”.",
                name=place.name))
        if step.unit_kind in _TOPS:
            self.fault(step.row, "unit_kind", _("Loại đơn vị này không thành lập được ở đây."))

    def _check_ending(self, step: Step, place: Place) -> None:
        """A merger leads elsewhere."""
        target = self.ground.find(step.target_code) if step.target_code else None
        if step.kind is StepKind.MERGE and target is not None and target.id == place.id:
            self.fault(step.row, "target_code", _("Không sáp nhập một đơn vị vào chính nó."))
        if step.kind is StepKind.CLOSE and step.target_code:
            self.fault(step.row, "target_code", _(
                "Giải thể không có đơn vị tiếp nhận; dùng “Sáp nhập” hoặc “Chia tách, chuyển giao”."))

    def _check_target(self, step: Step) -> None:
        """The unit that takes over is known and at work after the decision."""
        if not step.target_code or step.kind not in (StepKind.MERGE, StepKind.SPLIT):
            return
        if step.target_code.casefold() == step.unit_code.casefold():
            return
        self._check_open(step, "target_code", step.target_code)

    def _check_parent(self, step: Step) -> None:
        """The unit to report to is known, at work after the decision, and one to which others report."""
        if not step.parent_code or step.kind not in (StepKind.FOUND, StepKind.MOVE, StepKind.REOPEN):
            return
        if step.parent_code.casefold() == step.unit_code.casefold():
            self.fault(step.row, "parent_code", _("Một đơn vị không trực thuộc chính nó."))
            return
        if self._check_open(step, "parent_code", step.parent_code):
            kind = self.outcome.kind_of(self.outcome.code_of(step.parent_code))
            if kind is not None and not (kind.is_intermediate or kind in (UnitKind.DEPARTMENT, UnitKind.PROVINCE)):
                self.fault(step.row, "parent_code", _(
                    "“%(name)s” không phải đơn vị cấp trên của đơn vị nào.",
                    name=self.outcome.name_of(self.outcome.code_of(step.parent_code))))

    def _check_open(self, step: Step, field: str, typed: str) -> bool:
        """Whether a unit that a step leads to is there after the decision."""
        code = self.outcome.code_of(typed)
        if not code:
            self.fault(step.row, field, _("Không có đơn vị nào mang mã “%(code)s”, trong cổng cũng như trong "
                                          "quyết định này.", code=typed))
        elif self.outcome.is_gone(code):
            self.fault(step.row, field, _("Đơn vị này thôi hoạt động trong cùng quyết định (dòng %(row)s).",
                                          row=self.outcome.endings[code].row))
        elif not self.outcome.is_open(code):
            self.fault(step.row, field, _("Đơn vị này không hoạt động vào ngày %(day)s.",
                                          day=format_day(self.ground.day)))
        return code != "" and self.outcome.is_open(code)

    def _check_contradictions(self) -> None:
        """No two steps say different things of one unit."""
        by_unit: defaultdict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            by_unit[step.unit_code.casefold()].append(step)
        for steps in by_unit.values():
            seen: dict[tuple[StepKind, str], int] = {}
            for step in steps:
                key = (step.kind, step.target_code.casefold() if step.kind is StepKind.SPLIT else "")
                if key in seen:
                    self.fault(step.row, "step", _(
                        "Đơn vị này đã có việc “%(step)s” ở dòng %(row)s.", step=_(step.kind.label), row=seen[key]))
                seen.setdefault(key, step.row)
            self._check_together(steps)

    def _check_together(self, steps: Sequence[Step]) -> None:
        """A unit that ends has no other step; one that remains after a split may be renamed or moved."""
        endings = [step for step in steps if step.kind in ENDING]
        remains = any(step.target_code.casefold() == step.unit_code.casefold() for step in endings)
        for step in steps:
            other = next((one for one in endings if one.kind is not step.kind), None)
            if other is not None and (step.kind in ENDING or not remains):
                self.fault(step.row, "step", _(
                    "Trái với dòng %(row)s: đơn vị này đã có việc “%(step)s”.", row=other.row,
                    step=_(other.kind.label)))

    def _check_accounts(self) -> None:
        """The people of a unit that is split go to one place at most."""
        accounts: defaultdict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            if step.kind is StepKind.SPLIT and step.takes_accounts:
                accounts[step.unit_code.casefold()].append(step)
        for steps in accounts.values():
            for step in steps[1:]:
                self.fault(step.row, "takes_accounts", _(
                    "Tài khoản chỉ chuyển về một đơn vị; dòng %(row)s đã đánh dấu.", row=steps[0].row))

    def _check_successors(self) -> None:
        """A split leads to somebody else."""
        for ending in self.outcome.endings.values():
            if ending.kind is StepKind.SPLIT and not ending.successors:
                self.fault(ending.row, "target_code", _("Chia tách phải có ít nhất một đơn vị tiếp nhận khác."))

    def _check_children(self) -> None:
        """Nobody is left reporting to a unit that is gone."""
        for ending in self.outcome.endings.values():
            if ending.remains:
                continue
            left = [child.name for child in self.ground.children[ending.place.id]
                    if not self.outcome.is_gone(child.code)
                    and self.outcome.parents.get(child.code) == ending.place.code]
            if left:
                self._left(ending, left)

    def _left(self, ending: Ending, left: list[str]) -> None:
        """Say who is left."""
        named = ", ".join(left[:MOST_NAMED]) + ("…" if len(left) > MOST_NAMED else "")
        self.fault(ending.row, "unit_code", _(
            "Còn %(count)s đơn vị trực thuộc chưa chuyển đi: %(names)s.", count=len(left), names=named))

    def _check_cycles(self) -> None:
        """Nobody reports to itself, however long the way round."""
        changed = {step.unit_code.casefold(): step for step in self.steps if step.parent_code}
        starts = [self.outcome.code_of(step.unit_code) for step in changed.values()]
        for cycle in find_cycles(self.outcome.parents, [code for code in starts if code]):
            step = next((changed[code.casefold()] for code in cycle if code.casefold() in changed), None)
            if step is not None and len(cycle) > 1:
                self.fault(step.row, "parent_code", _(
                    "Các đơn vị trực thuộc lẫn nhau thành vòng: %(way)s.", way=" → ".join((*cycle, cycle[0]))))


def _is_alike(old: UnitKind, new: UnitKind) -> bool:
    """Whether a unit of one kind can become the other in place: it keeps its rung in the chain of reports."""
    return (old.is_reporter, old.is_intermediate) == (new.is_reporter, new.is_intermediate) and new not in _TOPS


def check_steps(ground: Ground, steps: Sequence[Step], *, is_whole: bool = True) -> list[Fault]:
    """Everything wrong with the steps of a decision, by row; ``is_whole`` False: more steps are to come."""
    return Check(ground, steps).run(is_whole=is_whole)
