"""What is half typed of how actions stand, kept until it is saved"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "delivery_drafts",
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("line_key", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_delivery_drafts_unit_code")),
        sa.PrimaryKeyConstraint("username", "unit_code", "period_start", "line_key", name=op.f("pk_delivery_drafts")),
    )
