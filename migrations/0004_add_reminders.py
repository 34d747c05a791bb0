"""Add reminders, holidays and chase letters."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0004'
down_revision: str | Sequence[str] | None = '0003'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table('holiday',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', models.base.Nfc(), nullable=False),
    sa.Column('kind', sa.Enum('off', 'make_up', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('source', models.base.Nfc(), nullable=False),
    sa.Column('removed_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday')),
    sa.UniqueConstraint('day', name=op.f('uq_holiday_day'))
    )
    op.create_table('outbox_mail',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('to_name', models.base.Nfc(), nullable=False),
    sa.Column('to_address', models.base.Nfc(), nullable=False),
    sa.Column('subject', models.base.Nfc(), nullable=False),
    sa.Column('body', models.base.Nfc(), nullable=False),
    sa.Column('status', sa.Enum('queued', 'sending', 'sent', 'failed', 'unsure', 'cancelled', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attempt_count', sa.Integer(), nullable=False),
    sa.Column('next_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('claimed_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('sent_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('trouble', models.base.Nfc(), nullable=False),
    sa.Column('created_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('attempt_count >= 0', name=op.f('ck_outbox_mail_attempt_count')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mail')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_mail_key'))
    )
    with op.batch_alter_table('outbox_mail') as batch_op:
        batch_op.create_index('ix_outbox_mail_status_next_at', ['status', 'next_at'], unique=False)
    op.create_table('reminder_rule',
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('days_before', sa.JSON(), nullable=False),
    sa.Column('every_after', sa.Integer(), nullable=False),
    sa.Column('most_after', sa.Integer(), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('to_officers', sa.Boolean(), nullable=False),
    sa.Column('to_head', sa.Boolean(), nullable=False),
    sa.Column('to_reviewer', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('every_after >= 0', name=op.f('ck_reminder_rule_every_after')),
    sa.CheckConstraint('most_after >= 0', name=op.f('ck_reminder_rule_most_after')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_reminder_rule_requirement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_rule')),
    sa.UniqueConstraint('requirement_id', name=op.f('uq_reminder_rule_requirement_id'))
    )
    op.create_table('reminder',
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.Enum('before', 'due_day', 'after', 'now', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('channel', sa.Enum('portal', 'mail', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('recipient', sa.String(length=60), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.Column('created_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('received_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(channel = 'mail') = (mail_id is not null)", name=op.f('ck_reminder_mail_id')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_reminder_account_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_reminder_created_by_id')),
    sa.ForeignKeyConstraint(['mail_id'], ['outbox_mail.id'], name=op.f('fk_reminder_mail_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_reminder_obligation_id')),
    sa.ForeignKeyConstraint(['received_by_id'], ['account.id'], name=op.f('fk_reminder_received_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reminder_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('obligation_id', 'occasion', 'channel', 'recipient', name=op.f('uq_reminder_obligation_id_occasion_channel_recipient'))
    )
    with op.batch_alter_table('reminder') as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_mail_id'), ['mail_id'], unique=False)
        batch_op.create_index('ix_reminder_unit_id_channel', ['unit_id', 'channel'], unique=False)
    op.create_table('chase_letter',
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('number', models.base.Nfc(), nullable=False),
    sa.Column('symbol', models.base.Nfc(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('signer_authority', models.base.Nfc(), nullable=False),
    sa.Column('signer_position', models.base.Nfc(), nullable=False),
    sa.Column('signer_name', models.base.Nfc(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=False),
    sa.Column('made_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('submit_key', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('round between 1 and 3', name=op.f('ck_chase_letter_round')),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_chase_letter_made_by_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_chase_letter_requirement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chase_letter')),
    sa.UniqueConstraint('submit_key', name=op.f('uq_chase_letter_submit_key'))
    )
    with op.batch_alter_table('chase_letter') as batch_op:
        batch_op.create_index(batch_op.f('ix_chase_letter_requirement_id'), ['requirement_id'], unique=False)
    op.create_table('chased_unit',
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('days_late', sa.Integer(), nullable=False),
    sa.Column('reminder_count', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('days_late > 0', name=op.f('ck_chased_unit_days_late')),
    sa.ForeignKeyConstraint(['letter_id'], ['chase_letter.id'], name=op.f('fk_chased_unit_letter_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_chased_unit_obligation_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_chased_unit_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chased_unit')),
    sa.UniqueConstraint('letter_id', 'obligation_id', name=op.f('uq_chased_unit_letter_id_obligation_id'))
    )
    with op.batch_alter_table('chased_unit') as batch_op:
        batch_op.create_index(batch_op.f('ix_chased_unit_obligation_id'), ['obligation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chased_unit_unit_id'), ['unit_id'], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table('chased_unit') as batch_op:
        batch_op.drop_index(batch_op.f('ix_chased_unit_obligation_id'))
        batch_op.drop_index(batch_op.f('ix_chased_unit_unit_id'))

    op.drop_table('chased_unit')
    with op.batch_alter_table('chase_letter') as batch_op:
        batch_op.drop_index(batch_op.f('ix_chase_letter_requirement_id'))

    op.drop_table('chase_letter')
    with op.batch_alter_table('reminder') as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_mail_id'))
        batch_op.drop_index('ix_reminder_unit_id_channel')

    op.drop_table('reminder')
    op.drop_table('reminder_rule')
    with op.batch_alter_table('outbox_mail') as batch_op:
        batch_op.drop_index('ix_outbox_mail_status_next_at')

    op.drop_table('outbox_mail')
    op.drop_table('holiday')
