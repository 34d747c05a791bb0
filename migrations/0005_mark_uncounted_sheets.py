"""List the sheets that are not yet counted in a table of their own, instead of a mark in each."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '0005'
down_revision: str | Sequence[str] | None = '0004'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('survey_uncounted',
    sa.Column('place_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sheet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('place_id', 'sheet_id', name=op.f('pk_survey_uncounted')),
    sqlite_with_rowid=False,
    )
    op.execute('insert into survey_uncounted (place_id, sheet_id) select place_id, id from survey_sheet '
               'where not is_counted')
    op.drop_index('ix_survey_sheet_uncounted', table_name='survey_sheet')
    op.drop_column('survey_sheet', 'is_counted')


def downgrade() -> None:
    """Undo."""
    op.add_column('survey_sheet', sa.Column('is_counted', sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute('update survey_sheet set is_counted = false where id in (select sheet_id from survey_uncounted)')
    if op.get_bind().dialect.name == 'postgresql':  # SQLite would copy the table for it; nothing reads the default
        op.alter_column('survey_sheet', 'is_counted', server_default=None)
    op.create_index('ix_survey_sheet_uncounted', 'survey_sheet', ['place_id'], sqlite_where=sa.text('is_counted = 0'),
                    postgresql_where=sa.text('not is_counted'))
    op.drop_table('survey_uncounted')
