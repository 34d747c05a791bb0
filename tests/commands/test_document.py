"""flask document verify: 0 for what the portal issued, 1 for anything else, in words or as JSON."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from core.clock import clock
from core.storage import FileStore
from models.submission import SubmissionVersion
from services.issue import FOLDER, IssueFields, issue
from services.version_paper import print_version
from tests.support.consolidation import World, make_reported_world
from tests.support.signing import make_signer, read_here, with_a_note

ON = date(2023, 5, 25)


@pytest.fixture
def world(db_session) -> World:
    return make_reported_world(db_session)


def run(app: Flask, path: Path, content: bytes, *options: str) -> tuple[int, str]:
    """Verify a file; the exit code and what was said."""
    path.write_bytes(content)
    result = app.test_cli_runner().invoke(args=["document", "verify", str(path), *options])
    return result.exit_code, result.output


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # files are the same on either
def test_the_command_says_what_a_file_is_and_ends_by_it(app: Flask, world: World, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch, tmp_path, "services.verification")
    fields = IssueFields("05", "BC-SGDĐT", ON, "", "GIÁM ĐỐC", "Người ký (minh họa)")
    store = FileStore(Path(app.config["SETTINGS"].instance) / FOLDER)
    issued = issue(world.session, world.submission(world.department), fields, until=ON, submit_key="key", viewer=None,
                   now=clock.now(), store=store, address="https://baocao.example")
    world.session.commit()
    version = world.session.get_one(SubmissionVersion, issued.version_id)
    assert version.verify_url == f"https://baocao.example/verify/{version.code}"
    content, path = print_version(world.session, version, store), tmp_path / "tep.pdf"
    code, output = run(app, path, content)
    assert code == 0 and "Đúng là tệp do cổng phát hành" in output and "số 05/BC-SGDĐT" in output
    assert version.code in output and "Đang có hiệu lực" in output
    code, output = run(app, path, make_signer().sign(content), "--json")
    said = json.loads(output)
    assert code == 0 and said["outcome"] == "signed" and said["paper"]["code"] == version.code
    assert [row["intact"] for row in said["signatures"]] == [True]
    code, output = run(app, path, content + b"\n% them")
    assert code == 1 and "đã được lưu lại" in output
    code, output = run(app, path, with_a_note(content))
    assert code == 1 and "Trang 1: có ghi chú" in output and "riêng chữ không bảo đảm" in output
    assert json.loads(run(app, path, with_a_note(content), "--json")[1])["shown_otherwise"] == [
        {"page": 1, "what": "note"}]
    code, output = run(app, path, b"khong phai tep cua cong")
    assert code == 1 and output.strip() == "Không phải tệp do cổng phát hành."
