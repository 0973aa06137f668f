"""Admin: the BI team sets up the council from one workbook, sees what it would change, and confirms."""

import streamlit as st

from components.admin import set_up_changes, set_up_form, set_up_problems, set_up_receipts
from components.frame import notice, page
from components.parts.markup import plain
from cycle.admin import setup, setup_receipts
from cycle.admin.refusals import REFUSALS, in_words
from cycle.do.files import importing
from intake.files.opening import read_upload
from intake.files.tables import FileNotReadError
from intake.setup.setup_file import read_setup
from performance.ground.incoming import RefusedError
from performance.ground.people import Permission
from reporting.tables import setup_template

user = page.start("Set up the council", needs=Permission.MAINTAIN_REGISTER)
st.title("Set up the council", anchor=False)
notice.show()
set_up_form.offer(setup_template.build())
upload = set_up_form.choose()
result = st.container()
if upload is None:
    set_up_receipts.show(setup_receipts.list_receipts(by=user))
    st.stop()

try:
    with set_up_form.working(f"Reading {upload.name}"):
        tables = read_upload(upload.name, upload.content)
    with set_up_form.working(f"Checking {sum(len(table.rows) for table in tables):,} rows"):
        register, problems = read_setup(tables, known=importing.list_known())
    if problems:
        raise RefusedError(problems)
    with set_up_form.working("Comparing with what is here"):
        report = setup.import_setup(register, source=upload.name, dry_run=True, by=user)
    if confirmed := set_up_changes.show(report, source=upload.name):
        with set_up_form.working(f"Writing {report.changes:,} rows"):
            done = setup.import_setup(register, source=upload.name, shown=confirmed, by=user)
        set_up_form.finish(done)
except FileNotReadError as fault:
    set_up_problems.show_unread(str(fault))
except RefusedError as refused:
    set_up_problems.show(refused.problems)
except REFUSALS as refusal:
    with result:
        st.warning(plain(in_words(refusal)))
