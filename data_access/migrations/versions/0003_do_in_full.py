"""Do in full: drafts as typed, questions on single figures, reporting dates, reopenings, deliveries, imports"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _make_drafts()
    _make_calendar()
    _make_records()
    _extend_figures()
    op.add_column(
        "measures", sa.Column("commentary_rule", sa.String(32), nullable=False, server_default="red_or_change")
    )
    for table in ("return_questions", "deliveries", "import_runs"):
        refuse_changes(table)


def _make_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("return_start", sa.Date(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("area_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_drafts_version")),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name=op.f("fk_drafts_area_code")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_drafts_measure_code")),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_drafts_unit_code")),
        sa.PrimaryKeyConstraint(
            "unit_code",
            "return_start",
            "measure_code",
            "area_code",
            "period_start",
            "period_months",
            name=op.f("pk_drafts"),
        ),
    )
    op.create_table(
        "return_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_return_questions_measure_code")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_questions_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_questions")),
        sa.UniqueConstraint(
            "return_id", "version", "measure_code", name=op.f("uq_return_questions_return_id_version_measure_code")
        ),
    )


def _make_calendar() -> None:
    op.create_table(
        "reporting_dates",
        sa.Column("frequency", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("locks_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("opens_on <= due_on AND due_on <= locks_on", name=op.f("ck_reporting_dates_dates")),
        sa.PrimaryKeyConstraint("frequency", "period_start", "period_months", name=op.f("pk_reporting_dates")),
    )
    op.create_table(
        "reopenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=32), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("open_until", sa.Date(), nullable=True),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_reopenings_decision_paired")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_reopenings_two_people")),
        sa.CheckConstraint("(status = 'asked') = (decided_by IS NULL)", name=op.f("ck_reopenings_decided")),
        sa.CheckConstraint("(status = 'granted') = (open_until IS NOT NULL)", name=op.f("ck_reopenings_for_a_time")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_reopenings_measure_code")),
        sa.ForeignKeyConstraint(["unit_code"], ["organisation_units.code"], name=op.f("fk_reopenings_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopenings")),
    )
    op.create_index(op.f("ix_reopenings_unit_code"), "reopenings", ["unit_code"])


def _make_records() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("carried_forward", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(action_id IS NULL) <> (milestone_id IS NULL)", name=op.f("ck_deliveries_one_of_two")),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_deliveries_action_id")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_deliveries_milestone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_action_id"), "deliveries", ["action_id"])
    op.create_index(op.f("ix_deliveries_milestone_id"), "deliveries", ["milestone_id"])
    op.create_table(
        "import_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("rows", "added", "revised", "same", "empty", "refused")
        ),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("returns", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
    )


def _extend_figures() -> None:
    """Adding a column is no change of a figure; the link is spelled as both databases take it with rows there."""
    op.add_column("figures", sa.Column("expected_on", sa.Date(), nullable=True))
    op.add_column("figures", sa.Column("confirmed_checks", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "ALTER TABLE figures ADD COLUMN reopening_id INTEGER"
        " CONSTRAINT fk_figures_reopening_id REFERENCES reopenings (id)"
    )
