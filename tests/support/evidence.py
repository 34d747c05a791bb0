"""Small files of every kind that may be evidence, made on the spot."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

from core.media_type import DOCX, XLSX


def zip_bytes(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_bytes(more: Mapping[str, bytes] | None = None, content_types: str = f"{DOCX}.main+xml") -> bytes:
    """As much of a DOCX as tells its kind, with further parts."""
    return zip_bytes({"[Content_Types].xml": content_types.encode(), "word/document.xml": b"<w/>", **(more or {})})


def xlsx_bytes() -> bytes:
    """As much of an XLSX as tells its kind."""
    return zip_bytes({"[Content_Types].xml": f"{XLSX}.main+xml".encode(), "xl/workbook.xml": b"<x/>"})


def jpeg_bytes(colour: str = "#0b6a66") -> bytes:
    """A small JPEG of one colour."""
    return picture_bytes("JPEG", colour)


def png_bytes(colour: str = "#0b6a66") -> bytes:
    """A small PNG of one colour."""
    return picture_bytes("PNG", colour)


def picture_bytes(kind: str, colour: str, size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def pdf_bytes() -> bytes:
    """As much of a PDF as tells its kind."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
