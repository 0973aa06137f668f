"""Which service and which month: in the address, so that a link opens the same return."""

from collections.abc import Sequence

import streamlit as st

from cycle.returning import Owed
from cycle.signing_off import Waiting
from performance.periods import Period, PeriodNotUnderstoodError, parse_period


def choose(months: Sequence[Owed]) -> tuple[str, Period]:
    """The unit and month the address names, or the newest that has something left to do."""
    units = list({owed.unit.code: owed.unit for owed in months}.values())
    first = next((owed for owed in months if not owed.is_settled), months[0])
    _explain_stranger({unit.code for unit in units})
    left, right = st.columns(2) if len(units) > 1 else (st.container(), st.container(width=420))
    with left:
        code = units[0].code
        if len(units) > 1:
            code = _pick("Service", {unit.code: unit.name for unit in units}, key="unit", otherwise=first.unit.code)
    own = [owed for owed in months if owed.unit.code == code]
    begin = next((owed for owed in own if not owed.is_settled), own[0])
    with right:
        labels = {owed.period.iso: f"{owed.period.in_words}: {owed.in_words}" for owed in own}
        asked = _asked_period()
        if asked is not None:
            labels.setdefault(asked.iso, asked.in_words)
        period = _pick("Month", labels, key="period", otherwise=(asked or begin.period).iso)
    return code, parse_period(period)


def choose_waiting(waiting: Sequence[Waiting]) -> tuple[str, Period]:
    """The submitted return the address names, or the one that has waited longest."""
    labels = {
        each.stored.reference: f"{each.unit.name}, {each.stored.period.in_words}, from {each.submitted_by}"
        for each in waiting
    }
    unit, asked = st.query_params.get("unit"), _asked_period()
    wanted = next(
        (each.stored for each in waiting if each.stored.unit_code == unit and each.stored.period == asked),
        waiting[0].stored,
    )
    with st.container(width=640):
        chosen = _pick("Return", labels, key="return", otherwise=wanted.reference)
    stored = next(each.stored for each in waiting if each.stored.reference == chosen)
    return stored.unit_code, stored.period


def _pick(label: str, options: dict[str, str], *, key: str, otherwise: str) -> str:
    """A select box that follows the address, and that the address follows: what is shown stays when others act."""
    wanted = st.query_params.get(key, otherwise)
    widget = f"pick-{key}"
    st.session_state[widget] = wanted if wanted in options else otherwise
    chosen: str = st.selectbox(
        label, list(options), format_func=lambda each: options.get(each, each), key=widget,
        on_change=_follow, args=(key,), filter_mode=None,
    )  # fmt: skip
    if st.query_params.get(key) != chosen:
        st.query_params[key] = chosen
    return chosen


def _follow(key: str) -> None:
    st.query_params[key] = st.session_state[f"pick-{key}"]
    if key == "unit":
        st.query_params.pop("period", None)


def _asked_period() -> Period | None:
    """The month in the address, however it is written; None where there is none to read."""
    try:
        period = parse_period(st.query_params.get("period", ""))
    except PeriodNotUnderstoodError:
        return None
    return Period.containing(period.end, months=1)


def _explain_stranger(codes: set[str]) -> None:
    asked = st.query_params.get("unit")
    if asked and asked not in codes:
        st.info("The service in this link is not one you enter figures for. Showing yours.")
