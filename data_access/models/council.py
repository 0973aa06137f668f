"""The council: areas and their boundaries, organisation units, people and their roles."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import NO_LATER_THAN_END, Base, Code
from data_access.store.column_types import Line, OneOf
from performance.ground.organisation import AreaKind, UnitKind
from performance.ground.people import Role


class AreaRow(Base):
    __tablename__ = "areas"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"),)

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    name: Mapped[str]
    kind: Mapped[AreaKind] = mapped_column(OneOf(AreaKind))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    aliases: Mapped[str] = mapped_column(default="")


class BoundaryEditionRow(Base):
    __tablename__ = "boundary_editions"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="dates"),)

    name: Mapped[str] = mapped_column(Line(80), primary_key=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    drawn_by_us: Mapped[bool] = mapped_column(default=False)


class BoundaryRow(Base):
    __tablename__ = "boundaries"

    edition_name: Mapped[str] = mapped_column(ForeignKey("boundary_editions.name"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    geometry: Mapped[dict[str, Any]]


class ComparatorMembershipRow(Base):
    __tablename__ = "comparator_memberships"
    __table_args__ = (UniqueConstraint("group_name", "area_code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_name: Mapped[str] = mapped_column(Line(80))
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    rank: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitRow(Base):
    __tablename__ = "organisation_units"

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    kind: Mapped[UnitKind] = mapped_column(OneOf(UnitKind))


class UnitPlacementRow(Base):
    """Where a unit stands, what it is called and who owns it, between two dates: a service may move."""

    __tablename__ = "unit_placements"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"), UniqueConstraint("unit_code", "valid_from"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"))
    name: Mapped[str]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("organisation_units.code"))
    owner_role: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class PersonRow(Base):
    __tablename__ = "people"

    username: Mapped[str] = mapped_column(Line(80), primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    one_time_since: Mapped[datetime | None]
    session_epoch: Mapped[int] = mapped_column(default=0)
    manager: Mapped[str | None] = mapped_column(ForeignKey("people.username"))
    disabled_at: Mapped[datetime | None]
    ward_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    wants_no_mail: Mapped[bool] = mapped_column(default=False)
    closed_tour: Mapped[bool] = mapped_column(default=False)


class RoleHoldingRow(Base):
    __tablename__ = "role_holdings"
    __table_args__ = (CheckConstraint(NO_LATER_THAN_END, name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("people.username"), index=True)
    role: Mapped[Role] = mapped_column(OneOf(Role))
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class SignInAttemptRow(Base):
    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(Line(80))
    address: Mapped[str] = mapped_column(Line(64))
    at: Mapped[datetime]
    succeeded: Mapped[bool]
    browser: Mapped[str | None] = mapped_column(Line(64))


class SignInRow(Base):
    """Someone who is signed in at a browser: by what names the browser, of which only a digest is kept."""

    __tablename__ = "sign_ins"

    browser: Mapped[str] = mapped_column(Line(64), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("people.username"), index=True)
    session_epoch: Mapped[int]
    until: Mapped[datetime]
