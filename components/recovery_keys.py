"""Names of a recovery plan's boxes: new ones after a change was carried out, so that they are empty again."""

import streamlit as st

from cycle.recovering import PlanView


def key(view: PlanView, field: str) -> str:
    """The box's name for this plan, as often as it was emptied."""
    return f"{field}-{view.plan.id}-{st.session_state.get(f'afresh-{view.plan.id}', 0)}"
