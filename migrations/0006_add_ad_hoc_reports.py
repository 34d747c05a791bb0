"""Add chosen units, indicators and rounds of ad hoc reports."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0006'
down_revision: str | Sequence[str] | None = '0005'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('ad_hoc_report',
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('brief', sa.JSON(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('withdrawn_reason', models.base.Nfc(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=True),
    sa.Column('created_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_ad_hoc_report_created_by_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_ad_hoc_report_requirement_id')),
    sa.ForeignKeyConstraint(['round_id'], ['survey_round.id'], name=op.f('fk_ad_hoc_report_round_id')),
    sa.PrimaryKeyConstraint('requirement_id', name=op.f('pk_ad_hoc_report')),
    sa.UniqueConstraint('form_token', name=op.f('uq_ad_hoc_report_form_token'))
    )
    op.create_table('requirement_unit',
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_requirement_unit_requirement_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_requirement_unit_unit_id')),
    sa.PrimaryKeyConstraint('requirement_id', 'unit_id', name=op.f('pk_requirement_unit'))
    )
    with op.batch_alter_table('requirement_unit') as batch_op:
        batch_op.create_index(batch_op.f('ix_requirement_unit_unit_id'), ['unit_id'], unique=False)
    op.create_table('requirement_indicator',
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_requirement_indicator_indicator_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'],
                            name=op.f('fk_requirement_indicator_requirement_id')),
    sa.PrimaryKeyConstraint('requirement_id', 'indicator_id', name=op.f('pk_requirement_indicator'))
    )
    with op.batch_alter_table('requirement_indicator') as batch_op:
        batch_op.create_index(batch_op.f('ix_requirement_indicator_indicator_id'), ['indicator_id'], unique=False)
    for table in ('indicator', 'outline_section'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('requirement_id', sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_requirement_id'), 'requirement', ['requirement_id'],
                                        ['id'])
            batch_op.create_index(batch_op.f(f'ix_{table}_requirement_id'), ['requirement_id'], unique=False)


def downgrade() -> None:
    """Undo."""
    for table in ('outline_section', 'indicator'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{table}_requirement_id'))
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_requirement_id'), type_='foreignkey')
            batch_op.drop_column('requirement_id')
    op.drop_table('requirement_indicator')
    op.drop_table('requirement_unit')
    op.drop_table('ad_hoc_report')
