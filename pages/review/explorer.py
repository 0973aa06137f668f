"""Review: anyone who sees scorecards puts measures, places and years together, and shares what they see as a link."""

import streamlit as st

from components.frame import known, notice, page, pick
from components.review.explorer import explored, saved
from cycle.review import explorer, saved_views
from cycle.review.explored_lines import Over
from performance.ground.people import Permission

user = page.start("Explorer", needs=Permission.EXPLORE)

st.title("Explorer", anchor=False)
try:
    if number := saved.asked():
        saved.follow(saved_views.get_view(number, by=user))
except saved_views.REFUSALS as refusal:
    page.refuse(refusal)
notice.show()
measures = {each.code: f"{each.title} ({each.code})" for each in explorer.list_measures_to_explore(by=user)}
if not measures:
    st.info("The register has no measures yet. The BI team brings them in with a setup workbook.")
    st.stop()
what, moment = st.columns([3, 1])
with moment:
    at = known.pick()
with what:
    codes = explored.choose_measures(measures)
places = {each.code: each.name for each in explorer.list_places(codes, by=user)}
where, of, first, last, how = st.columns([2.4, 1.2, 0.9, 0.9, 1.2])
with where:
    chosen = explored.choose_places(places)
with first:
    since = pick.year("From", name="from")
with last:
    until = pick.year("To", name="to")
with how:
    shape = pick.one("Shown as", explored.SHAPES, name="as", words=explored.SHAPES.__getitem__)
with of:
    over = Over(pick.one("Each figure is of", explored.OVER, name="over", words=explored.OVER.__getitem__))
known.say(at)
if not codes:
    st.info("Choose a measure. What you choose is in the address: copy it to share what you see.")
elif shape == explored.MAP:
    explored.maps(explorer.list_maps(codes, until=until, as_known_at=at, by=user))
else:
    found = explorer.explore(codes, chosen, over=over, since=since, until=until, as_known_at=at, by=user)
    explored.show(found, shape=shape)
    explored.download(found, at)

wish = saved.show(saved_views.list_views(by=user), user)
try:
    if wish:
        saved_views.carry_out(wish, by=user)
except saved_views.REFUSALS as refusal:
    page.refuse(refusal)
else:
    if wish:
        notice.keep(wish.done, empties="" if wish.remove else "view")
        st.rerun()
