"""flask database: bring the tables up to date."""

import click
from flask.cli import AppGroup

from core.extensions import alembic

group = AppGroup("database", help="Bảng dữ liệu của cổng.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest migration; safe to repeat."""
    alembic.upgrade()
    click.echo("Cơ sở dữ liệu đã ở bản mới nhất.")


@group.command("revision")
@click.argument("message")
def revision(message: str) -> None:
    """Write the migration that brings the tables to what the models say; read it before you commit it."""
    for script in alembic.revision(message):
        click.echo(f"Đã viết {script.path if script else 'không có gì'}.")
