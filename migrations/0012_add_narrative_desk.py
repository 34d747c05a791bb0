"""Add what a narrative was made of."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0012'
down_revision: str | Sequence[str] | None = '0011'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('narrative_sentence',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('section_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('opens', sa.Boolean(), nullable=False),
    sa.Column('text', models.base.Nfc(), nullable=False),
    sa.Column('kind', sa.Enum('typed', 'picked', 'merged', 'live', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('was', models.base.Nfc(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('position >= 0', name=op.f('ck_narrative_sentence_position')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['account.id'], name=op.f('fk_narrative_sentence_changed_by_id')),
    sa.ForeignKeyConstraint(['section_id'], ['outline_section.id'], name=op.f('fk_narrative_sentence_section_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_narrative_sentence_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative_sentence'))
    )
    with op.batch_alter_table('narrative_sentence') as batch_op:
        batch_op.create_index('ix_narrative_sentence_submission_id_section_id', ['submission_id', 'section_id'], unique=False)
    op.create_table('narrative_source',
    sa.Column('sentence_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('section_code', sa.String(length=60), nullable=False),
    sa.Column('excerpt', models.base.Nfc(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['sentence_id'], ['narrative_sentence.id'], name=op.f('fk_narrative_source_sentence_id')),
    sa.ForeignKeyConstraint(['version_id'], ['submission_version.id'], name=op.f('fk_narrative_source_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative_source'))
    )
    with op.batch_alter_table('narrative_source') as batch_op:
        batch_op.create_index('ix_narrative_source_sentence_id', ['sentence_id'], unique=False)
        batch_op.create_index('ix_narrative_source_version_id', ['version_id'], unique=False)
    op.create_table('narrative_mark',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('section_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('marked_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('marked_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['marked_by_id'], ['account.id'], name=op.f('fk_narrative_mark_marked_by_id')),
    sa.ForeignKeyConstraint(['section_id'], ['outline_section.id'], name=op.f('fk_narrative_mark_section_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_narrative_mark_submission_id')),
    sa.ForeignKeyConstraint(['version_id'], ['submission_version.id'], name=op.f('fk_narrative_mark_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative_mark')),
    sa.UniqueConstraint('submission_id', 'section_id', 'version_id', name=op.f('uq_narrative_mark_submission_id_section_id_version_id'))
    )
    with op.batch_alter_table('narrative_mark') as batch_op:
        batch_op.create_index(batch_op.f('ix_narrative_mark_version_id'), ['version_id'], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('narrative_mark') as batch_op:
        batch_op.drop_index(batch_op.f('ix_narrative_mark_version_id'))

    op.drop_table('narrative_mark')
    with op.batch_alter_table('narrative_source') as batch_op:
        batch_op.drop_index('ix_narrative_source_version_id')
        batch_op.drop_index('ix_narrative_source_sentence_id')

    op.drop_table('narrative_source')
    with op.batch_alter_table('narrative_sentence') as batch_op:
        batch_op.drop_index('ix_narrative_sentence_submission_id_section_id')

    op.drop_table('narrative_sentence')
