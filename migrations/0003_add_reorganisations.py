"""Add reorganisations."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0003'
down_revision: str | Sequence[str] | None = '0002'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('reorganisation',
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('issuer', models.base.Nfc(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('title', models.base.Nfc(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('draft', 'applied', 'discarded', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('created_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('applied_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('applied_by_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['applied_by_id'], ['account.id'], name=op.f('fk_reorganisation_applied_by_id')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_reorganisation_attachment_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_reorganisation_created_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reorganisation')),
    sa.UniqueConstraint('form_token', name=op.f('uq_reorganisation_form_token'))
    )
    with op.batch_alter_table('reorganisation') as batch_op:
        batch_op.create_index(
            'uq_reorganisation_applied', ['number', 'decided_on'], unique=True,
            sqlite_where=sa.text("status = 'applied'"), postgresql_where=sa.text("status = 'applied'"))

    op.create_table('reorganisation_step',
    sa.Column('reorganisation_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('found', 'rename', 'move', 'merge', 'split', 'close', 'reopen', 'change', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('unit_code', sa.String(length=60), nullable=False),
    sa.Column('target_code', sa.String(length=60), nullable=False),
    sa.Column('name', models.base.Nfc(), nullable=False),
    sa.Column('unit_kind', sa.String(length=40), nullable=False),
    sa.Column('parent_code', sa.String(length=60), nullable=False),
    sa.Column('district', models.base.Nfc(), nullable=False),
    sa.Column('head', models.base.Nfc(), nullable=False),
    sa.Column('head_position', models.base.Nfc(), nullable=False),
    sa.Column('takes_duties', sa.Boolean(), nullable=False),
    sa.Column('takes_accounts', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('position > 0', name=op.f('ck_reorganisation_step_position')),
    sa.ForeignKeyConstraint(['reorganisation_id'], ['reorganisation.id'], name=op.f('fk_reorganisation_step_reorganisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reorganisation_step')),
    sa.UniqueConstraint('reorganisation_id', 'position', name=op.f('uq_reorganisation_step_reorganisation_id_position'))
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('reorganisation_step')
    with op.batch_alter_table('reorganisation') as batch_op:
        batch_op.drop_index('uq_reorganisation_applied')
    op.drop_table('reorganisation')
