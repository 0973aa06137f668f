"""Review: what moved on a scorecard since the period before, or between two moments at which it was read."""

import streamlit as st

from components.frame import known, page, pick
from components.review import changed_table
from components.review.scorecard import month_shown
from cycle.review import readings
from performance.ground.people import Permission

user = page.start("What changed", needs=Permission.VIEW_SCORECARDS)

st.title("What changed", anchor=False)
whose, when, moment = st.columns([2, 1.2, 1])
with moment:
    at = known.pick()
scopes = {scope.code: scope for scope in readings.list_scopes(by=user)}
with whose:
    scope = pick.one("Part of the council", scopes, name="scope", words=lambda code: pick.scope_in_words(scopes[code]))
with when:
    period = month_shown.pick(at, by=user)
then = known.pick_earlier(at)

known.say(at)
month_shown.say(period, at, by=user)
if then is None:
    found = readings.what_changed(period, scope, as_known_at=at, by=user)
else:
    found = readings.difference(period, scope, then=then, as_known_at=at, by=user)
changed_table.summary(found, then=then)
changed_table.moved(found, then=then)
changed_table.unusual(found)
changed_table.corrected(found, then=then)
changed_table.late(found)
pick.measure_to_open([entry.line for entry in found.now.entries], known.query(at))
