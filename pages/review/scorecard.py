"""Review: leaders read the balanced scorecard of any part of the council, for any period, and open what they doubt."""

import streamlit as st

from components import page, pick, scorecard_table
from cycle import review
from performance.people import Permission

user = page.start("Scorecard", needs=Permission.VIEW_SCORECARDS)

title = st.empty()
whose, when, how = st.columns([2, 1.4, 1])
scopes = {scope.code: scope for scope in review.list_scopes(by=user)}
with whose:
    scope = pick.one("Part of the council", scopes, name="scope", words=lambda code: pick.scope_in_words(scopes[code]))
with when:
    period = pick.period("Period", review.list_periods(by=user), name="period")
with how:
    order = pick.one("Order", scorecard_table.ORDERS, name="order", words=scorecard_table.ORDERS.__getitem__)

card = review.scorecard(period, scope, by=user)
title.title(f"Scorecard: {card.scope.name}", anchor=False)
if not card.entries:
    st.info("No measures belong to this part of the council yet. Choose another part, or a level above.")
    st.stop()

scorecard_table.summary(card)
scorecard_table.missing(card)
scorecard_table.show(card, order=order)
pick.measure_to_open([entry.measure for entry in card.entries])
