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
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('administrator', 'office', 'leader', 'division', 'district', 'officer', 'head', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('only_accepted', sa.Boolean(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'working', 'ready', 'failed', 'cancelled', 'expired', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('asked_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('claim', sa.String(length=32), nullable=False),
    sa.Column('heartbeat_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('attempt_count', sa.Integer(), nullable=False),
    sa.Column('finished_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('name', models.base.Nfc(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('trouble', models.base.Nfc(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('done >= 0 and done <= total', name=op.f('ck_package_done')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_package_asked_by_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_package_requirement_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_package_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_package')),
    sa.UniqueConstraint('form_token', name=op.f('uq_package_form_token'))
    )
    with op.batch_alter_table('package') as batch_op:
        batch_op.create_index(batch_op.f('ix_package_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_package_requirement_id'), ['requirement_id'], unique=False)
        batch_op.create_index('ix_package_status', ['status'], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table('package')
