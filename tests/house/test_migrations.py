"""Migrations lead to the tables that the code describes, there and back again, with rows in them."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from core.extensions import alembic, db
from models.base import Model
from tests.support.database import Database, migrate, release

OWN_TABLE = "alembic_version"


@pytest.fixture
def migrated(database: Database) -> Iterator[Flask]:
    """A portal on an empty, migrated database of its own."""
    app = database.make_app(database.copy())
    yield app
    release(app)


def tables(app: Flask) -> set[str]:
    """The tables that the database holds, without the one that Alembic keeps."""
    with app.app_context():
        return set(sa.inspect(db.engine).get_table_names()) - {OWN_TABLE}


def row_counts(app: Flask) -> dict[str, int]:
    """How many rows each table holds."""
    with app.app_context(), db.engine.connect() as connection:
        counts = {name: sa.select(sa.func.count()).select_from(table) for name, table in Model.metadata.tables.items()}
        return {name: connection.scalar(count) or 0 for name, count in counts.items()}


def test_the_tables_are_those_that_the_code_describes(migrated: Flask) -> None:
    assert tables(migrated) == set(Model.metadata.tables)
    with migrated.app_context():
        assert alembic.compare_metadata() == []
        db.session.close()


def test_there_is_one_line_of_revisions(migrated: Flask) -> None:
    with migrated.app_context():
        assert len(alembic.heads()) == 1


def test_every_constraint_and_index_has_a_name_in_the_database(migrated: Flask) -> None:
    with migrated.app_context():
        inspector = sa.inspect(db.engine)
    nameless = []
    for table in tables(migrated):
        constraints = [
            inspector.get_pk_constraint(table),
            *inspector.get_foreign_keys(table),
            *inspector.get_unique_constraints(table),
            *inspector.get_check_constraints(table),
            *inspector.get_indexes(table),
        ]
        nameless += [f"{table}: {constraint}" for constraint in constraints if not constraint.get("name")]
    assert nameless == []


def test_names_are_short_enough_for_every_database() -> None:
    items = [item for table in Model.metadata.tables.values() for item in (*table.constraints, *table.indexes)]
    names = [str(getattr(item, "name", "")) for item in items]
    assert [name for name in names if len(name) > 63] == []


def test_each_migration_goes_down_and_up_again_with_rows_in_it(database: Database) -> None:
    app = database.make_app(database.copy(with_province=True))
    before = row_counts(app)
    assert sum(before.values()) > 1000
    with app.app_context():
        newest_first = [script.revision for script in alembic.log()]
        for revision in newest_first:
            alembic.downgrade(-1)
            alembic.upgrade(revision)
            alembic.downgrade(-1)
        db.session.close()
    assert tables(app) == set()
    migrate(app)
    assert tables(app) == set(before)
