"""An action taken up outside the plan's own pages: it belongs on its measure, its node, or the page of its unit.

There it stands on the return of the service that carries it out, month by month, until it is done.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.plan.tree import latest_action_version, list_nodes, save_action_change
from performance.ground.dated import Recording
from performance.ground.organisation import Action
from performance.ground.people import User
from performance.plan.on_a_page import ActionChange, page_of_unit


def take_up(
    session: Session,
    action: Action,
    *,
    measure_code: str | None,
    node_code: str | None = None,
    unit_code: str,
    reason: str,
    by: User,
) -> int | None:
    """Add the action to the measure, the node, or else the unit's page in the plan. Answers its id; None where there
    is none of them, and nothing is added."""
    today = get_today(session)
    if measure_code is None and node_code is None:
        parents = {unit.code: unit.parent_code for unit in list_units(session, on=today)}
        page = page_of_unit(unit_code, list_nodes(session, on=today), parents)
        if page is None:
            return None
        node_code = page.code
    change = ActionChange(
        action_id=0,
        version=1,
        before=None,
        after=replace(action, id=0, measure_code=measure_code, node_code=None if measure_code else node_code),
        recording=Recording(by=by.username, at=get_now(session), effective_on=today, reason=reason),
    )
    return save_action_change(session, change=change)


def put_right(session: Session, before: Action, after: Action | None, *, reason: str, by: User) -> None:
    """Change an action that was taken up, or take it back where there is to be none."""
    change = ActionChange(
        action_id=before.id,
        version=latest_action_version(session, action_id=before.id) + 1,
        before=before,
        after=after,
        recording=Recording(by=by.username, at=get_now(session), effective_on=get_today(session), reason=reason),
    )
    save_action_change(session, change=change)
