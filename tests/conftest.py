"""Fixtures of every test; ``tests/support`` holds them, one module a matter."""

import gc
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.missing import is_all_required

settings.register_profile("portal", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")  # a slow or busy machine is no fault of the portal
gc.set_threshold(2_000, 50, 100)  # libraries and apps fill the memory: to look through it frees little
pytest_plugins = [
    "tests.support.network",
    "tests.support.clock",
    "tests.support.database",
    "tests.support.client",
    "tests.support.consolidation_fixture",
    "tests.support.plan_fixture",
    "tests.support.post_office",
    "tests.support.province",
    "tests.support.queries",
    "tests.support.server",
    "tests.support.browser",
]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Where everything is promised, a test that was left out has failed."""
    report = yield
    if report.skipped and is_all_required() and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{item.nodeid} was left out: {reason}"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that it can be chosen or left out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
