"""Add packages of documents."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0013'
down_revision: str | Sequence[str] | None = '0012'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('package',
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('zip', 'pdf', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('only_accepted', sa.Boolean(), nullable=False),
    sa.Column('unit_ids', sa.JSON(), nullable=False),
    sa.Column('version_ids', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'working', 'ready', 'failed', 'cancelled', 'expired', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('name', models.base.Nfc(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('trouble', models.base.Nfc(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('asked_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('heard_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('ready_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('expires_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('done >= 0 and done <= total', name=op.f('ck_package_done')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_package_account_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_package_requirement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_package')),
    sa.UniqueConstraint('form_token', name=op.f('uq_package_form_token'))
    )
    with op.batch_alter_table('package') as batch_op:
        batch_op.create_index('ix_package_account_id', ['account_id'], unique=False)
        batch_op.create_index('ix_package_requirement_id', ['requirement_id'], unique=False)
        batch_op.create_index('ix_package_state', ['state'], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('package') as batch_op:
        batch_op.drop_index('ix_package_state')
        batch_op.drop_index('ix_package_requirement_id')
        batch_op.drop_index('ix_package_account_id')
    op.drop_table('package')
