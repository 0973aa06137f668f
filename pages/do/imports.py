"""Do: the log of imports - which files brought figures in, what became of each row; and taking one back."""

import streamlit as st

from components.do.files import import_receipt, import_runs
from components.frame import notice, page, problems
from cycle.do.files import log, receipts
from performance.ground.people import Permission

user = page.start("Imports", needs=Permission.VIEW_IMPORTS)

st.title("Imports", anchor=False)
notice.show()
runs = log.list_runs(by=user)
import_runs.introduce(sees_all=user.may(Permission.IMPORT))
if number := import_receipt.choose(runs):
    receipt = receipts.find_receipt(number, by=user)
    import_receipt.show(receipt)
    if reason := import_receipt.take_back(receipt):
        try:
            done = receipts.take_back_import(number, reason=reason, by=user)
            notice.keep(f"Taken back. {done.in_words}")
            st.rerun()
        except receipts.NotTakenBackError as fault:
            problems.beside(str(fault))
import_runs.show(runs)
