"""Editions for the committees, what was frozen for them, and what is written for their packs."""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee", sa.String(length=120), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("planned_by", sa.String(length=80), nullable=False),
        sa.Column("published_by", sa.String(length=80), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("closes_on <= meets_on", name=op.f("ck_editions_closes_before_it_meets")),
        sa.CheckConstraint(
            "(published_by IS NULL) = (published_at IS NULL)", name=op.f("ck_editions_publishing_paired")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
    )
    of_one = ["committee", "period_start", "period_months"]
    op.create_index(op.f("ix_editions_committee_period"), "editions", of_one, unique=True)
    op.create_table(
        "freezes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(length=80), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("restated", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["before_id"], ["freezes.id"], name=op.f("fk_freezes_before_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_freezes_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freezes")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_freezes_edition_id_number")),
    )
    op.create_table(
        "frozen_lines",
        sa.Column("freeze_id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["freeze_id"], ["freezes.id"], name=op.f("fk_frozen_lines_freeze_id")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_frozen_lines_measure_code")),
        sa.PrimaryKeyConstraint("freeze_id", "measure_code", name=op.f("pk_frozen_lines")),
    )
    op.create_table(
        "edition_words",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=80), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_edition_words_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "place", "measure_code", name=op.f("pk_edition_words")),
    )
    for table in ("freezes", "frozen_lines"):
        refuse_changes(table)
