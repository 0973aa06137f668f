"""What each person has half typed of how actions and milestones stand, until they save it."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import DeliveryDraftRow
from performance.do.delivery import DeliveryAnswer, DeliveryChoice, DeliveryDraft
from performance.ground.periods import Period


def list_delivery_drafts(
    session: Session, *, username: str, unit_code: str, period: Period
) -> dict[str, DeliveryDraft]:
    """The person's own of a unit's month, by the key of the line: action-12."""
    return {row.line_key: _draft(row) for row in session.scalars(_of(username, unit_code, period))}


def save_delivery_draft(
    session: Session, *, username: str, unit_code: str, period: Period, draft: DeliveryDraft
) -> None:
    """Keep a line as typed, in place of what the same person typed before; the same again changes nothing.

    `seen` stays that of the first word typed, so that what was said of the line meanwhile is still noticed.
    """
    of_line = _of(username, unit_code, period).where(DeliveryDraftRow.line_key == draft.answer.key)
    row = session.scalar(of_line.with_for_update())
    if row is None:
        try:
            with session.begin_nested():
                session.add(_row(username, unit_code, period, draft))
            return
        except IntegrityError:  # typed in another window this very moment
            row = session.scalars(of_line.with_for_update()).one()
    stored = _draft(row).answer
    typed = replace(draft.answer, seen=stored.seen)
    if typed != stored:
        row.answer, row.saved_at = _as_json(typed), draft.saved_at
    session.flush()


def remove_delivery_drafts(
    session: Session, *, username: str, unit_code: str, period: Period, keys: Collection[str]
) -> None:
    """Forget what the person had half typed of those lines."""
    session.execute(
        delete(DeliveryDraftRow).where(
            DeliveryDraftRow.username == username,
            DeliveryDraftRow.unit_code == unit_code,
            DeliveryDraftRow.period_start == period.start,
            DeliveryDraftRow.line_key.in_(keys),
        )
    )


def _of(username: str, unit_code: str, period: Period) -> Select[DeliveryDraftRow]:
    return (
        select(DeliveryDraftRow)
        .where(
            DeliveryDraftRow.username == username,
            DeliveryDraftRow.unit_code == unit_code,
            DeliveryDraftRow.period_start == period.start,
        )
        .execution_options(populate_existing=True)
    )


def _row(username: str, unit_code: str, period: Period, draft: DeliveryDraft) -> DeliveryDraftRow:
    return DeliveryDraftRow(
        username=username,
        unit_code=unit_code,
        period_start=period.start,
        line_key=draft.answer.key,
        answer=_as_json(draft.answer),
        saved_at=draft.saved_at,
    )


def _as_json(answer: DeliveryAnswer) -> dict[str, str]:
    return {"choice": answer.choice.value, "evidence": answer.evidence, "seen": answer.seen}


def _draft(row: DeliveryDraftRow) -> DeliveryDraft:
    answer = DeliveryAnswer(
        key=row.line_key,
        choice=DeliveryChoice(row.answer["choice"]),
        evidence=row.answer["evidence"],
        seen=row.answer["seen"],
    )
    return DeliveryDraft(answer=answer, saved_at=row.saved_at)
