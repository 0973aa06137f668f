"""Report: one edition as it was published, and what is restated since; for policy officers, the way to that."""

import streamlit as st

from components.frame import notice, page
from components.frame.templated import templates
from components.parts.markup import plain
from components.report.editions import form, packed, shown, tasks
from cycle.report.editions import calendar, freezing
from cycle.report.editions import shown as editions
from cycle.report.editions.guard import EditionError
from performance.ground.people import Permission
from performance.report.editions import Edition

user = page.start("One edition", needs=Permission.SIGN_IN)
try:
    view = editions.get_edition(shown.asked() or 0, by=user)
except EditionError as nothing:
    st.title("Edition", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/report/editions.py", label="All editions")
    st.stop()

edition = view.edition
page.title(edition.title)
notice.show()
shown.head(view)
tasks.show(view, user)
try:
    match form.ask(view):
        case form.Freezing(version=seen, at_its_close=closed):
            with form.working() as watch:
                freezing.freeze_edition(edition.id, version=seen, at_its_close=closed, watch=watch, by=user)
            notice.keep("The figures are frozen. Look at them, and publish them when they are right.")
            st.rerun()
        case form.Publishing(version=seen):
            freezing.publish_edition(edition.id, version=seen, by=user)
            notice.keep("The edition is published, and stays as it is from now on.")
            st.rerun()
        case form.Cancelling(version=seen):
            calendar.cancel_edition(edition.id, version=seen, by=user)
            notice.keep("The meeting is off the calendar.")
            st.switch_page("pages/report/editions.py")
        case Edition() as wanted:
            calendar.change_edition(wanted, by=user)
            notice.keep("The calendar has the change.")
            st.rerun()
except EditionError as refusal:
    page.refuse(refusal)
shown.restated(view)
packed.download(view.pack, templates())
packed.show(view.pack)
