"""Who to remind of what is missing: by service, with the role that owns it, as a text to send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.review.quality.doubts import may_read_names
from data_access.council.people import list_people
from data_access.council.units import list_units
from performance.ground.people import Role, User
from performance.ground.periods import day_in_words
from performance.ground.reading_order import as_read
from performance.review.quality.received import DueFigure


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A figure that is missing, and for how many days."""

    figure: DueFigure
    days: int

    @property
    def in_words(self) -> str:
        since = day_in_words(self.figure.measure.due_on(self.figure.period))
        late = f"{self.days} day{'' if self.days == 1 else 's'}"
        return f"{self.figure.measure.title}, {self.figure.period.in_words}: due by {since}, {late} ago"


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """What a service owes, longest first, and whom to ask: the role, and the names of those the reader may know."""

    unit_code: str
    unit_name: str
    role: str
    people: tuple[str, ...]
    missing: tuple[Missing, ...]

    @property
    def whom(self) -> str:
        return ", ".join([self.role, *self.people]) if self.role else ", ".join(self.people)

    @property
    def text(self) -> str:
        """The reminder as it can be sent."""
        many = "this figure has" if len(self.missing) == 1 else f"these {len(self.missing)} figures have"
        lines = "\n".join(f"- {each.in_words}" for each in self.missing)
        return (
            f"To: {self.whom or self.unit_name}\nSubject: Figures missing from {self.unit_name}\n\n"
            f"The due date of {many} passed:\n{lines}\n\n"
            "Please enter them on My return, or say there why there is no figure and when it will come. "
            "What is locked already is opened again by the BI team."
        )


def reminders_of(session: Session, missing: Sequence[DueFigure], *, today: date, by: User) -> tuple[Reminder, ...]:
    """A reminder for each service that owes something, those who owe most first."""
    units = {unit.code: unit for unit in list_units(session, on=today)}
    owed: dict[str, list[Missing]] = {}
    for figure in missing:
        days = (today - figure.measure.due_on(figure.period)).days
        owed.setdefault(figure.measure.unit_code, []).append(Missing(figure=figure, days=days))
    holders = _managers(session, today)
    found = []
    for code, lines in owed.items():
        roles = list(dict.fromkeys(each.figure.measure.owner_role for each in lines if each.figure.measure.owner_role))
        unit = units.get(code)
        found.append(
            Reminder(
                unit_code=code,
                unit_name=unit.name if unit else code,
                role=", ".join(roles) or (unit.owner_role if unit else ""),
                people=tuple(holders.get(code, ())) if may_read_names(by, code) else (),
                missing=tuple(sorted(lines, key=lambda each: (-each.days, as_read(each.figure.measure.title)))),
            )
        )
    return tuple(sorted(found, key=lambda each: (-len(each.missing), as_read(each.unit_name))))


def _managers(session: Session, today: date) -> dict[str, list[str]]:
    """Who enters each unit's figures, by name: its service managers."""
    held: dict[str, list[str]] = {}
    for person in list_people(session, on=today):
        for role in () if person.is_disabled else person.roles:
            name, _, code = role.partition("@")
            if name == Role.SERVICE_MANAGER.value:
                held.setdefault(code, []).append(person.name)
    return held
