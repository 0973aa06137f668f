"""Setting up the council: the empty workbook to take away, and the filled one to hand in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from components.frame import notice
from components.parts.markup import plain
from performance.admin.setup_columns import SETUP_SHEETS
from performance.admin.setup_report import SetupReport

_ATTEMPT, _WORKBOOK = "set_up_attempt", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a browser adds to the name of a file it has fetched before: measures (1).csv
_COPY = re.compile(r" ?\(\d+\)(?=\.[^.]*$)")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was handed in."""

    name: str
    content: bytes


def offer(template: bytes) -> None:
    """Step 1: the empty workbook."""
    st.write(
        "Everything about the council comes in by one workbook: its areas, organisation, plan, measures, targets,"
        " actions, risks and people. Nothing is written until you have seen what would change and confirmed it,"
        " and nothing is ever taken away."
    )
    st.header("1. Fill in the workbook", anchor=False)
    st.write(
        f"It has {len(SETUP_SHEETS)} sheets, with lists to choose from, a note on each column and an example on each"
        " sheet. Fill in as many sheets as you have."
    )
    st.download_button(
        "Download the empty workbook", data=template, file_name="council.xlsx", mime=_WORKBOOK, on_click="ignore",
        key="template",
    )  # fmt: skip


def choose() -> Upload | None:
    """Step 2: the file handed in, if there is one."""
    st.header("2. Upload it", anchor=False)
    attempt = st.session_state.get(_ATTEMPT, 0)
    given = st.file_uploader(
        "The workbook (.xlsx), or one sheet as CSV named after it, such as measures.csv", key=f"set_up_file_{attempt}"
    )
    return Upload(name=_COPY.sub("", given.name), content=given.getvalue()) if given else None


@contextmanager
def working(words: str) -> Iterator[None]:
    """Says what is being done for as long as it takes."""
    with st.spinner(plain(words), show_time=True):
        yield


def finish(done: SetupReport) -> None:
    """What was done stands in the address, so that it can be kept as a link; the file is put away."""
    st.session_state[_ATTEMPT] = st.session_state.get(_ATTEMPT, 0) + 1
    st.query_params["receipt"] = str(done.receipt)
    notice.keep(done.in_words(done=True))
    st.rerun()
