"""Add inspections and findings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0007'
down_revision: str | Sequence[str] | None = '0006'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('inspection',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('owner_unit_id', sa.Integer(), nullable=False),
    sa.Column('title', models.base.Nfc(), nullable=False),
    sa.Column('folded', models.base.Nfc(), nullable=False),
    sa.Column('basis', models.base.Nfc(), nullable=False),
    sa.Column('decision_number', models.base.Nfc(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('host_programme', models.base.Nfc(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('team', models.base.Nfc(), nullable=False),
    sa.Column('content', models.base.Nfc(), nullable=False),
    sa.Column('concluded_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('cancelled_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('reason', models.base.Nfc(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('created_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('concluded_at is null or cancelled_at is null', name=op.f('ck_inspection_one_end')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_inspection_span')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_inspection_created_by_id')),
    sa.ForeignKeyConstraint(['owner_unit_id'], ['unit.id'], name=op.f('fk_inspection_owner_unit_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_inspection_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('form_token', name=op.f('uq_inspection_form_token'))
    )
    with op.batch_alter_table('inspection') as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_owner_unit_id'), ['owner_unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_programme_id'), ['programme_id'], unique=False)
    op.create_table('inspection_theme',
    sa.Column('inspection_id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_inspection_theme_inspection_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_inspection_theme_theme_id')),
    sa.PrimaryKeyConstraint('inspection_id', 'theme_id', name=op.f('pk_inspection_theme'))
    )
    op.create_table('inspected_unit',
    sa.Column('inspection_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=True),
    sa.Column('met', models.base.Nfc(), nullable=False),
    sa.Column('conclusion', models.base.Nfc(), nullable=False),
    sa.Column('removed_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_inspected_unit_inspection_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_inspected_unit_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspected_unit')),
    sa.UniqueConstraint('inspection_id', 'unit_id', name=op.f('uq_inspected_unit_inspection_id_unit_id'))
    )
    with op.batch_alter_table('inspected_unit') as batch_op:
        batch_op.create_index(batch_op.f('ix_inspected_unit_unit_id'), ['unit_id'], unique=False)
    op.create_table('evidence_mark',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('activity', 'attachment', 'plan_item', 'indicator', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('label', models.base.Nfc(), nullable=False),
    sa.Column('mark', sa.Enum('seen', 'missing', 'unfit', name='mark', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', models.base.Nfc(), nullable=False),
    sa.Column('marked_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('marked_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['marked_by_id'], ['account.id'], name=op.f('fk_evidence_mark_marked_by_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['inspected_unit.id'], name=op.f('fk_evidence_mark_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_mark')),
    sa.UniqueConstraint('visit_id', 'kind', 'subject_id', name=op.f('uq_evidence_mark_visit_id_kind_subject_id'))
    )
    op.create_table('finding',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('what', models.base.Nfc(), nullable=False),
    sa.Column('severity', sa.Enum('remark', 'fault', 'grave', name='severity', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('deadline_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('status', sa.Enum('open', 'answered', 'asked', 'mended', 'closed', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.Column('raised_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('raised_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('settled_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status in ('mended', 'closed')) = (settled_at is not null)", name=op.f('ck_finding_settled_at')),
    sa.CheckConstraint('number > 0', name=op.f('ck_finding_number')),
    sa.ForeignKeyConstraint(['raised_by_id'], ['account.id'], name=op.f('fk_finding_raised_by_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_finding_theme_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_finding_unit_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['inspected_unit.id'], name=op.f('fk_finding_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('form_token', name=op.f('uq_finding_form_token')),
    sa.UniqueConstraint('visit_id', 'number', name=op.f('uq_finding_visit_id_number'))
    )
    with op.batch_alter_table('finding') as batch_op:
        batch_op.create_index('ix_finding_unit_id_raised_on', ['unit_id', 'raised_on'], unique=False)
    op.create_table('finding_step',
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('deed', sa.Enum('answer', 'accept', 'ask', 'close', 'reopen', name='deed', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', models.base.Nfc(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('by_name', models.base.Nfc(), nullable=False),
    sa.Column('form_token', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_finding_step_by_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_step_finding_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_step')),
    sa.UniqueConstraint('form_token', name=op.f('uq_finding_step_form_token'))
    )
    with op.batch_alter_table('finding_step') as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_step_finding_id'), ['finding_id'], unique=False)
    op.create_table('finding_step_activity',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_finding_step_activity_activity_id')),
    sa.ForeignKeyConstraint(['step_id'], ['finding_step.id'], name=op.f('fk_finding_step_activity_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'activity_id', name=op.f('pk_finding_step_activity'))
    )
    op.create_table('finding_step_attachment',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_finding_step_attachment_attachment_id')),
    sa.ForeignKeyConstraint(['step_id'], ['finding_step.id'], name=op.f('fk_finding_step_attachment_step_id')),
    sa.PrimaryKeyConstraint('step_id', 'attachment_id', name=op.f('pk_finding_step_attachment'))
    )
    with op.batch_alter_table('finding_step_attachment') as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_step_attachment_attachment_id'), ['attachment_id'], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('finding_step_attachment') as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_step_attachment_attachment_id'))

    op.drop_table('finding_step_attachment')
    op.drop_table('finding_step_activity')
    with op.batch_alter_table('finding_step') as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_step_finding_id'))

    op.drop_table('finding_step')
    with op.batch_alter_table('finding') as batch_op:
        batch_op.drop_index('ix_finding_unit_id_raised_on')

    op.drop_table('finding')
    op.drop_table('evidence_mark')
    with op.batch_alter_table('inspected_unit') as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspected_unit_unit_id'))

    op.drop_table('inspected_unit')
    op.drop_table('inspection_theme')
    with op.batch_alter_table('inspection') as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_owner_unit_id'))
        batch_op.drop_index(batch_op.f('ix_inspection_programme_id'))

    op.drop_table('inspection')
