"""The ward that a councillor reads first; what services say of their own data, once a year"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE people ADD COLUMN ward_code VARCHAR(32) CONSTRAINT fk_people_ward_code REFERENCES areas (code)"
    )
    op.create_table(
        "self_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("year_start", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("assessed_by", sa.String(length=80), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_self_assessments_measure_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessments")),
        sa.UniqueConstraint(
            "measure_code", "year_start", "version", name=op.f("uq_self_assessments_measure_code_year_start_version")
        ),
    )
    refuse_changes("self_assessments")
