"""A past for the demonstration: how its risks came onto the register and moved, from the text of seeds/story."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time

from sqlalchemy import delete
from sqlalchemy.orm import Session

from data_access.models import RiskRow
from data_access.revise import risks
from data_access.story.told import Rows
from performance.ground.dated import Recording
from performance.ground.organisation import Risk
from performance.revise.risks import RiskEntry, Score, score_of


def add_risk_history(session: Session, *, rows: Rows) -> None:
    """Each risk from the day it was put on the register, one version a row; words come with the setup or the row."""
    known = {entry.code: entry for entry in risks.list_entries(session)}
    for row in rows:
        code, recording = row["risk_code"], _recording(row)
        before = known.get(code)
        if row["reason"] != "Put on the register" and before is not None:
            after = _after(before, row)
            risks.save_entry(session, before=before, after=after, recording=recording)
        else:
            after = replace(_after(before or RiskEntry(risk=_risk(row)), row), opened_on=recording.effective_on)
            # What the setup brought is put on again, from the day it has a history.
            session.execute(delete(RiskRow).where(RiskRow.code == code))
            risks.add_entry(session, entry=after, recording=recording)
        known[code] = risks.get_entry(session, code=code)


def _after(before: RiskEntry, row: Mapping[str, str]) -> RiskEntry:
    likelihood, impact = (int(row[name]) if row[name] else None for name in ("likelihood", "impact"))
    day = date.fromisoformat(row["on"])
    scored = score_of(likelihood, impact)
    return replace(
        before,
        risk=replace(before.risk, likelihood=likelihood, impact=impact),
        inherent=_score(row["inherent"]),
        target=_score(row["target"]),
        unit_code=row["unit_code"] or before.unit_code,
        is_emerging=row["emerging"] == "yes",
        reviewed_on=day if scored else None,
        closed_on=day if row["closed"] else None,
        closed_because=row["reason"] if row["closed"] else "",
    )


def _risk(row: Mapping[str, str]) -> Risk:
    return Risk(
        code=row["risk_code"],
        title=row["title"],
        cause=row["cause"],
        event=row["event"],
        effect=row["effect"],
        owner_role=row["owner_role"],
        measure_code=row["measure_code"] or None,
        mitigation=row["mitigation"],
    )


def _score(text: str) -> Score | None:
    """From likelihood x impact: 4x5."""
    if not text:
        return None
    likelihood, _, impact = text.partition("x")
    return Score(likelihood=int(likelihood), impact=int(impact))


def _recording(row: Mapping[str, str]) -> Recording:
    day = date.fromisoformat(row["on"])
    at = datetime.combine(day, time(10), UTC)
    return Recording(by=row["by"], at=at, effective_on=day, reason=row["reason"])
