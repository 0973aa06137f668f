"""The risk register, and every change of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base, Code
from data_access.store.column_types import Line


class RiskRow(Base):
    """A risk as it stands. Likelihood and impact are those of now; beside them what they were before anything was done,
    and what is aimed at."""

    __tablename__ = "risks"
    __table_args__ = (
        CheckConstraint("likelihood IS NULL OR likelihood BETWEEN 1 AND 5", name="likelihood"),
        CheckConstraint("impact IS NULL OR impact BETWEEN 1 AND 5", name="impact"),
    )

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    title: Mapped[str]
    cause: Mapped[str] = mapped_column(default="")
    event: Mapped[str] = mapped_column(default="")
    effect: Mapped[str] = mapped_column(default="")
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    owner_role: Mapped[str] = mapped_column(default="")
    node_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"))
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    mitigation: Mapped[str] = mapped_column(default="")
    unit_code: Mapped[str | None] = mapped_column(Code)
    inherent_likelihood: Mapped[int | None]
    inherent_impact: Mapped[int | None]
    target_likelihood: Mapped[int | None]
    target_impact: Mapped[int | None]
    opened_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    is_emerging: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    closed_because: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)


class RiskChangeRow(Base):
    """A risk as it changed, whole, before and after; append-only. Risks are JSON."""

    __tablename__ = "risk_changes"
    __table_args__ = (UniqueConstraint("risk_code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    risk_code: Mapped[str] = mapped_column(ForeignKey("risks.code"))
    version: Mapped[int]
    before: Mapped[str]
    after: Mapped[str]
    effective_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(Line(80))
    recorded_at: Mapped[datetime]
