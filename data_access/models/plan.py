"""Plan: the golden thread, measures and how they changed, targets."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import NO_LATER_THAN_END, Base, Code
from data_access.store.column_types import Line, OneOf
from performance.ground.figures import Profile, TargetState
from performance.ground.measures import (
    Accumulation,
    CommentaryRule,
    ContentKind,
    Perspective,
    Polarity,
    ToleranceKind,
    Use,
)
from performance.ground.organisation import NodeKind
from performance.ground.periods import Frequency, YearBasis


class PlanNodeRow(Base):
    __tablename__ = "plan_nodes"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"),)

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    title: Mapped[str]
    kind: Mapped[NodeKind] = mapped_column(OneOf(NodeKind))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("organisation_units.code"))
    owner_role: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    lessons: Mapped[str] = mapped_column(default="")
    reviewed_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class MeasureRow(Base):
    __tablename__ = "measures"
    __table_args__ = (
        CheckConstraint("decimals BETWEEN 0 AND 6", name="decimals"),
        CheckConstraint("lag_days >= 0", name="lag"),
        CheckConstraint("cycle_months >= 12", name="cycle"),
    )

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    title: Mapped[str]
    unit: Mapped[str]
    polarity: Mapped[Polarity] = mapped_column(OneOf(Polarity))
    accumulation: Mapped[Accumulation] = mapped_column(OneOf(Accumulation))
    frequency: Mapped[Frequency] = mapped_column(OneOf(Frequency))
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"), index=True)
    objective_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"), index=True)
    multiplier: Mapped[Decimal] = mapped_column(default=Decimal(1))
    decimals: Mapped[int] = mapped_column(default=0)
    definition: Mapped[str] = mapped_column(default="")
    numerator_definition: Mapped[str] = mapped_column(default="")
    denominator_definition: Mapped[str] = mapped_column(default="")
    polarity_note: Mapped[str] = mapped_column(default="")
    is_share: Mapped[bool] = mapped_column(default=False)
    may_be_negative: Mapped[bool] = mapped_column(default=False)
    year_basis: Mapped[YearBasis] = mapped_column(OneOf(YearBasis), default=YearBasis.FINANCIAL)
    cycle_months: Mapped[int] = mapped_column(default=12)
    content_kind: Mapped[ContentKind] = mapped_column(OneOf(ContentKind), default=ContentKind.LOCAL)
    perspective: Mapped[Perspective] = mapped_column(OneOf(Perspective), default=Perspective.CUSTOMER)
    owner_role: Mapped[str] = mapped_column(default="")
    tolerance: Mapped[Decimal | None]
    tolerance_kind: Mapped[ToleranceKind] = mapped_column(OneOf(ToleranceKind), default=ToleranceKind.PERCENT)
    counts_people: Mapped[bool] = mapped_column(default=False)
    seasonal: Mapped[bool] = mapped_column(default=False)
    meaningful_change: Mapped[Decimal | None]
    lag_days: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(default="")
    collection_method: Mapped[str] = mapped_column(default="")
    rationale: Mapped[str] = mapped_column(default="")
    formula: Mapped[str] = mapped_column(default="")
    quality_notes: Mapped[str] = mapped_column(default="")
    target_basis: Mapped[str] = mapped_column(default="")
    methodology: Mapped[str] = mapped_column(default="")
    methodology_reviewed_on: Mapped[date | None]
    statutory_reference: Mapped[str] = mapped_column(default="")
    comparator_group: Mapped[str] = mapped_column(default="")
    no_target_reason: Mapped[str] = mapped_column(default="")
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    replaces: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    median_of: Mapped[str | None] = mapped_column(Line(32))
    commentary_rule: Mapped[CommentaryRule] = mapped_column(OneOf(CommentaryRule), default=CommentaryRule.RED_OR_CHANGE)
    illustrative: Mapped[bool] = mapped_column(default=False)


class SeriesBreakRow(Base):
    __tablename__ = "series_breaks"

    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    on: Mapped[date] = mapped_column("break_on", primary_key=True)
    reason: Mapped[str]


class RegisterChangeRow(Base):
    """One field of a measure or of a node of the plan as it changed; append-only. Values are JSON."""

    __tablename__ = "register_changes"
    __table_args__ = (
        CheckConstraint("(measure_code IS NULL) <> (node_code IS NULL)", name="one_noun"),
        CheckConstraint("version >= 2", name="version"),
        UniqueConstraint("measure_code", "version", "field"),
        UniqueConstraint("node_code", "version", "field"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    node_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"))
    version: Mapped[int]
    field: Mapped[str] = mapped_column(Line(40))
    before: Mapped[str]
    after: Mapped[str]
    effective_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(Line(80))
    recorded_at: Mapped[datetime]


class MeasureUseRow(Base):
    """That a measure was opened, or taken into a report, on a day: what nobody uses can be culled."""

    __tablename__ = "measure_uses"

    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    use: Mapped[Use] = mapped_column(OneOf(Use), primary_key=True)
    on: Mapped[date] = mapped_column("used_on", primary_key=True)


class TargetRow(Base):
    """A target as proposed; the newest agreed revision in force rules. Wording never changes after agreement."""

    __tablename__ = "targets"
    __table_args__ = (
        UniqueConstraint("measure_code", "area_code", "period_start", "period_months", "revision"),
        CheckConstraint("(number IS NULL) <> (lower IS NULL)", name="number_or_range"),
        CheckConstraint("(lower IS NULL) = (upper IS NULL)", name="both_bounds"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_paired"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by OR imported", name="two_people"),
        CheckConstraint("state IN ('draft', 'proposed') OR decided_by IS NOT NULL", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"))
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    revision: Mapped[int]
    number: Mapped[Decimal | None]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    profile: Mapped[Profile | None] = mapped_column(OneOf(Profile))
    tolerance: Mapped[Decimal | None]
    tolerance_kind: Mapped[ToleranceKind | None] = mapped_column(OneOf(ToleranceKind))
    state: Mapped[TargetState] = mapped_column(OneOf(TargetState))
    effective_from: Mapped[date]
    rationale: Mapped[str] = mapped_column(default="")
    baseline: Mapped[str] = mapped_column(default="")
    benchmark: Mapped[str] = mapped_column(default="")
    imported: Mapped[bool] = mapped_column(default=False)
    proposed_by: Mapped[str] = mapped_column(Line(80))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Line(80))
    decided_at: Mapped[datetime | None]


class TargetPartRow(Base):
    """What a target set by hand asks of each of the measure's own periods; the parts reconcile to it."""

    __tablename__ = "target_parts"

    target_id: Mapped[int] = mapped_column(ForeignKey("targets.id"), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    period_months: Mapped[int]
    number: Mapped[Decimal]
