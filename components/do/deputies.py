"""Who signs off in a head's place: the days they do, and naming another."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.frame import notice
from components.parts.markup import plain
from cycle.do import deputies as naming
from cycle.do.deputies import Deputies
from performance.ground.people import User
from performance.ground.reading_order import as_read

_FORTNIGHT = timedelta(days=13)


@dataclass(frozen=True, kw_only=True)
class Named:
    """Whom the head names, where, and from which day to which."""

    unit_code: str
    username: str
    first_day: date
    last_day: date


def manage(*, by: User) -> None:
    """The deputies there are, named and ended here."""
    asked = show(naming.list_deputies(by=by))
    try:
        if isinstance(asked, Named):
            named = naming.name_deputy(
                asked.unit_code, username=asked.username, first_day=asked.first_day, last_day=asked.last_day, by=by
            )
            notice.keep(f"{named.in_words}.")
            st.rerun()
        elif asked is not None:
            naming.end_deputy(asked, by=by)
            notice.keep("The deputy signs off nothing any more.")
            st.rerun()
    except naming.DeputyRefusedError as refusal:
        st.warning(plain(str(refusal)))


def show(deputies: Deputies) -> Named | int | None:
    """The deputies there are; whom the person names, the id of one they end, or nothing."""
    if not deputies.named and not deputies.units:
        return None
    st.header("Deputies", anchor=False)
    if not deputies.named:
        st.write("Nobody signs off in your place. Name someone before you are away.")
    ended = None
    for each in deputies.named:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(plain(f"{each.in_words}."))
            if each.held.unit_code in deputies.units and st.button(
                plain(f"End now: {each.name}"), key=f"end-{each.held.id}"
            ):
                ended = each.held.id
    return ended if ended is not None or not deputies.units else _name(deputies)


def _name(deputies: Deputies) -> Named | None:
    with st.expander("Name a deputy"), st.form("deputy", border=False):
        # A row of columns each: on a telephone they stand below one another in this very order.
        left, right = st.columns(2)
        unit_code = left.selectbox("Where", list(deputies.units), format_func=lambda code: deputies.units[code])
        names = deputies.people
        username = right.selectbox(
            "Who signs off", ["", *sorted(names, key=lambda each: as_read(names[each]))],
            format_func=lambda each: names.get(each, "Choose a person"), filter_mode=None,
        )  # fmt: skip
        left, right = st.columns(2)
        first = left.date_input("First day", value=deputies.today, format="DD/MM/YYYY")
        last = right.date_input("Last day", value=deputies.today + _FORTNIGHT, format="DD/MM/YYYY")
        pressed = st.form_submit_button("Name this deputy")
    if not pressed:
        return None
    if not unit_code or not username or not isinstance(first, date) or not isinstance(last, date):
        st.warning("Choose where, who, and the first and last day.")
        return None
    return Named(unit_code=unit_code, username=username, first_day=first, last_day=last)
