"""Report: for everybody, which regular reports there are at each level, and who gets what, how often and as what."""

import streamlit as st

from components.frame import page
from components.report.sent import available
from cycle.report import catalogue
from performance.ground.people import Permission

user = page.start("Reports available", needs=Permission.SIGN_IN)
st.title("Reports available", anchor=False)
st.write("The regular reports of the council at each level: what each says, who may read it, and how often it is sent.")
found = catalogue.read_catalogue(by=user)
available.download(found)
available.show(found)
