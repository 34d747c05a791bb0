"""Certificates made for a test, and PDFs really signed with them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject

from core import signed_pdf

PASSWORD = b"minh-hoa"
Given = ParamSpec("Given")
Found = TypeVar("Found")


def apart(do: Callable[Given, Found], *args: Given.args, **options: Given.kwargs) -> Found:
    """Do something in a thread of its own: the library runs an event loop, and the browser's may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(do, *args, **options).result()


@dataclass(frozen=True)
class Signer:
    """Somebody who can sign, and the certificate that a reader may trust."""

    keys: bytes
    root: bytes

    def sign(self, content: bytes, field: str = "ChuKy", box: tuple[int, int, int, int] | None = None) -> bytes:
        """The PDF with one more signature, as an update at its end; seen in ``box`` (points) of the first page."""
        return apart(self._sign, content, field, box)

    def _sign(self, content: bytes, field: str, box: tuple[int, int, int, int] | None) -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
        signer = signers.SimpleSigner.load_pkcs12_data(self.keys, other_certs=[], passphrase=PASSWORD)
        assert signer is not None
        meta = signers.PdfSignatureMetadata(field_name=field)
        out = signers.sign_pdf(writer, meta, signer=signer, new_field_spec=fields.SigFieldSpec(field, box=box))
        return bytes(out.getvalue())

    def trust(self, folder: Path) -> None:
        """Lay the certificate among those that are trusted."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "goc.pem").write_bytes(self.root)


def make_signer(name: str = "Người ký (minh họa)", organisation: str = "Sở Giáo dục và Đào tạo (minh họa)") -> Signer:
    """A fresh key with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name),
                         x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=4000))
        .not_valid_after(now + timedelta(days=4000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True).sign(key, hashes.SHA256()))
    keys = serialization.pkcs12.serialize_key_and_certificates(
        b"minh-hoa", key, certificate, None, serialization.BestAvailableEncryption(PASSWORD))
    return Signer(keys, certificate.public_bytes(serialization.Encoding.PEM))


def with_a_note(content: bytes) -> bytes:
    """The PDF with a note over its first page, as another program saves it."""
    writer, buffer = pypdf.PdfWriter(clone_from=BytesIO(content)), BytesIO()
    writer.add_annotation(0, FreeText(text="99", rect=(200, 500, 260, 520)))
    writer.write(buffer)
    return buffer.getvalue()


def drawn_anew(content: bytes) -> bytes:
    """The PDF with every page drawn from the start in another way, its text the same: as another program prints it."""
    writer, buffer = pypdf.PdfWriter(clone_from=BytesIO(content)), BytesIO()
    for page in writer.pages:
        before, drawing = page.get_contents(), DecodedStreamObject()
        assert before is not None
        drawing.set_data(b"0 0 0 RG 1 0 0 1 0 0 cm\n" + before.get_data())
        page[NameObject("/Contents")] = writer._add_object(drawing)
    writer.write(buffer)
    return buffer.getvalue()


def words_by_page(content: bytes) -> list[str]:
    """The words of each page of a PDF, one blank between them."""
    return [" ".join(words) for words in signed_pdf.words_of(pypdf.PdfReader(BytesIO(content)))]


def read_here(monkeypatch: pytest.MonkeyPatch, folder: Path, *places: str) -> None:
    """Let modules read PDFs in this process, which is quicker; tests/core tries the process of its own."""
    def read(content: bytes, issued: bytes | None = None, roots: Path | None = None) -> dict[str, Any]:
        (folder / "file").write_bytes(content)
        (folder / "issued").write_bytes(issued or b"")
        try:
            return apart(signed_pdf.read, folder / "file", folder / "issued" if issued else None, roots)
        except Exception:  # as the process of its own does
            return {"ok": False, "reason": "damaged"}

    for place in places:
        monkeypatch.setattr(f"{place}.read_pdf", read)


__all__ = ["Signer", "drawn_anew", "make_signer", "read_here", "with_a_note", "words_by_page"]
