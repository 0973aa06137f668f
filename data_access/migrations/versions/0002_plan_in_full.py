"""Plan in full: dated changes of the register and the plan, drafts of a new year, people's own threads"""

import sqlalchemy as sa
from alembic import op

from data_access.migrations.append_only import refuse_changes

revision = "0002"
down_revision = "0001"

# To the last digit: SQLite would make a double of a number.
EXACT = sa.Numeric().with_variant(sa.Text(), "sqlite")
TEXTS = {
    "plan_nodes": ("evidence", "lessons"),
    "measures": ("collection_method", "rationale", "formula", "quality_notes", "target_basis"),
}


def upgrade() -> None:
    for table, columns in TEXTS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
    op.add_column("plan_nodes", sa.Column("reviewed_on", sa.Date(), nullable=True))
    op.add_column("targets", sa.Column("tolerance", EXACT, nullable=True))
    op.add_column("targets", sa.Column("tolerance_kind", sa.String(32), nullable=True))
    _add_link("measures", "replaces", "VARCHAR(32)", "measures", "code")
    _add_link("people", "manager", "VARCHAR(80)", "people", "username")
    op.add_column("actions", sa.Column("removed_on", sa.Date(), nullable=True))
    _make_changes()
    _make_action_changes()
    _make_targets_and_uses()
    _make_refreshes()
    _make_threads()


def _add_link(table: str, column: str, type_: str, other: str, key: str) -> None:
    """A column that points at another row, in the one spelling both databases accept for a table with rows in it."""
    name = f"fk_{table}_{column}"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {type_} CONSTRAINT {name} REFERENCES {other} ({key})")


def _make_changes() -> None:
    op.create_table(
        "register_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=32), nullable=True),
        sa.Column("node_code", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(measure_code IS NULL) <> (node_code IS NULL)", name=op.f("ck_register_changes_one_noun")),
        sa.CheckConstraint("version >= 2", name=op.f("ck_register_changes_version")),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_register_changes_measure_code")),
        sa.ForeignKeyConstraint(["node_code"], ["plan_nodes.code"], name=op.f("fk_register_changes_node_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_changes")),
        sa.UniqueConstraint(
            "measure_code", "version", "field", name=op.f("uq_register_changes_measure_code_version_field")
        ),
        sa.UniqueConstraint("node_code", "version", "field", name=op.f("uq_register_changes_node_code_version_field")),
    )
    refuse_changes("register_changes")


def _make_action_changes() -> None:
    op.create_table(
        "action_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_action_changes_version")),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_changes_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_changes")),
        sa.UniqueConstraint("action_id", "version", name=op.f("uq_action_changes_action_id_version")),
    )
    refuse_changes("action_changes")


def _make_targets_and_uses() -> None:
    op.create_table(
        "target_parts",
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("number", EXACT, nullable=False),
        sa.ForeignKeyConstraint(["target_id"], ["targets.id"], name=op.f("fk_target_parts_target_id")),
        sa.PrimaryKeyConstraint("target_id", "period_start", name=op.f("pk_target_parts")),
    )
    op.create_table(
        "measure_uses",
        sa.Column("measure_code", sa.String(length=32), nullable=False),
        sa.Column("use", sa.String(length=32), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["measure_code"], ["measures.code"], name=op.f("fk_measure_uses_measure_code")),
        sa.PrimaryKeyConstraint("measure_code", "use", "used_on", name=op.f("pk_measure_uses")),
    )


def _make_refreshes() -> None:
    op.create_table(
        "plan_refreshes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("opened_by", sa.String(length=80), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_plan_refreshes_decision_paired")
        ),
        sa.CheckConstraint("state = 'draft' OR decided_by IS NOT NULL", name=op.f("ck_plan_refreshes_decided")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_refreshes")),
    )
    is_draft = sa.text("state = 'draft'")
    op.create_index(
        "one_draft_a_day",
        "plan_refreshes",
        ["starts_on"],
        unique=True,
        sqlite_where=is_draft,
        postgresql_where=is_draft,
    )
    op.create_table(
        "plan_refresh_lines",
        sa.Column("refresh_id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.String(length=80), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["refresh_id"], ["plan_refreshes.id"], name=op.f("fk_plan_refresh_lines_refresh_id")),
        sa.PrimaryKeyConstraint("refresh_id", "noun", "code", name=op.f("pk_plan_refresh_lines")),
    )


def _make_threads() -> None:
    op.create_table(
        "personal_threads",
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("node_code", sa.String(length=32), nullable=False),
        sa.Column("chosen_by", sa.String(length=80), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["node_code"], ["plan_nodes.code"], name=op.f("fk_personal_threads_node_code")),
        sa.ForeignKeyConstraint(["username"], ["people.username"], name=op.f("fk_personal_threads_username")),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_personal_threads")),
    )
    op.create_table(
        "own_objectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["username"], ["people.username"], name=op.f("fk_own_objectives_username")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_objectives")),
    )
    op.create_index(op.f("ix_own_objectives_username"), "own_objectives", ["username"])
