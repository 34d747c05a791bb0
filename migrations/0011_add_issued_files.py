"""Add codes of papers, issued files and signed copies."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0011'
down_revision: str | Sequence[str] | None = '0010'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


STATES = ('signed', 'scan', 'unsigned', 'changed', 'broken', 'foreign', 'unread')


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('submission_version') as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(length=20), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('address', models.base.Nfc(), nullable=False, server_default=''))
        batch_op.create_index('ix_submission_version_code', ['code'], unique=True,
            sqlite_where=sa.text("code <> ''"), postgresql_where=sa.text("code <> ''"))
    with op.batch_alter_table('submission_version') as batch_op:
        batch_op.alter_column('code', server_default=None)
        batch_op.alter_column('address', server_default=None)
    op.create_table('issued_file',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', models.base.Nfc(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('made_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['submission_version.id'], name=op.f('fk_issued_file_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_file')),
    sa.UniqueConstraint('version_id', 'kind', name=op.f('uq_issued_file_version_id_kind'))
    )
    with op.batch_alter_table('issued_file') as batch_op:
        batch_op.create_index(batch_op.f('ix_issued_file_sha256'), ['sha256'], unique=False)
    op.create_table('recall',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('recalled_on', sa.Date(), nullable=False),
    sa.Column('reason', models.base.Nfc(), nullable=False),
    sa.Column('recalled_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('recalled_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_recall_reason')),
    sa.ForeignKeyConstraint(['recalled_by_id'], ['account.id'], name=op.f('fk_recall_recalled_by_id')),
    sa.ForeignKeyConstraint(['version_id'], ['submission_version.id'], name=op.f('fk_recall_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recall')),
    sa.UniqueConstraint('version_id', name=op.f('uq_recall_version_id'))
    )
    op.create_table('signed_copy',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('name', models.base.Nfc(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.Enum(*STATES, name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reading', sa.JSON(), nullable=False),
    sa.Column('attached_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('attached_by_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('removal_reason', models.base.Nfc(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(removed_at is null) = (removal_reason = '')", name=op.f('ck_signed_copy_removal_reason')),
    sa.ForeignKeyConstraint(['attached_by_id'], ['account.id'], name=op.f('fk_signed_copy_attached_by_id')),
    sa.ForeignKeyConstraint(['version_id'], ['submission_version.id'], name=op.f('fk_signed_copy_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signed_copy')),
    sa.UniqueConstraint('version_id', 'sha256', name=op.f('uq_signed_copy_version_id_sha256'))
    )
    with op.batch_alter_table('signed_copy') as batch_op:
        batch_op.create_index(batch_op.f('ix_signed_copy_sha256'), ['sha256'], unique=False)
    op.create_table('paper_print',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('printed_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('printed_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['printed_by_id'], ['account.id'], name=op.f('fk_paper_print_printed_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_paper_print_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_print'))
    )
    with op.batch_alter_table('paper_print') as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_print_submission_id'), ['submission_id'], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('paper_print') as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_print_submission_id'))

    op.drop_table('paper_print')
    with op.batch_alter_table('signed_copy') as batch_op:
        batch_op.drop_index(batch_op.f('ix_signed_copy_sha256'))

    op.drop_table('signed_copy')
    op.drop_table('recall')
    with op.batch_alter_table('issued_file') as batch_op:
        batch_op.drop_index(batch_op.f('ix_issued_file_sha256'))

    op.drop_table('issued_file')
    with op.batch_alter_table('submission_version') as batch_op:
        batch_op.drop_index('ix_submission_version_code')
        batch_op.drop_column('address')
        batch_op.drop_column('code')
