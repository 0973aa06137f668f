"""Which service and which month: in the address, so that a link opens the same return, and never another."""

from collections.abc import Sequence

import streamlit as st

from components.frame import address, navigation
from components.parts.markup import plain
from cycle.do.return_view import Owed
from cycle.do.signing_off import Waiting
from performance.ground.periods import Period, PeriodNotUnderstoodError, parse_period

_DECIDED = "sign_off_decided"
_NOT_YOURS = "The return that this link names does not wait for your sign-off: there is none, or it is someone else's."


def choose(months: Sequence[Owed]) -> tuple[str, Period]:
    """The unit and month the address names, or the newest with something left to do. Raises NothingThereError."""
    units = {owed.unit.code: owed.unit.name for owed in months}
    first = next((owed for owed in months if owed.is_open), months[0])
    asked_unit = address.one_of(units, name="unit", label="Service")
    asked = _asked_period()
    left, right = st.columns(2) if len(units) > 1 else (st.container(), st.container(width=420))
    with left:
        code = next(iter(units))
        if len(units) > 1:
            code = _pick("Service", units, key="unit", shown=asked_unit or first.unit.code)
    own = [owed for owed in months if owed.unit.code == code]
    begin = next((owed for owed in own if owed.is_open), own[0])
    with right:
        labels = {owed.period.iso: f"{owed.period.in_words}: {owed.in_words}" for owed in own}
        if asked is not None:
            labels.setdefault(asked.iso, asked.in_words)
        period = _pick("Month", labels, key="period", shown=(asked or begin.period).iso)
    return code, parse_period(period)


def named_elsewhere(waiting: Sequence[Waiting]) -> tuple[str, Period] | None:
    """The return that a link names and that does not wait here; None where it names none, or one that does.

    Raises NothingThereError for what is no return's reference.
    """
    named = _of_reference() if address.read("return") else _of_unit()
    if named is None:
        return None
    waits = any((each.stored.unit_code, each.stored.period) == named for each in waiting)
    return None if waits else named


def refuse_link() -> None:
    """The link names a return that is not this person's. Raises NothingThereError."""
    address.refuse(_NOT_YOURS, "return", "unit", "period")
    # The page itself had named it, and it is theirs no longer: what waits instead is drawn from an empty address.
    st.rerun()


def rest() -> None:
    """After a decision the page offers what else waits, and does not put the next one's buttons in the same place."""
    st.session_state[_DECIDED] = True
    address.keep("return", "")
    st.rerun()


def choose_waiting(waiting: Sequence[Waiting]) -> tuple[str, Period] | None:
    """The submitted return the address names, or the one that has waited longest; None where none is to be opened.

    Raises NothingThereError.
    """
    if not waiting:
        st.info("Nothing waits for your sign-off. You see a return here as soon as a service submits it.")
        return None
    if st.session_state.pop(_DECIDED, False):
        _offer(waiting)
        return None
    stored = {each.stored.reference: each.stored for each in waiting}
    labels = {
        each.stored.reference: f"{each.unit.name}, {each.stored.period.in_words}, from {each.submitted_by}"
        for each in waiting
    }
    shown = address.one_of(stored, name="return", label="Return") or _linked(waiting)
    with st.container(width=640):
        chosen = _pick("Return", labels, key="return", shown=shown or next(iter(stored)))
    # Named once: when it is signed off, the link is done with, and no link to something settled.
    address.note("unit", "")
    address.note("period", "")
    return stored[chosen].unit_code, stored[chosen].period


def _offer(waiting: Sequence[Waiting]) -> None:
    """What waits, each a link to it."""
    st.write("What else waits for your sign-off:")
    for each in waiting:
        label = f"{each.unit.name}, {each.stored.period.in_words}, from {each.submitted_by}"
        file = navigation.find_entry("Sign-off").file
        st.page_link(file, label=plain(label), query_params={"return": each.stored.reference})


def _linked(waiting: Sequence[Waiting]) -> str:
    """The reference of the return that a link names by its unit and month; empty where it names none."""
    unit, asked = address.read("unit"), _asked_period()
    if not unit and asked is None:
        return ""
    found = [each.stored for each in waiting if each.stored.unit_code == unit and each.stored.period == asked]
    if not found:
        refuse_link()
    return found[0].reference if found else ""


def _of_reference() -> tuple[str, Period] | None:
    """What the page's own address names: 2017-10-WASTE. Raises NothingThereError."""
    year, _, rest_of_it = address.read("return").partition("-")
    month, _, unit = rest_of_it.partition("-")
    try:
        period = parse_period(f"{year}-{month}")
    except PeriodNotUnderstoodError:
        unit = ""
    if not unit:
        refuse_link()
        return None
    return unit, period


def _of_unit() -> tuple[str, Period] | None:
    """What links from elsewhere name: a unit and a month."""
    unit, asked = address.read("unit"), _asked_period()
    return (unit, asked) if unit and asked else None


def _pick(label: str, options: dict[str, str], *, key: str, shown: str) -> str:
    """A select box that follows the address, and that the address follows: what is shown stays when others act."""
    widget = f"pick-{key}"
    st.session_state[widget] = shown
    chosen: str = st.selectbox(
        plain(label), list(options), format_func=lambda each: options.get(each, each), key=widget,
        on_change=_follow, args=(key,), filter_mode=None,
    )  # fmt: skip
    if address.read(key) != chosen:
        address.note(key, chosen)
    return chosen


def _follow(key: str) -> None:
    address.keep(key, st.session_state[f"pick-{key}"])
    # What belonged to the one chosen before says nothing of this one.
    for other in {"unit": ["period"], "return": ["unit", "period"]}.get(key, []):
        address.keep(other, "")


def _asked_period() -> Period | None:
    """The month in the address, however it is written."""
    found = address.period(lambda _: True, name="period", label="Month")
    return Period.containing(found.end, months=1) if found else None
