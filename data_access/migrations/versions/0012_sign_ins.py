"""Who is signed in at which browser: kept here, so that no cookie says by itself who somebody is"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["people.username"], name=op.f("fk_sign_ins_username")),
        sa.PrimaryKeyConstraint("browser", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_username"), "sign_ins", ["username"])
