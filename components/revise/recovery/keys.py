"""Names of a recovery plan's boxes: new ones after a change was carried out, so that they are empty again."""

from components.parts import afresh
from cycle.revise.recovery.view import PlanView


def key(view: PlanView, field: str) -> str:
    """The box's name for this plan, as often as it was emptied."""
    return afresh.key(field, about(view))


def about(view: PlanView) -> str:
    """What the plan's boxes are about, by which they are begun afresh."""
    return f"plan{view.plan.id}"
