"""Add commendations and criticisms."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0008'
down_revision: str | Sequence[str] | None = '0007'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('commendation',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('model', 'initiative', 'collective', 'person', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', models.base.Nfc(), nullable=False),
    sa.Column('folded', models.base.Nfc(), nullable=False),
    sa.Column('person_name', models.base.Nfc(), nullable=False),
    sa.Column('person_post', models.base.Nfc(), nullable=False),
    sa.Column('has_consent', sa.Boolean(), nullable=False),
    sa.Column('consent_note', models.base.Nfc(), nullable=False),
    sa.Column('description', models.base.Nfc(), nullable=False),
    sa.Column('results', models.base.Nfc(), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'returned', 'accepted', 'refused', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', models.base.Nfc(), nullable=False),
    sa.Column('proposed_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('decided_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('opinion', models.base.Nfc(), nullable=False),
    sa.Column('opinion_by', models.base.Nfc(), nullable=False),
    sa.Column('public_title', models.base.Nfc(), nullable=False),
    sa.Column('public_text', models.base.Nfc(), nullable=False),
    sa.Column('public_folded', models.base.Nfc(), nullable=False),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('picked_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('published_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('created_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'person') or (person_name = '' and person_post = '')", name=op.f('ck_commendation_person')),
    sa.CheckConstraint("published_at is null or public_text <> ''", name=op.f('ck_commendation_public_text')),
    sa.CheckConstraint("status = 'accepted' or (picked_at is null and published_at is null)", name=op.f('ck_commendation_accepted')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_commendation_created_by_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_commendation_programme_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_commendation_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commendation')),
    sa.UniqueConstraint('form_token', name=op.f('uq_commendation_form_token'))
    )
    with op.batch_alter_table('commendation') as batch_op:
        batch_op.create_index('ix_commendation_programme_id_unit_id', ['programme_id', 'unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commendation_unit_id'), ['unit_id'], unique=False)
    op.create_table('commendation_theme',
    sa.Column('commendation_id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['commendation_id'], ['commendation.id'], name=op.f('fk_commendation_theme_commendation_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_commendation_theme_theme_id')),
    sa.PrimaryKeyConstraint('commendation_id', 'theme_id', name=op.f('pk_commendation_theme'))
    )
    with op.batch_alter_table('commendation_theme') as batch_op:
        batch_op.create_index(batch_op.f('ix_commendation_theme_theme_id'), ['theme_id'], unique=False)
    op.create_table('commendation_activity',
    sa.Column('commendation_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_commendation_activity_activity_id')),
    sa.ForeignKeyConstraint(['commendation_id'], ['commendation.id'], name=op.f('fk_commendation_activity_commendation_id')),
    sa.PrimaryKeyConstraint('commendation_id', 'activity_id', name=op.f('pk_commendation_activity'))
    )
    with op.batch_alter_table('commendation_activity') as batch_op:
        batch_op.create_index(batch_op.f('ix_commendation_activity_activity_id'), ['activity_id'], unique=False)
    op.create_table('commendation_attachment',
    sa.Column('commendation_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_commendation_attachment_attachment_id')),
    sa.ForeignKeyConstraint(['commendation_id'], ['commendation.id'], name=op.f('fk_commendation_attachment_commendation_id')),
    sa.PrimaryKeyConstraint('commendation_id', 'attachment_id', name=op.f('pk_commendation_attachment'))
    )
    with op.batch_alter_table('commendation_attachment') as batch_op:
        batch_op.create_index(batch_op.f('ix_commendation_attachment_attachment_id'), ['attachment_id'], unique=False)
    op.create_table('commendation_photo',
    sa.Column('commendation_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_commendation_photo_attachment_id')),
    sa.ForeignKeyConstraint(['commendation_id'], ['commendation.id'], name=op.f('fk_commendation_photo_commendation_id')),
    sa.PrimaryKeyConstraint('commendation_id', 'attachment_id', name=op.f('pk_commendation_photo'))
    )
    with op.batch_alter_table('commendation_photo') as batch_op:
        batch_op.create_index(batch_op.f('ix_commendation_photo_attachment_id'), ['attachment_id'], unique=False)
    op.create_table('criticism',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('basis', sa.Enum('late', 'finding', 'satisfaction', 'other', name='basis', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('what', models.base.Nfc(), nullable=False),
    sa.Column('proposal', models.base.Nfc(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('recorded_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('closing_reason', models.base.Nfc(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("closed_at is null or closing_reason <> ''", name=op.f('ck_criticism_closing_reason')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_criticism_programme_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_criticism_recorded_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_criticism_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criticism')),
    sa.UniqueConstraint('form_token', name=op.f('uq_criticism_form_token'))
    )
    with op.batch_alter_table('criticism') as batch_op:
        batch_op.create_index('ix_criticism_programme_id_unit_id', ['programme_id', 'unit_id'], unique=False)
    op.create_table('criticism_step',
    sa.Column('criticism_id', sa.Integer(), nullable=False),
    sa.Column('deed', sa.Enum('create', 'change', 'close', 'reopen', name='deed', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('by_name', models.base.Nfc(), nullable=False),
    sa.Column('reason', models.base.Nfc(), nullable=False),
    sa.Column('before', models.base.Nfc(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_criticism_step_by_id')),
    sa.ForeignKeyConstraint(['criticism_id'], ['criticism.id'], name=op.f('fk_criticism_step_criticism_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criticism_step'))
    )
    with op.batch_alter_table('criticism_step') as batch_op:
        batch_op.create_index(batch_op.f('ix_criticism_step_criticism_id'), ['criticism_id'], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table('criticism_step') as batch_op:
        batch_op.drop_index(batch_op.f('ix_criticism_step_criticism_id'))

    op.drop_table('criticism_step')
    with op.batch_alter_table('criticism') as batch_op:
        batch_op.drop_index('ix_criticism_programme_id_unit_id')

    op.drop_table('criticism')
    with op.batch_alter_table('commendation_photo') as batch_op:
        batch_op.drop_index(batch_op.f('ix_commendation_photo_attachment_id'))

    op.drop_table('commendation_photo')
    with op.batch_alter_table('commendation_attachment') as batch_op:
        batch_op.drop_index(batch_op.f('ix_commendation_attachment_attachment_id'))

    op.drop_table('commendation_attachment')
    with op.batch_alter_table('commendation_activity') as batch_op:
        batch_op.drop_index(batch_op.f('ix_commendation_activity_activity_id'))

    op.drop_table('commendation_activity')
    with op.batch_alter_table('commendation_theme') as batch_op:
        batch_op.drop_index(batch_op.f('ix_commendation_theme_theme_id'))

    op.drop_table('commendation_theme')
    with op.batch_alter_table('commendation') as batch_op:
        batch_op.drop_index('ix_commendation_programme_id_unit_id')
        batch_op.drop_index(batch_op.f('ix_commendation_unit_id'))

    op.drop_table('commendation')
