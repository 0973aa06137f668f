"""Review: scrutiny sees which ambers are likeliest to turn red, what keeps them out of red and what is done."""

import streamlit as st

from components.frame import known, page, pick
from components.review import may_turn_red
from cycle.review import readings
from cycle.revise.recovery import plans_due
from performance.ground.people import Permission

user = page.start("What may turn red", needs=Permission.VIEW_SCORECARDS)

st.title("What may turn red", anchor=False)
whose, moment = st.columns([3, 1])
with moment:
    at = known.pick()
scopes = {scope.code: scope for scope in readings.list_scopes(by=user)}
with whose:
    scope = pick.one("Part of the council", scopes, name="scope", words=lambda code: pick.scope_in_words(scopes[code]))

known.say(at)
found = readings.ambers_to_watch(scope, as_known_at=at, by=user)
may_turn_red.summary(found)
may_turn_red.table(found, plans_due.plans_due(by=user).of_measure, at)
pick.measure_to_open([each.line for each in found.ambers], known.query(at))
may_turn_red.trust(
    found,
    lambda measures: readings.forecasts_tried_already(measures, as_known_at=at, by=user),
    lambda measures: readings.forecasts_tried(measures, as_known_at=at, by=user),
)
