"""Report: the policy officer writes the words of an edition; the figures in them come from what is frozen."""

import streamlit as st

from components.frame import navigation, notice, page
from components.parts.markup import plain
from components.report.editions import shown, words_form
from cycle.report.editions import writing
from cycle.report.editions.guard import EditionError
from performance.ground.people import Permission

user = page.start("Words of an edition", needs=Permission.MAKE_EDITIONS)
try:
    view = writing.words_of(shown.asked() or 0, by=user)
except EditionError as nothing:
    st.title("Words of an edition", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/report/editions.py", label="All editions")
    st.stop()

edition = view.pack.edition
page.title(f"Words: {edition.title}")
notice.show()
st.page_link(
    navigation.find_entry("One edition").file, label=plain(f"Back to {edition.reference}"),
    query_params={"edition": edition.reference},
)  # fmt: skip
words_form.explain()
for broken in view.pack.story.broken:
    st.warning(plain(broken))
try:
    if written := words_form.ask(view):
        changed = writing.keep_words(edition.id, written, by=user)
        notice.keep("The words are kept." if changed else "Nothing was changed: these words are kept already.")
        words_form.begin(edition)
        st.rerun()
except writing.WordsMovedError as moved:
    words_form.have_read(edition, moved.theirs)
    page.refuse(moved)
except EditionError as refusal:
    page.refuse(refusal)
