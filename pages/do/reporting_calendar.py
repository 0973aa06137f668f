"""Do: when each period's figures open, are on time and lock; the BI team sets other days where a period needs them."""

import streamlit as st

from components.do import calendar
from components.frame import notice, own_dates, page
from cycle.do import calendar as keeping
from performance.do.calendar import DatesRefusedError
from performance.ground.people import Permission

user = page.start("Calendar", needs=Permission.VIEW_CALENDAR)
st.title("Reporting calendar", anchor=False)
notice.show()
rounds = keeping.list_rounds(by=user)
if not rounds.rounds:
    st.info("No measure is reported yet. Dates appear here as soon as the register has measures.")
    st.stop()

calendar.introduce(rounds)
own_dates.offer(by=user)
calendar.show(rounds)
chosen = calendar.ask(rounds) if user.may(Permission.KEEP_CALENDAR) else None
try:
    if chosen is not None and chosen.days is not None:
        opens_on, on_time_by, locks_on = chosen.days
        keeping.set_dates(
            chosen.round.frequency, chosen.round.period, opens_on=opens_on, on_time_by=on_time_by, locks_on=locks_on,
            reason=chosen.reason, by=user,
        )  # fmt: skip
    elif chosen is not None:
        keeping.reset_dates(chosen.round.frequency, chosen.round.period, by=user)
    if chosen is not None:
        notice.keep(calendar.in_words(chosen))
        st.rerun()
except DatesRefusedError as refusal:
    page.refuse(refusal)
