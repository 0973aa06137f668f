"""Mails to people, one a person and day, and who wants none"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("red", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'handing over' OR handed_over_at IS NOT NULL", name=op.f("ck_mails_handed_over")),
        sa.CheckConstraint("state <> 'sent' OR settled_at IS NOT NULL", name=op.f("ck_mails_sent")),
        sa.ForeignKeyConstraint(["username"], ["people.username"], name=op.f("fk_mails_username")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("username", "day", name=op.f("uq_mails_username_day")),
    )
    op.create_index(op.f("ix_mails_day_state"), "mails", ["day", "state"])
    op.add_column("people", sa.Column("wants_no_mail", sa.Boolean(), nullable=False, server_default=sa.false()))
