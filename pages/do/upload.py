"""Do: figures pasted or uploaded - shown row by row beside what is here, and written only when confirmed."""

import streamlit as st

from components.do.files import differences, form, progress
from components.do.returns import picker
from components.frame import notice, page
from components.parts.markup import plain
from cycle.admin.refusals import REFUSALS, in_words
from cycle.do import returns
from cycle.do.files import importing, uploads
from intake.files.tables import FileNotReadError
from performance.ground.people import Permission

user = page.start("Paste or upload", needs=Permission.BRING_IN)
st.title("Paste or upload", anchor=False)
form.show_said(by=user)
return_ = None
months = returns.list_owed(by=user) if user.may(Permission.ENTER_FIGURES) else []
if months:
    unit_code, period = picker.choose(months)
    return_ = returns.my_return(unit_code, period, by=user)
form.introduce(return_)
given = form.choose(return_, by=user)
result = st.container()
if given is None:
    progress.stop()
    st.stop()
try:
    opened = uploads.open_given(given, return_)
    if isinstance(opened, uploads.ForReturn):
        diff, own = uploads.compare_rows(opened, by=user), opened
        if shown := differences.show_return(
            diff, problems_workbook=(lambda: uploads.with_problems(own, diff, by=user)) if own.template else None
        ):
            notice.keep(uploads.put_into_return(opened, shown=shown, by=user).in_words)
            form.forget()
            st.switch_page("pages/do/my_return.py", query_params={"unit": unit_code, "period": period.iso})
    else:
        reading = progress.of(given, opened.begin, by=user)
        progress.wait(reading, cancelled=form.forget)
        checked = reading.outcome()
        shown, words = differences.show_file(checked, name=given.name)
        if shown:
            with form.working("Writing"):
                done = importing.import_figures(
                    checked.read, source=opened.source, partial=True, shown=shown,
                    accept_unusual=words.accept_unusual, reason=words.reason, by=user,
                )  # fmt: skip
            progress.stop()
            form.say_after(done)
except FileNotReadError as fault:
    differences.refuse(str(fault))
except (uploads.UploadMovedError, importing.FiguresMovedError) as moved:
    progress.stop()
    with result:
        page.refuse(moved)
except REFUSALS as refusal:
    with result:
        st.warning(plain(in_words(refusal)))
