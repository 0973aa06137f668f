"""Home: what to do first, what is due from you, what waits for you, what is red and what changed."""

import streamlit as st

from components.frame import notice, own_dates, page
from components.home import accounts, council_figures, editions, glance, links, mail_choice, own_ward
from components.home.help import tour
from components.parts import figure_lines
from cycle.home import front
from performance.ground.people import Permission

user = page.start("Home", needs=Permission.SIGN_IN)
found = front.front(by=user)
mine = found.desk.asked

st.title("Home", anchor=False)
notice.show()
tour.offer(by=user)
if found.first:
    links.first(found.first)
if found.reads_first:
    glance.show(found)
links.to_do(found)
if mine.answered or mine.doubted:
    st.header("Questions about figures", anchor=False)
    figure_lines.figure_questions(mine.answered, what="answered to you")
    figure_lines.figure_questions(mine.doubted, what="doubted by the BI team")
if user.may(Permission.ENTER_FIGURES) and not found.is_asked:
    st.write("Nothing is due from you.")
if found.figures:
    council_figures.show(found.figures)
if found.accounts:
    accounts.show(found.accounts, with_mails=found.figures is None)
editions.show(found.editions, by=user)
if not found.reads_first:
    glance.show(found)
if found.desk.standing is None:
    if user.may(Permission.VIEW_WARDS):
        own_ward.show(by=user)
    st.write("These pages are open to you:")
    links.open_pages(user)
own_dates.offer(by=user)
mail_choice.show(by=user)
