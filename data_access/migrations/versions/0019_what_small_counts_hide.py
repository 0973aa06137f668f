"""Which figures small counts of people hide, decided as figures are written and kept beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "disclosures",
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_disclosures_measure_code")),
        sa.PrimaryKeyConstraint("measure_code", name=op.f("pk_disclosures")),
    )
    op.create_table(
        "hidden_figures",
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("area_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_hidden_figures_measure_code")),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_hidden_figures_area_code")),
        sa.PrimaryKeyConstraint(
            "measure_code", "area_code", "period_start", "period_months", name=op.f("pk_hidden_figures")
        ),
    )
