"""Add rules and points of emulation."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0009'
down_revision: str | Sequence[str] | None = '0008'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None

KINDS = ('plan_timely', 'report_timely', 'plan_done', 'coverage_channels', 'coverage_audiences', 'satisfaction',
         'models', 'findings')


def upgrade() -> None:
    """Apply."""
    op.create_table('emulation_rule',
    sa.Column('label', models.base.Nfc(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('method', sa.Enum('proportional', 'bands', 'each', name='method', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('full_at', sa.Integer(), nullable=False),
    sa.Column('bands', sa.JSON(), nullable=False),
    sa.Column('each', models.base.Nfc(), nullable=False),
    sa.Column('each_overdue', models.base.Nfc(), nullable=False),
    sa.Column('tie_order', sa.Integer(), nullable=False),
    sa.Column('reporter_kinds', sa.JSON(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('points between 0 and 100', name=op.f('ck_emulation_rule_points')),
    sa.CheckConstraint('full_at between 0 and 100', name=op.f('ck_emulation_rule_full_at')),
    sa.CheckConstraint('tie_order >= 0', name=op.f('ck_emulation_rule_tie_order')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_emulation_rule_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emulation_rule')),
    sa.UniqueConstraint('programme_id', 'code', name=op.f('uq_emulation_rule_programme_id_code'))
    )
    op.create_table('emulation_year',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('counted_on', sa.Date(), nullable=False),
    sa.Column('reason', models.base.Nfc(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('made_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('submit_key', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('version > 0', name=op.f('ck_emulation_year_version')),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_emulation_year_made_by_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_emulation_year_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emulation_year')),
    sa.UniqueConstraint('programme_id', 'version', name=op.f('uq_emulation_year_programme_id_version')),
    sa.UniqueConstraint('submit_key', name=op.f('uq_emulation_year_submit_key'))
    )
    op.create_table('emulation_score',
    sa.Column('year_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('group_code', sa.String(length=60), nullable=False),
    sa.Column('first_rank', sa.Integer(), nullable=True),
    sa.Column('last_rank', sa.Integer(), nullable=True),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(first_rank is null) = (last_rank is null)', name=op.f('ck_emulation_score_rank')),
    sa.CheckConstraint('first_rank is null or (first_rank > 0 and last_rank >= first_rank)', name=op.f('ck_emulation_score_rank_span')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_emulation_score_unit_id')),
    sa.ForeignKeyConstraint(['year_id'], ['emulation_year.id'], name=op.f('fk_emulation_score_year_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emulation_score')),
    sa.UniqueConstraint('year_id', 'unit_id', name=op.f('uq_emulation_score_year_id_unit_id'))
    )
    with op.batch_alter_table('emulation_score') as batch_op:
        batch_op.create_index('ix_emulation_score_unit_id', ['unit_id'], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('emulation_score') as batch_op:
        batch_op.drop_index('ix_emulation_score_unit_id')

    op.drop_table('emulation_score')
    op.drop_table('emulation_year')
    op.drop_table('emulation_rule')
