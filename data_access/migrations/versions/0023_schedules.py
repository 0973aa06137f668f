"""Reports that go out by themselves, and what became of each"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("ending", sa.String(length=8), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("whom_kind", sa.String(length=32), nullable=False),
        sa.Column("whom", sa.String(length=80), nullable=False),
        sa.Column("often", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("folder", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("skips_unchanged", sa.Boolean(), nullable=False),
        sa.Column("planned_by", sa.String(length=80), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("way <> 'folder' OR folder <> ''", name=op.f("ck_schedules_folder_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
    )
    op.create_table(
        "report_sends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("said", sa.String(length=64), nullable=False),
        sa.Column("red", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'handing over' OR handed_over_at IS NOT NULL", name=op.f("ck_report_sends_handed_over")
        ),
        sa.CheckConstraint("state <> 'sent' OR settled_at IS NOT NULL", name=op.f("ck_report_sends_sent")),
        sa.ForeignKeyConstraint(["schedule_id"], ["schedules.id"], name=op.f("fk_report_sends_schedule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sends")),
        sa.UniqueConstraint(
            "schedule_id", "occasion", "recipient", name=op.f("uq_report_sends_schedule_id_occasion_recipient")
        ),
    )
    op.create_index(op.f("ix_report_sends_state"), "report_sends", ["state"])
