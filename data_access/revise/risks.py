"""The risk register: each risk as it stands, and every change of it whole, before and after."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data_access.models import RiskChangeRow, RiskRow, UnitRow
from data_access.plan.changes import encode
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.ground.dated import Recording
from performance.ground.organisation import Risk
from performance.revise.risks import RiskEntry, Score, score_of

_WORDS = tuple(each.name for each in fields(Risk))
_KEPT = ("unit_code", "opened_on", "reviewed_on", "is_emerging", "closed_on", "closed_because")
_DAYS = ("opened_on", "reviewed_on", "closed_on")


class RiskNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such risk. Choose one from the register.")


class StaleRiskError(Exception):
    """The risk is no longer at the version the change was based on."""


@dataclass(frozen=True, kw_only=True)
class RiskChange:
    """One version of a risk: what it was (nothing, where it was added) and is."""

    version: int
    before: RiskEntry | None
    after: RiskEntry
    recording: Recording


def list_risks(session: Session) -> list[Risk]:
    """Every risk in the words and with the score of the setup sheet, by code; closed ones too, so that a sheet read
    again brings none of them back."""
    return [_words(row) for row in session.scalars(select(RiskRow).order_by(by_code(RiskRow.code)))]


def list_entries(session: Session) -> list[RiskEntry]:
    """Every risk of the register, the closed ones included, by code."""
    return [_entry(row) for row in session.scalars(select(RiskRow).order_by(by_code(RiskRow.code)))]


def get_entry(session: Session, *, code: str) -> RiskEntry:
    """Raises RiskNotFoundError."""
    row = session.get(RiskRow, code)
    if row is None:
        raise RiskNotFoundError
    return _entry(row)


def find_entry(session: Session, *, code: str) -> RiskEntry | None:
    row = session.get(RiskRow, code)
    return None if row is None else _entry(row)


def add_entry(session: Session, *, entry: RiskEntry, recording: Recording) -> None:
    """Put a risk on the register, with its first version."""
    session.add(RiskRow(**_values(entry), version=1))
    session.flush()
    _keep(session, None, replace(entry, version=1), recording)


def hold_register(session: Session) -> None:
    """Until the transaction ends nobody else takes a code: of two who put risks on the register, one waits."""
    session.execute(select(UnitRow.code).order_by(by_code(UnitRow.code)).limit(1).with_for_update())


def save_entry(session: Session, *, before: RiskEntry, after: RiskEntry, recording: Recording) -> None:
    """Put what it becomes in place of what it was, one version on. Raises StaleRiskError."""
    found = session.execute(
        update(RiskRow)
        .where(RiskRow.code == before.code, RiskRow.version == before.version)
        .values(_values(after) | {"version": before.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(RiskRow.code)
    ).all()
    if not found:
        raise StaleRiskError
    _keep(session, before, replace(after, version=before.version + 1), recording)


def save_risks(session: Session, *, risks: Iterable[Risk], recording: Recording) -> None:
    """Risks as a setup sheet words and scores them; what the register keeps beside these stays."""
    for risk in risks:
        before = find_entry(session, code=risk.code)
        if before is None:
            # Nobody knows how long a council has had what it brings along: that is not new, and has no history.
            session.add(RiskRow(**_values(RiskEntry(risk=risk)), version=1))
            session.flush()
        elif before.risk != risk:
            save_entry(session, before=before, after=replace(before, risk=risk), recording=recording)


def list_risk_changes(session: Session, *, codes: Collection[str] | None = None) -> dict[str, list[RiskChange]]:
    """By risk, every change, the oldest first."""
    query = select(RiskChangeRow).order_by(by_code(RiskChangeRow.risk_code), RiskChangeRow.version)
    if codes is not None:
        query = query.where(RiskChangeRow.risk_code.in_(codes))
    found: dict[str, list[RiskChange]] = {}
    for row in session.scalars(query):
        after = _kept(row.after, row.version)
        if after is not None:
            change = RiskChange(
                version=row.version, before=_kept(row.before, row.version - 1), after=after, recording=_recording(row)
            )
            found.setdefault(row.risk_code, []).append(change)
    return found


def _keep(session: Session, before: RiskEntry | None, after: RiskEntry, recording: Recording) -> None:
    session.add(
        RiskChangeRow(
            risk_code=after.code,
            version=after.version,
            before=encode(_plain(before)),
            after=encode(_plain(after)),
            effective_on=recording.effective_on,
            reason=recording.reason,
            recorded_by=recording.by,
            recorded_at=recording.at,
        )
    )
    session.flush()


def _recording(row: RiskChangeRow) -> Recording:
    return Recording(by=row.recorded_by, at=row.recorded_at, effective_on=row.effective_on, reason=row.reason)


def _values(entry: RiskEntry) -> dict[str, Any]:
    words = {name: getattr(entry.risk, name) for name in _WORDS}
    kept = {name: getattr(entry, name) for name in _KEPT}
    return words | kept | _scores("inherent", entry.inherent) | _scores("target", entry.target)


def _scores(name: str, score: Score | None) -> dict[str, int | None]:
    return {
        f"{name}_likelihood": score.likelihood if score else None,
        f"{name}_impact": score.impact if score else None,
    }


def _plain(entry: RiskEntry | None) -> dict[str, Any]:
    """As JSON keeps it: days as text."""
    if entry is None:
        return {}
    values = _values(entry)
    return values | {name: values[name].isoformat() if values[name] else None for name in _DAYS}


def _kept(text: str, version: int) -> RiskEntry | None:
    values = json.loads(text)
    if not values:
        return None
    values |= {name: date.fromisoformat(values[name]) if values[name] else None for name in _DAYS}
    return _from_values(values, version)


def _entry(row: RiskRow) -> RiskEntry:
    scores = tuple(f"{name}_{part}" for name in ("inherent", "target") for part in ("likelihood", "impact"))
    return _from_values({name: getattr(row, name) for name in (*_WORDS, *_KEPT, *scores)}, row.version)


def _from_values(values: dict[str, Any], version: int) -> RiskEntry:
    return RiskEntry(
        risk=Risk(**{name: values[name] for name in _WORDS}),
        inherent=score_of(values["inherent_likelihood"], values["inherent_impact"]),
        target=score_of(values["target_likelihood"], values["target_impact"]),
        version=version,
        **{name: values[name] for name in _KEPT},
    )


def _words(row: RiskRow) -> Risk:
    return Risk(**{name: getattr(row, name) for name in _WORDS})
