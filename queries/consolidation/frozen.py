"""A whole document as plain JSON and back: what was issued is printed again to the same bytes, whatever changes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from models.figure import EMPTY, NIL, Figure, FigureState
from queries.document import ConsolidatedDocument, SummaryDocument

Document = TypeVar("Document")


def dump_document(document: Any) -> dict[str, Any]:
    """The document as JSON values, of which the functions below make an equal one."""
    return cast(dict[str, Any], _dump(document))


def load_document(content: Mapping[str, Any]) -> ConsolidatedDocument:
    """The report that was dumped. Parts unknown to an older version take their defaults."""
    return cast(ConsolidatedDocument, _load(ConsolidatedDocument, content))


def load_summary(content: Mapping[str, Any]) -> SummaryDocument:
    """The leadership's summary that was dumped."""
    return cast(SummaryDocument, _load(SummaryDocument, content))


def load_as(kind: type[Document], content: Mapping[str, Any]) -> Document:
    """A document of another ``kind`` (a frozen dataclass) that was dumped."""
    return cast(Document, _load(kind, content))


def _dump(value: Any) -> Any:
    """One value as JSON; a figure is 0 (empty), 1 (nil) or [value, numerator, denominator]."""
    if isinstance(value, Figure):
        return _dump_figure(value)
    if is_dataclass(value):
        return {field.name: _dump(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    if isinstance(value, dict):
        return {key: _dump(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _dump_figure(figure: Figure) -> Any:
    """A figure as short JSON; counts that are not there at the end are left out."""
    if figure.value is None:
        return 1 if figure.is_nil else 0
    numbers = [figure.value, figure.numerator, figure.denominator]
    while numbers[-1] is None:
        numbers.pop()
    return [None if number is None else str(number) for number in numbers]


def _load_figure(content: Any) -> Figure:
    """A figure from its short JSON."""
    if not isinstance(content, list):
        return NIL if content else EMPTY
    numbers = [None if text is None else Decimal(text) for text in content]
    return Figure(FigureState.VALUE, *numbers)


def _load(kind: Any, content: Any) -> Any:
    """A value of ``kind`` from JSON, by the type hints of the document's dataclasses."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Figure:
        return _load_figure(content)
    if origin in (Union, UnionType):
        return None if content is None else _load(arguments[0], content)
    if origin is tuple:
        kinds = [arguments[0]] * len(content) if arguments[-1] is Ellipsis else arguments
        return tuple(_load(each, item) for each, item in zip(kinds, content, strict=True))
    if origin is dict:
        return {key: _load(arguments[1], item) for key, item in content.items()}
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return cast(Any, kind)(**{name: _load(hints[name], item) for name, item in content.items() if name in hints})
    if isinstance(kind, type) and issubclass(kind, date):
        return date.fromisoformat(content)
    return kind(content) if isinstance(kind, type) and not isinstance(content, kind) else content


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    """The type hints of a dataclass, looked up once."""
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]
