"""What comes in with an address or a form, before anything reads it: numbers and texts that rows can hold."""

from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, ValidationError

from core.text import storable

LARGEST = 2**31 - 1
"""Rows are numbered up to here; a greater number names nothing."""


class Parameters(ImmutableMultiDict[str, str]):
    """The fields of an address or a form, without signs that no database takes."""

    def __init__(self, mapping: Any = None) -> None:
        """Take pairs, lists by name, or another one of these."""
        pairs = mapping if isinstance(mapping, list) else list(MultiDict(mapping or ()).items(multi=True))
        super().__init__([  # files come this way, too
            (storable(name), storable(value) if isinstance(value, str) else value) for name, value in pairs])

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]  # overloads
        """The first value; a number too large for any row is the largest, which names nothing."""
        found = super().get(key, default, type)
        return max(-LARGEST, min(found, LARGEST)) if isinstance(found, int) else found


class PortalRequest(Request):
    """A request whose address and fields can be stored and shown again."""

    parameter_storage_class = Parameters

    def __init__(self, environ: dict[str, Any], *more: Any, **named: Any) -> None:
        """Clean the path before it is matched with any address."""
        environ["PATH_INFO"] = storable(environ.get("PATH_INFO", ""))
        super().__init__(environ, *more, **named)


class RowNumber(IntegerConverter):
    """The number of a row in an address; one that is too large leads nowhere."""

    def to_python(self, value: str) -> Any:
        """Read the number."""
        number = super().to_python(value)
        if number > LARGEST:
            raise ValidationError
        return number


def install_incoming(app: Flask) -> None:
    """Let ``app`` read what comes in this way; before any address is registered."""
    app.request_class = PortalRequest
    app.url_map.converters["int"] = RowNumber
