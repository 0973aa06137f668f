"""Do: figures pasted or uploaded - shown row by row beside what is here, and written only when confirmed."""

import streamlit as st

from components import notice, page, return_picker, upload_diff, upload_form, upload_progress
from components.markup import plain
from cycle import do, importing, uploading
from cycle.refusals import REFUSALS, in_words
from intake.tables import FileNotReadError
from performance.people import Permission

user = page.start("Paste or upload", needs=Permission.BRING_IN)
st.title("Paste or upload", anchor=False)
upload_form.show_said(by=user)
return_ = None
months = do.list_owed(by=user) if user.may(Permission.ENTER_FIGURES) else []
if months:
    unit_code, period = return_picker.choose(months)
    return_ = do.my_return(unit_code, period, by=user)
upload_form.introduce(return_)
given = upload_form.choose(return_, by=user)
result = st.container()
if given is None:
    upload_progress.stop()
    st.stop()

try:
    opened = uploading.open_given(given, return_)
    if isinstance(opened, uploading.ForReturn):
        diff, own = uploading.compare_rows(opened, by=user), opened
        if shown := upload_diff.show_return(
            diff, problems_workbook=(lambda: uploading.with_problems(own, diff, by=user)) if own.template else None
        ):
            put = uploading.put_into_return(opened, shown=shown, by=user)
            upload_form.forget()
            notice.keep(put.in_words)
            st.switch_page("pages/do/my_return.py", query_params={"unit": unit_code, "period": period.iso})
    else:
        reading = upload_progress.of(given, opened.begin, by=user)
        upload_progress.wait(reading, cancelled=upload_form.forget)
        checked = reading.outcome()
        shown, words = upload_diff.show_file(checked, name=given.name)
        if shown:
            with upload_form.working("Writing"):
                done = importing.import_figures(
                    checked.read, source=opened.source, partial=True, shown=shown,
                    accept_unusual=words.accept_unusual, reason=words.reason, by=user,
                )  # fmt: skip
            upload_progress.stop()
            upload_form.say_after(done)
except FileNotReadError as fault:
    upload_diff.refuse(str(fault))
except (uploading.UploadMovedError, importing.FiguresMovedError) as moved:
    upload_progress.stop()
    with result:
        page.refuse(moved)
except REFUSALS as refusal:
    with result:
        st.warning(plain(in_words(refusal)))
