"""Hold a page or a query to a number of statements."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask

from core.extensions import db
from tests.support.statements import Statements, watched

QueryGuard = Callable[[int], AbstractContextManager[Statements]]


@pytest.fixture
def assert_queries(app: Flask) -> QueryGuard:
    """``with assert_queries(at_most): …`` fails, naming each statement, if more are sent inside."""
    with app.app_context():
        engine = db.engine

    @contextmanager
    def guard(at_most: int) -> Iterator[Statements]:
        with watched(engine) as statements:
            yield statements
        assert len(statements) <= at_most, f"{len(statements)} statements, {at_most} allowed:\n{statements}"

    return guard
