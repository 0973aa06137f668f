"""As known at: the day at whose end a page is read, in the address, so that a link shows what its sender saw."""

from datetime import UTC, date, datetime, time

import streamlit as st

from components.frame import address, sign_in
from components.frame import pick as picks
from performance.ground.periods import day_in_words

_NAME = "known"


def pick() -> datetime | None:
    """The end of a past day, or None for now. Raises NothingThereError."""
    today = sign_in.arrive().today
    return _end_of(picks.past_day("As known at the end of", name=_NAME, latest=today), today)


def pick_earlier(moment: datetime | None) -> datetime | None:
    """The end of an earlier day to compare with; None where the period before is compared with."""
    latest = sign_in.arrive().today if moment is None else moment.date()
    label = "Compare with what was known at the end of (leave empty to compare with the period before)"
    return _end_of(picks.past_day(label, name="then", latest=latest), latest)


def say(moment: datetime | None) -> None:
    """That the page shows the past, with the way back."""
    if moment is None:
        return
    day = day_in_words(moment.date())
    with st.container(horizontal=True, vertical_alignment="center", key="known_said"):
        st.html(f'<p class="banner" role="status">Shown as it was known at the end of {day}.</p>')
        st.button("Show what is known now", key="known_now", on_click=address.keep, args=(_NAME, ""))


def query(moment: datetime | None) -> dict[str, str]:
    """What a link to another page carries, so that it shows the same moment."""
    return {} if moment is None else {_NAME: moment.date().isoformat()}


def _end_of(day: date | None, latest: date) -> datetime | None:
    return None if day is None or day >= latest else datetime.combine(day, time.max, UTC)
