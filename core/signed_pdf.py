"""Reads a stranger's PDF: who signed it, whether it is intact, and whether it says and shows what another PDF does.

Only ever run as ``python -m core.signed_pdf FILE …`` by ``core/pdf_reading.py``: the file may be made to eat memory or
time, so it is read in a process of its own under limits, without network. The answer is one JSON object.
"""

import json
import logging
import sys
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pypdf
from asn1crypto import pem  # type: ignore[import-untyped]  # it has no types
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from core.drawn_pdf import is_in_head, laid_over

try:
    import resource
except ImportError:  # Windows has no such limits; time is still bounded by the caller
    resource = None  # type: ignore[assignment]

MOST_PAGES, MOST_SIGNATURES, SHOWN_WORDS = 1500, 20, 12
NUMBER_SIGNS = frozenset("0123456789.,")
CODE_SIGNS = frozenset("23456789ABCDEFGHJKLMNPQRSTUVWXYZ-")


def limit(seconds: int, megabytes: int) -> None:
    """Let this process have no more than that."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def read(path: Path, issued: Path | None, roots: Path | None) -> dict[str, Any]:
    """What there is to say of a file; ``issued`` is what it is compared with, ``roots`` a folder of trust."""
    reader = pypdf.PdfReader(path)
    if reader.is_encrypted:
        return {"ok": False, "reason": "encrypted"}
    if len(reader.pages) > MOST_PAGES:
        return {"ok": False, "reason": "heavy"}
    pages = words_of(reader)
    answer: dict[str, Any] = {
        "ok": True, "pages": len(pages), "words": sum(map(len, pages)), "codes": codes_in(pages),
        "signatures": signatures_of(path, trusted_in(roots))}
    if issued is not None:
        own = pypdf.PdfReader(issued)
        answer |= compared(words_of(own), pages) | {"laid": laid_over(own, reader)}
        for row in answer["differing"]:
            row["in_head"] = row["page"] == 1 and bool(pages) and is_in_head(own.pages[0], reader.pages[0])
    return answer


def words_of(reader: pypdf.PdfReader) -> list[list[str]]:
    """The words of each page in NFC."""
    return [unicodedata.normalize("NFC", page.extract_text()).split() for page in reader.pages]


def codes_in(pages: Sequence[Sequence[str]]) -> list[str]:
    """What looks like the code at the foot of a page."""
    found = {word for words in pages for word in words
             if len(word) == 14 and word[4] == word[9] == "-" and set(word) <= CODE_SIGNS}
    return sorted(found)[:5]


def compared(wanted: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Page by page: which words are missing and which were added; ``likeness`` 0..1 over all words."""
    differing, alike, total = [], 0, 0
    for number in range(max(len(wanted), len(found))):
        ours = list(wanted[number]) if number < len(wanted) else []
        theirs = list(found[number]) if number < len(found) else []
        total += max(len(ours), len(theirs))
        if joined(ours) == joined(theirs):
            alike += len(ours)
            continue
        missing, added = differences(ours, theirs)
        alike += len(ours) - len(missing)
        differing.append({"page": number + 1, "missing": missing[:SHOWN_WORDS], "added": added[:SHOWN_WORDS],
                          "missing_count": len(missing), "added_count": len(added)})
    return {"issued_pages": len(wanted), "differing": differing, "likeness": alike / total if total else 0.0}


def joined(words: Sequence[str]) -> str:
    """Words without blanks, which programs set in their own way, but for those that keep two numbers apart."""
    pieces, last = [], ""
    for word in words:
        pieces.append(f" {word}" if last in NUMBER_SIGNS and word[0] in NUMBER_SIGNS else word)
        last = word[-1]
    return "".join(pieces)


def differences(ours: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """The words of a page that went and that came."""
    missing, added = [], []
    for tag, first, last, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            missing += ours[first:last]
            added += theirs[start:end]
    return missing, added


def trusted_in(folder: Path | None) -> list[asn1_x509.Certificate]:
    """The root certificates in a folder, PEM or DER; what cannot be read is left out."""
    found = []
    for path in sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []:
        content = path.read_bytes()
        try:
            if pem.detect(content):
                content = pem.unarmor(content)[2]
            certificate = asn1_x509.Certificate.load(content, strict=True)
            certificate.subject.native  # noqa: B018 - reads it, so that a broken one fails here
            found.append(certificate)
        except ValueError:
            continue
    return found


def signatures_of(path: Path, roots: list[asn1_x509.Certificate]) -> list[dict[str, Any]]:
    """Each signature in the order of signing."""
    with path.open("rb") as file:
        reader = PdfFileReader(file, strict=False)
        context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
        return [signature_facts(signature, context) for signature in reader.embedded_signatures[:MOST_SIGNATURES]
                if signature.sig_object.get("/Type", "/Sig") != "/DocTimeStamp"]


def signature_facts(signature: Any, context: ValidationContext) -> dict[str, Any]:
    """Who signed, when, and what can be said for it."""
    try:
        status = validate_pdf_signature(signature, context)
    except Exception as error:  # a signature may be broken in any way; that is an answer, too
        return {"name": "", "organisation": "", "at": "", "intact": False, "trusted": False, "changed": False,
                "trouble": type(error).__name__}
    subject = status.signing_cert.subject.native
    at = status.signer_reported_dt
    level = status.modification_level
    is_changed = level is None or level is ModificationLevel.OTHER or status.docmdp_ok is False
    return {
        "name": plain(subject.get("common_name")), "organisation": plain(subject.get("organization_name")),
        "at": at.isoformat() if at else "", "intact": bool(status.intact and status.valid),
        "trusted": bool(status.trusted), "changed": is_changed, "trouble": ""}


def plain(value: object) -> str:
    """A name of a certificate as one line."""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return " ".join("".join(sign for sign in text if sign.isprintable()).split())[:200]


def main(arguments: Sequence[str]) -> int:
    """FILE ISSUED ROOTS SECONDS MEGABYTES, a dash for what is not given."""
    path, issued, roots, seconds, megabytes = arguments
    logging.disable(logging.CRITICAL)
    limit(int(seconds), int(megabytes))
    try:
        answer = read(Path(path), None if issued == "-" else Path(issued), None if roots == "-" else Path(roots))
    except MemoryError:
        answer = {"ok": False, "reason": "heavy"}
    except Exception:  # whatever a broken file makes a reader do
        answer = {"ok": False, "reason": "damaged"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
