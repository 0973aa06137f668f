"""Do: the log of imports - which files brought figures in, what became of each row, who and when."""

import streamlit as st

from components import import_runs, page
from cycle import import_log
from performance.people import Permission

user = page.start("Imports", needs=Permission.VIEW_IMPORTS)

st.title("Imports", anchor=False)
runs = import_log.list_runs(by=user)
import_runs.introduce(sees_all=user.may(Permission.IMPORT))
import_runs.show(runs)
