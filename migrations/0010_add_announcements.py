"""Add announcements and contact particulars of units."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0010'
down_revision: str | Sequence[str] | None = '0009'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('announcement',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('notice', 'guidance', 'form', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('audience', sa.Enum('all', 'kinds', 'tree', 'units', name='audience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('audience_codes', sa.JSON(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('by_mail', sa.Boolean(), nullable=False),
    sa.Column('version_count', sa.Integer(), nullable=False),
    sa.Column('made_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('withdrawal_reason', models.base.Nfc(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(withdrawn_at is null) = (withdrawal_reason = '')", name=op.f('ck_announcement_withdrawal_reason')),
    sa.CheckConstraint('version_count > 0', name=op.f('ck_announcement_version_count')),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_announcement_made_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_announcement_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement')),
    sa.UniqueConstraint('form_token', name=op.f('uq_announcement_form_token'))
    )
    with op.batch_alter_table('announcement') as batch_op:
        batch_op.create_index('ix_announcement_published_on', ['published_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcement_unit_id'), ['unit_id'], unique=False)
    op.create_table('announcement_version',
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', models.base.Nfc(), nullable=False),
    sa.Column('text', models.base.Nfc(), nullable=False),
    sa.Column('folded', models.base.Nfc(), nullable=False),
    sa.Column('note', models.base.Nfc(), nullable=False),
    sa.Column('made_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_announcement_version_number')),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_announcement_version_announcement_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_announcement_version_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement_version')),
    sa.UniqueConstraint('announcement_id', 'number', name=op.f('uq_announcement_version_announcement_id_number'))
    )
    op.create_table('announcement_file',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_announcement_file_attachment_id')),
    sa.ForeignKeyConstraint(['version_id'], ['announcement_version.id'], name=op.f('fk_announcement_file_version_id')),
    sa.PrimaryKeyConstraint('version_id', 'attachment_id', name=op.f('pk_announcement_file'))
    )
    with op.batch_alter_table('announcement_file') as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_file_attachment_id'), ['attachment_id'], unique=False)
    op.create_table('announcement_unit',
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('read_version', sa.Integer(), nullable=False),
    sa.Column('read_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('read_by_id', sa.Integer(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(read_at is null) = (read_version = 0)', name=op.f('ck_announcement_unit_read_version')),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_announcement_unit_announcement_id')),
    sa.ForeignKeyConstraint(['read_by_id'], ['account.id'], name=op.f('fk_announcement_unit_read_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_announcement_unit_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement_unit')),
    sa.UniqueConstraint('announcement_id', 'unit_id', name=op.f('uq_announcement_unit_announcement_id_unit_id'))
    )
    with op.batch_alter_table('announcement_unit') as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_unit_unit_id'), ['unit_id'], unique=False)
    op.create_table('unit_contact',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('address', models.base.Nfc(), nullable=False),
    sa.Column('phone', models.base.Nfc(), nullable=False),
    sa.Column('email', models.base.Nfc(), nullable=False),
    sa.Column('officer', models.base.Nfc(), nullable=False),
    sa.Column('changed_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_contact_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_contact')),
    sa.UniqueConstraint('unit_id', name=op.f('uq_unit_contact_unit_id'))
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('unit_contact')
    with op.batch_alter_table('announcement_unit') as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcement_unit_unit_id'))

    op.drop_table('announcement_unit')
    with op.batch_alter_table('announcement_file') as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcement_file_attachment_id'))

    op.drop_table('announcement_file')
    op.drop_table('announcement_version')
    with op.batch_alter_table('announcement') as batch_op:
        batch_op.drop_index('ix_announcement_published_on')
        batch_op.drop_index(batch_op.f('ix_announcement_unit_id'))

    op.drop_table('announcement')
