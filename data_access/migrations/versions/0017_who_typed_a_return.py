"""Whose hands typed a line of a return, kept after its draft has become a figure; known so far of what is half typed"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "return_hands",
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("return_start", sa.Date(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_return_hands_measure_code")),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_return_hands_unit_code")),
        sa.PrimaryKeyConstraint("unit_code", "return_start", "measure_code", "username", name=op.f("pk_return_hands")),
    )
    op.execute(
        "INSERT INTO return_hands (unit_code, return_start, measure_code, username)"
        " SELECT DISTINCT unit_code, return_start, measure_code, saved_by FROM drafts"
    )
