"""Add survey rounds, sheets and codes."""

from collections.abc import Sequence
from typing import Literal

import sqlalchemy as sa
from alembic import op

import models.base

revision: str = '0002'
down_revision: str | Sequence[str] | None = '0001'
branch_labels: str | Sequence[str] | None = ()
depends_on: str | Sequence[str] | None = None
SUBJECTS = "'account', 'unit', 'programme', 'requirement', 'obligation', 'submission', 'activity', 'survey'"
SOURCES = ("'activity_quantity', 'activity_count', 'activity_reach', 'activity_cost', 'plan_budget', 'plan_exists', "
           "'survey_sheets', 'survey_share', 'survey_mean', 'formula', 'typed'")
NEW_SUBJECTS = (
    "'questionnaire', 'survey_round', 'survey_place', 'reorganisation', 'reminder', 'chase_letter', 'inspection', "
    "'finding', 'commendation', 'emulation', 'announcement', 'holiday'")


def recreation() -> Literal['always', 'never']:
    """SQLite takes a changed check only with a new table; PostgreSQL changes the table that others refer to."""
    return 'always' if op.get_bind().dialect.name == 'sqlite' else 'never'


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('event', recreate=recreation()) as batch_op:
        batch_op.drop_constraint(batch_op.f('subject_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('subject_kind'), f'subject_kind in ({SUBJECTS}, {NEW_SUBJECTS})')

    with op.batch_alter_table('indicator', recreate=recreation()) as batch_op:
        batch_op.drop_constraint(batch_op.f('source'), type_='check')
        batch_op.create_check_constraint(batch_op.f('source'), f"source in ({SOURCES}, 'survey_pass')")

    op.create_table('survey_pace',
    sa.Column('source', sa.LargeBinary(length=16), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('sheet_count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('source', name=op.f('pk_survey_pace'))
    )
    with op.batch_alter_table('survey_pace') as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_pace_seen_on'), ['seen_on'], unique=False)

    op.create_table('survey_pace_key',
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('key', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('seen_on', name=op.f('pk_survey_pace_key'))
    )
    op.create_table('survey_round',
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('title', models.base.Nfc(), nullable=False),
    sa.Column('audience', sa.Enum('people', 'staff', name='audience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('host', models.base.Nfc(), nullable=False),
    sa.Column('contact', models.base.Nfc(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('closed_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('created_at', models.base.Utc(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('form_token', sa.String(length=64), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('closes_on >= opens_on', name=op.f('ck_survey_round_window')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_survey_round_created_by_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_survey_round_programme_id')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_survey_round_questionnaire_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_round')),
    sa.UniqueConstraint('code', name=op.f('uq_survey_round_code')),
    sa.UniqueConstraint('form_token', name=op.f('uq_survey_round_form_token'))
    )
    with op.batch_alter_table('survey_round') as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_round_programme_id'), ['programme_id'], unique=False)

    op.create_table('survey_place',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('population', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', models.base.Utc(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('population is null or population > 0', name=op.f('ck_survey_place_population')),
    sa.ForeignKeyConstraint(['round_id'], ['survey_round.id'], name=op.f('fk_survey_place_round_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_survey_place_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_place')),
    sa.UniqueConstraint('code', name=op.f('uq_survey_place_code')),
    sa.UniqueConstraint('round_id', 'unit_id', name=op.f('uq_survey_place_round_id_unit_id'))
    )
    with op.batch_alter_table('survey_place') as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_place_unit_id'), ['unit_id'], unique=False)

    op.create_table('survey_code',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('batch', sa.Integer(), nullable=False),
    sa.Column('is_used', sa.Boolean(), nullable=False),
    sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['survey_place.id'], name=op.f('fk_survey_code_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_code')),
    sa.UniqueConstraint('digest', name=op.f('uq_survey_code_digest'))
    )
    with op.batch_alter_table('survey_code') as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_code_place_id'), ['place_id'], unique=False)

    op.create_table('survey_count',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Enum('link', 'qr', 'staff', 'paper', 'upload', 'tally', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('sheet_count', sa.Integer(), nullable=False),
    sa.Column('excluded_count', sa.Integer(), nullable=False),
    sa.Column('counts', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('sheet_count >= 0 and excluded_count >= 0', name=op.f('ck_survey_count_counts')),
    sa.ForeignKeyConstraint(['place_id'], ['survey_place.id'], name=op.f('fk_survey_count_place_id')),
    sa.PrimaryKeyConstraint('place_id', 'channel', 'answered_on', name=op.f('pk_survey_count'))
    )
    op.create_table('survey_total',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Enum('link', 'qr', 'staff', 'paper', 'upload', 'tally', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('sheet_count', sa.Integer(), nullable=False),
    sa.Column('excluded_count', sa.Integer(), nullable=False),
    sa.Column('counts', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('sheet_count >= 0 and excluded_count >= 0', name=op.f('ck_survey_total_counts')),
    sa.ForeignKeyConstraint(['place_id'], ['survey_place.id'], name=op.f('fk_survey_total_place_id')),
    sa.PrimaryKeyConstraint('place_id', 'channel', name=op.f('pk_survey_total'))
    )
    op.create_table('survey_sheet',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Enum('link', 'qr', 'staff', 'paper', 'upload', 'tally', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('choices', sa.LargeBinary(), nullable=False),
    sa.Column('details', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('suspicion', sa.String(length=60), nullable=False),
    sa.Column('excluded_reason', models.base.Nfc(), nullable=False),
    sa.Column('is_counted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['survey_place.id'], name=op.f('fk_survey_sheet_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_sheet'))
    )
    with op.batch_alter_table('survey_sheet') as batch_op:
        batch_op.create_index('ix_survey_sheet_place_id_answered_on', ['place_id', 'answered_on'], unique=False)
        batch_op.create_index('ix_survey_sheet_suspect', ['place_id'], unique=False, sqlite_where=sa.text("suspicion <> ''"), postgresql_where=sa.text("suspicion <> ''"))
        batch_op.create_index('ix_survey_sheet_uncounted', ['place_id'], unique=False, sqlite_where=sa.text('is_counted = 0'), postgresql_where=sa.text('not is_counted'))

    with op.batch_alter_table('questionnaire', recreate=recreation()) as batch_op:
        batch_op.add_column(sa.Column(
            'status', sa.Enum('draft', 'published', name='status', native_enum=False, create_constraint=True, length=40),
            nullable=False, server_default='published'))
        batch_op.add_column(sa.Column('body', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('published_at', models.base.Utc(timezone=True), nullable=True))
    with op.batch_alter_table('questionnaire') as batch_op:  # the defaults were for the rows that are there
        for name in ('status', 'body', 'revision'):
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table('survey_tally') as batch_op:
        batch_op.add_column(sa.Column('round_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_survey_tally_round_id'), ['round_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_survey_tally_round_id'), 'survey_round', ['round_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('channel'), type_='check')
        batch_op.drop_column('channel')


def downgrade() -> None:
    """Take back."""
    op.execute(f'delete from event where subject_kind in ({NEW_SUBJECTS})')  # noqa: S608  # words of this file
    with op.batch_alter_table('event', recreate=recreation()) as batch_op:
        batch_op.drop_constraint(batch_op.f('subject_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('subject_kind'), f'subject_kind in ({SUBJECTS})')

    op.execute("update indicator set source = 'typed' where source = 'survey_pass'")
    with op.batch_alter_table('indicator', recreate=recreation()) as batch_op:
        batch_op.drop_constraint(batch_op.f('source'), type_='check')
        batch_op.create_check_constraint(batch_op.f('source'), f'source in ({SOURCES})')

    with op.batch_alter_table('survey_tally') as batch_op:
        batch_op.add_column(sa.Column(
            'channel', sa.Enum('paper', name='channel', native_enum=False, create_constraint=True, length=40),
            nullable=False, server_default='paper'))
        batch_op.drop_constraint(batch_op.f('fk_survey_tally_round_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_survey_tally_round_id'))
        batch_op.drop_column('round_id')

    with op.batch_alter_table('questionnaire', recreate=recreation()) as batch_op:
        batch_op.drop_constraint(batch_op.f('status'), type_='check')
        batch_op.drop_column('published_at')
        batch_op.drop_column('revision')
        batch_op.drop_column('body')
        batch_op.drop_column('status')

    with op.batch_alter_table('survey_sheet') as batch_op:
        batch_op.drop_index('ix_survey_sheet_uncounted', sqlite_where=sa.text('is_counted = 0'), postgresql_where=sa.text('not is_counted'))
        batch_op.drop_index('ix_survey_sheet_suspect', sqlite_where=sa.text("suspicion <> ''"), postgresql_where=sa.text("suspicion <> ''"))
        batch_op.drop_index('ix_survey_sheet_place_id_answered_on')

    op.drop_table('survey_sheet')
    op.drop_table('survey_total')
    op.drop_table('survey_count')
    with op.batch_alter_table('survey_code') as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_code_place_id'))

    op.drop_table('survey_code')
    with op.batch_alter_table('survey_place') as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_place_unit_id'))

    op.drop_table('survey_place')
    with op.batch_alter_table('survey_round') as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_round_programme_id'))

    op.drop_table('survey_round')
    op.drop_table('survey_pace_key')
    with op.batch_alter_table('survey_pace') as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_pace_seen_on'))

    op.drop_table('survey_pace')
