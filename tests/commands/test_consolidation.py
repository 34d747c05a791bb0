"""flask consolidation build: the same bytes as the page's download, errors as sentences."""

from pathlib import Path

import pytest
from flask import Flask

from core.clock import clock
from services.issue import IssueFields, issue
from tests.support.client import PageClient
from tests.support.consolidation import World

ADDRESS = "/consolidations/2023-half-year"


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def build(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["consolidation", "build", *arguments])
    return result.exit_code, result.output


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "csv", "summary"])
@pytest.mark.parametrize("unit", ["SGDDT", "PGD-A"])
def test_the_command_writes_the_bytes_of_the_download(app: Flask, client: PageClient, world: World, tmp_path: Path,
                                                      unit: str, kind: str) -> None:
    client.sign_in(world.office)
    name = "summary.pdf" if kind == "summary" else f"report.{kind}"
    web = client.get(f"{ADDRESS}/{unit}/{name}").data
    target = tmp_path / "out.pdf"
    code, output = build(app, "--requirement", "2023-half-year", "--unit", unit, "--format", kind,
                         "--output", str(target))
    assert code == 0, output
    assert target.read_bytes() == web


def test_a_version_is_written_as_it_was_issued(app: Flask, client: PageClient, world: World, tmp_path: Path) -> None:
    fields = IssueFields("", "BC-SGDĐT", clock.today(), "", "GIÁM ĐỐC", "Người ký (minh họa)")
    issue(world.session, world.submission(world.department), fields, until=clock.today(), submit_key="key",
          viewer=None, now=clock.now())
    world.session.commit()
    client.sign_in(world.office)
    target = tmp_path / "out.pdf"
    code, output = build(app, "--requirement", "2023-half-year", "--format", "pdf", "--output", str(target),
                         "--version", "1")
    assert code == 0 and "bản 1" in output
    assert target.read_bytes() == client.get(f"{ADDRESS}/SGDDT/report.pdf").data


@pytest.mark.parametrize(("arguments", "sentence"), [
    (("--requirement", "2024", "--format", "pdf"), "Không có báo cáo mã 2024"),
    (("--requirement", "2023-annual", "--format", "pdf"), "chưa được giao"),
    (("--requirement", "2023-half-year", "--format", "odt"), "hãy dùng pdf, docx (báo cáo), xlsx, csv"),
    (("--requirement", "2023-half-year", "--format", "pdf", "--unit", "KHONG"), "Không có đơn vị mã KHONG"),
    (("--requirement", "2023-half-year", "--format", "pdf", "--unit", "TH-a1"), "không tổng hợp báo cáo"),
    (("--requirement", "2023-half-year", "--format", "pdf", "--version", "7"), "chưa lập bản 7"),
])
def test_what_cannot_be_built_is_said_in_a_sentence(app: Flask, world: World, tmp_path: Path,
                                                    arguments: tuple[str, ...], sentence: str) -> None:
    target = tmp_path / "out.pdf"
    code, output = build(app, *arguments, "--output", str(target))
    assert code == 1 and sentence in output and "Traceback" not in output
    assert not target.exists()
