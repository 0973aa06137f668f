"""Paste or upload: the box, the workbook to take away, and the file handed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st

from components.frame import navigation, notice
from components.parts.markup import plain
from cycle.do.files import uploads
from cycle.do.files.figures_report import FiguresReport
from cycle.do.files.uploads import Given
from performance.do.return_columns import file_name
from performance.do.returns import MyReturn
from performance.ground.people import Permission, User

_ATTEMPT, _PASTED, _BROUGHT = "upload_attempt", "upload_pasted", "upload_brought"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 40_000_000


def introduce(return_: MyReturn | None) -> None:
    """What the page does, and that nothing is written yet."""
    st.write(
        "Bring figures in from a spreadsheet. You see how every row was read before anything is written."
        if return_
        else "Bring in a file of figures, for any month and area. You see what it would change before it is written."
    )
    if return_ and return_.locked_because:
        st.info(plain(return_.locked_because))


def choose(return_: MyReturn | None, *, by: User) -> Given | None:
    """What was handed in: a pasted block or a file, whichever came last; None before anything has."""
    attempt = st.session_state.get(_ATTEMPT, 0)
    st.header("Paste", anchor=False)
    with st.form(f"paste_{attempt}", border=False):
        st.text_area(
            "Rows copied from a spreadsheet: the code or title first, then the numbers. A heading may be there or not"
            if return_
            else "Rows copied from a spreadsheet, with the heading measure_code, area_code, period and the rest",
            key=f"pasted_{attempt}", height=180,
        )  # fmt: skip
        st.form_submit_button("Read these rows", on_click=_pasted, args=(attempt,))
    st.header("Workbook" if return_ else "File", anchor=False)
    if return_ is not None and return_.open_lines:
        st.write("Take your rows away as a workbook, fill them in, and bring it back.")
        st.download_button(
            plain(f"Download {file_name(return_)}"),
            data=partial(uploads.build_workbook, return_.unit.code, return_.period, by=by),
            file_name=file_name(return_), mime=_WORKBOOK, on_click="ignore", key=f"download_{return_.reference}",
        )  # fmt: skip
    if return_ is None:
        st.write("Take a file with a row for each measure away, fill in what you have, and bring it back.")
        st.download_button(
            "Download a file to fill in (CSV)", data=partial(uploads.build_figures_file, by=by),
            file_name="figures.csv", mime="text/csv", on_click="ignore", key="download_figures_file",
        )  # fmt: skip
    label = "The workbook filled in, or a file of figures" if return_ else "A file of figures"
    label += " (.xlsx or .csv)"
    given = st.file_uploader(plain(label), key=f"uploaded_{attempt}", on_change=_uploaded)
    if given is not None and not st.session_state.get(_PASTED):
        return Given(name=given.name, content=given.getvalue())
    text = st.session_state.get(_PASTED, "")
    return Given(text=text) if text else None


def forget() -> None:
    """Put away what was handed in: it has been written, or was called off."""
    st.session_state[_ATTEMPT] = st.session_state.get(_ATTEMPT, 0) + 1
    st.session_state.pop(_PASTED, None)


def say_after(done: FiguresReport) -> None:
    """Said at the top of the page once it is drawn anew, with the way to the receipt of what was changed."""
    forget()
    notice.keep(done.in_words)
    if done.changes:
        st.session_state[_BROUGHT] = done.run
    st.rerun()


def show_said(*, by: User) -> None:
    """What was brought in just now, and the way to its receipt; once, and in a place of its own, as notice.py says."""
    notice.show()
    with st.container():
        if number := st.session_state.pop(_BROUGHT, 0):
            taking_back = ", and taking it back" if by.may(Permission.IMPORT) else ""
            st.page_link(
                navigation.find_entry("Imports").file, label=plain(f"Open the receipt: what it changed{taking_back}"),
                query_params={"import": str(number)},
            )  # fmt: skip


@contextmanager
def working(words: str) -> Iterator[None]:
    """Says what is being done for as long as it takes."""
    with st.spinner(plain(words), show_time=True):
        yield


def _pasted(attempt: int) -> None:
    # An empty box is read too, so that it can be said what to do.
    st.session_state[_PASTED] = st.session_state.get(f"pasted_{attempt}", "") or " "


def _uploaded() -> None:
    st.session_state.pop(_PASTED, None)
