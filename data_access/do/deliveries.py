"""How actions and milestones stood month by month; append-only, the newest word for a month counts."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from data_access.models import ActionRow, DeliveryRow, MilestoneRow
from performance.do.delivery import Delivery
from performance.ground.periods import Period


def list_deliveries(
    session: Session, *, action_ids: Collection[int] = (), milestone_ids: Collection[int] = (), held: bool = False
) -> dict[str, tuple[Delivery, ...]]:
    """What was said of each, under action-12 or milestone-7: by month, and within a month the newest last.

    Held, nobody else says anything of them until the transaction ends.
    """
    if held:
        session.execute(_rows(ActionRow.id, action_ids)).all()
        session.execute(_rows(MilestoneRow.id, milestone_ids)).all()
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.action_id.in_(action_ids) | DeliveryRow.milestone_id.in_(milestone_ids))
        .order_by(DeliveryRow.period_start, DeliveryRow.id)
    )
    found: dict[str, list[Delivery]] = {}
    for row in session.scalars(query):
        key = f"milestone-{row.milestone_id}" if row.action_id is None else f"action-{row.action_id}"
        found.setdefault(key, []).append(_delivery(row))
    return {key: tuple(said) for key, said in found.items()}


def add_delivery(
    session: Session, *, delivery: Delivery, action_id: int | None = None, milestone_id: int | None = None
) -> None:
    """Keep one more word, on an action or on a milestone."""
    session.add(
        DeliveryRow(
            action_id=action_id,
            milestone_id=milestone_id,
            period_start=delivery.period.start,
            status=delivery.status,
            evidence=delivery.evidence,
            carried_forward=delivery.carried_forward,
            recorded_by=delivery.recorded_by,
            recorded_at=delivery.recorded_at,
        )
    )
    session.flush()


def _rows(column: InstrumentedAttribute[int], ids: Collection[int]) -> Select[int]:
    return select(column).where(column.in_(sorted(ids))).order_by(column).with_for_update()


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=row.id,
        period=Period(start=row.period_start, months=1),
        status=row.status,
        evidence=row.evidence,
        carried_forward=row.carried_forward,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )
