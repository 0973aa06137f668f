"""Review: leaders read the balanced scorecard of any part of the council, for any period, and open what they doubt."""

import streamlit as st

from components.frame import known, page, pick
from components.frame.behind import work_through
from components.review.scorecard import layouts, month_shown, status, summary
from components.revise.risks import lines
from cycle.review import readings
from cycle.revise import risks_shown
from performance.ground.people import Permission

user = page.start("Scorecard", needs=Permission.VIEW_SCORECARDS)

title, sight, top = page.title_to_come("Scorecard"), summary.place(), st.container()
whose, when = st.columns([3, 1.2])
with st.expander("Layout, order, status and kinds of measure, as known at"):
    form, how, which, what, moment = st.columns([1.2, 1, 1.4, 1.5, 1.2])
with moment:
    at = known.pick()
scopes = {scope.code: scope for scope in readings.list_scopes(by=user)}
with whose:
    scope = pick.one("Part of the council", scopes, name="scope", words=lambda code: pick.scope_in_words(scopes[code]))
with when:
    period = month_shown.pick_or_now(at, by=user)
with form:
    layout = layouts.choose()
with how:
    order = layouts.choose_order()
with which:
    statuses = status.choose()
with what:
    kinds = pick.some("Kinds of measure", pick.KINDS, name="kinds", words=pick.KINDS.__getitem__, all_of="All kinds")

with sight:
    known.say(at)
card = readings.scorecard_so_far(period, scope, as_known_at=at, by=user).of_kinds(kinds)
page.title(f"Scorecard: {card.scope.name}, {card.when_in_words}", place=title)
if not card.entries:
    st.info("No measures belong to this part of the council yet, or none of these kinds. Choose another part or kind.")
    st.stop()

with sight:
    summary.in_sight(card)
listed = card.of_standings(statuses)
with top:
    summary.matters(listed, readings.standing_now(scope, as_known_at=at, by=user))
    month_shown.say(period, at, by=user)
    status.say(card, listed, statuses)
behind = st.empty()
layouts.show(listed, layout=layout, order=order, unfolded=bool(statuses))
if at is None:
    lines.show(risks_shown.risks_of_scope(scope, [each.measure.code for each in card.entries], by=user))
pick.measure_to_open([entry.line for entry in card.entries], known.query(at))
work_through(
    card.waiting,
    lambda few: readings.look_ahead(card, few, by=user),
    doing="Working out what is expected at year end",
    place=behind,
)
