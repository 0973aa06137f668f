"""As known at: the day at whose end a page is read, in the address, so that a link shows what its sender saw."""

from datetime import UTC, date, datetime, time

import streamlit as st

from components import sign_in
from performance.periods import day_in_words

_NAME, _KEY = "known", "pick_known"


def pick() -> datetime | None:
    """The end of a past day, or None for now. A date beyond today, or no date at all, is now."""
    today = sign_in.arrive().today
    asked = _read(st.query_params.get(_NAME), today)
    chosen = st.date_input(
        "As known at the end of", value=asked, max_value=today, min_value=date(today.year - 25, 1, 1),
        format="DD/MM/YYYY", key=_KEY, on_change=_into_address,
    )  # fmt: skip
    return None if chosen is None or chosen >= today else datetime.combine(chosen, time.max, UTC)


def pick_earlier(moment: datetime | None) -> datetime | None:
    """The end of an earlier day to compare with; None where the period before is compared with."""
    latest = sign_in.arrive().today if moment is None else moment.date()
    asked = _read(st.query_params.get("then"), latest)
    chosen = st.date_input(
        "Compare with what was known at the end of (leave empty to compare with the period before)", value=asked,
        max_value=latest, min_value=date(latest.year - 25, 1, 1), format="DD/MM/YYYY", key="pick_then",
        on_change=_then_into_address,
    )  # fmt: skip
    return None if chosen is None or chosen >= latest else datetime.combine(chosen, time.max, UTC)


def say(moment: datetime | None) -> None:
    """That the page shows the past, with the way back."""
    if moment is None:
        return
    day = day_in_words(moment.date())
    with st.container(horizontal=True, vertical_alignment="center", key="known_said"):
        st.html(f'<p class="banner" role="status">Shown as it was known at the end of {day}.</p>')
        st.button("Show what is known now", key="known_now", on_click=_back)


def query(moment: datetime | None) -> dict[str, str]:
    """What a link to another page carries, so that it shows the same moment."""
    return {} if moment is None else {_NAME: moment.date().isoformat()}


def _read(text: str | None, today: date) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day is not None and date(today.year - 25, 1, 1) <= day < today else None


def _into_address() -> None:
    chosen = st.session_state[_KEY]
    if isinstance(chosen, date):
        st.query_params[_NAME] = chosen.isoformat()
    else:
        st.query_params.pop(_NAME, None)


def _then_into_address() -> None:
    chosen = st.session_state["pick_then"]
    if isinstance(chosen, date):
        st.query_params["then"] = chosen.isoformat()
    else:
        st.query_params.pop("then", None)


def _back() -> None:
    st.session_state[_KEY] = None
    st.query_params.pop(_NAME, None)
