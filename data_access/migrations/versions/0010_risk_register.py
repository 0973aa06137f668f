"""The risk register: three scores, reviews, new and emerging risks, closing, and every change kept"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for column in (
        sa.Column("unit_code", sa.String(length=32), nullable=True),
        sa.Column("inherent_likelihood", sa.Integer(), nullable=True),
        sa.Column("inherent_impact", sa.Integer(), nullable=True),
        sa.Column("target_likelihood", sa.Integer(), nullable=True),
        sa.Column("target_impact", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("is_emerging", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=False, server_default=""),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    ):
        op.add_column("risks", column)
    op.add_column("actions", sa.Column("risk_code", sa.String(length=32), nullable=True))
    op.create_table(
        "risk_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("risk_code", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["risk_code"], ["risks.code"], name=op.f("fk_risk_changes_risk_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_changes")),
        sa.UniqueConstraint("risk_code", "version", name=op.f("uq_risk_changes_risk_code_version")),
    )
    refuse_changes("risk_changes")
