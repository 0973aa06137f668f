"""Home: what is due from you, what waits for you, what is red and what changed."""

import streamlit as st

from components.frame import notice, own_dates, page
from components.home import council_figures, editions, links, mail_choice, own_ward
from components.parts import figure_lines
from components.parts.markup import plain
from cycle.home import desk, figures_in
from cycle.revise import risks_shown
from cycle.revise.recovery import plans_due
from performance.ground.people import Permission

user = page.start("Home", needs=Permission.SIGN_IN)
today, plans, risks = desk.home(by=user), plans_due.plans_due(by=user), risks_shown.risks_due(by=user)

st.title("Home", anchor=False)
notice.show()

mine = today.asked
asked = today.questions or today.owed or today.unsaid or mine.to_answer or plans.is_any or risks
first, then = st.columns(2) if asked and today.waiting else (st.container(), st.container())
due, waiting = (then, first) if today.leads else (first, then)
if asked:
    with due:
        st.header("Due from your services" if today.leads else "Due from you", anchor=False)
        links.returns(today)
        links.plans(plans)
        links.risks(risks)
if today.waiting:
    with waiting:
        st.header("Waiting for your sign-off", anchor=False)
        links.waiting(today.waiting, today=today.today)
if mine.answered or mine.doubted:
    st.header("Questions about figures", anchor=False)
    figure_lines.figure_questions(mine.answered, what="answered to you")
    figure_lines.figure_questions(mine.doubted, what="doubted by the BI team")
if user.may(Permission.ENTER_FIGURES) and not asked:
    st.write("Nothing is due from you.")

if user.may(Permission.GRANT_REOPENINGS):
    council_figures.show(figures_in.figures_in(by=user))
editions.show(by=user)
if today.standing is not None:
    where = "the council" if today.whole_council else "your part of the council"
    red, changed = st.columns(2)
    with red:
        st.header(plain(f"Red now: {today.standing.now.in_words}"), anchor=False)
        links.red(today.standing, where=where, planned=plans.of_measure)
        links.red_on_scorecard(today.standing.now, scope=today.standing.scope)
    with changed:
        st.header("What changed", anchor=False)
        links.changed(today.standing, where=where)
elif user.may(Permission.VIEW_WARDS):
    own_ward.show(by=user)
if today.standing is None:
    st.write("These pages are open to you:")
    links.open_pages(user)
own_dates.offer(by=user)
mail_choice.show(by=user)
