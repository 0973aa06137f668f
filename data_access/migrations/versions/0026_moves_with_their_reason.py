"""Why a date of an agreed recovery plan was moved, by whom and when; and since when a measure shares a plan"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    # Of those that share one already the day is not known: their path begins with the plan's.
    op.add_column("recovery_shares", sa.Column("joined_on", sa.Date(), nullable=True))
    op.create_table(
        "recovery_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Date(), nullable=True),
        sa.Column("after", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.String(length=80), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(milestone_id IS NULL) <> (action_id IS NULL)", name=op.f("ck_recovery_moves_of_one")),
        sa.ForeignKeyConstraint(["plan_id"], ["recovery_plans.id"], name=op.f("fk_recovery_moves_plan_id")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_recovery_moves_milestone_id")),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_recovery_moves_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_moves")),
    )
    op.create_index(op.f("ix_recovery_moves_plan_id"), "recovery_moves", ["plan_id"])
    refuse_changes("recovery_moves")
