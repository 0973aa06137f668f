"""A person's own dates as a file for their calendar, offered wherever dates are read; nothing where they have none."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from components.frame import page
from components.parts.markup import plain
from cycle.home import dates
from cycle.home.dates import MyDates
from performance.ground.people import User
from performance.ground.periods import day_in_words
from settings import public_address


def offer(*, by: User) -> None:
    """A button, with how many days are in the file and which comes next."""
    found = dates.list_dates(by=by)
    if not found.dates:
        return
    many, first = len(found.dates), found.dates[0]
    counted = "1 date" if many == 1 else f"{many} dates"
    with st.container(gap="xsmall", key="own_dates"):
        st.download_button(
            "Download my dates (.ics)", data=partial(_file, found, page.our_council()), mime="text/calendar",
            on_click="ignore", file_name="my-dates.ics", key="own-dates-ics",
        )  # fmt: skip
        st.caption(
            plain(
                f"{counted}, for Outlook or another calendar. Next, on {day_in_words(first.on)}: {first.line.label}."
                " Where dates change, download them again: the file moves what your calendar has."
            )
        )


def _file(found: MyDates, council: str) -> bytes:
    # Whoever takes no dates away does not wait for what writes them.
    from reporting.calendars import file

    return file.as_ics(
        found.dates, council=found.council, name=f"{council}: performance dates",
        at=public_address(), made_at=datetime.now(UTC).replace(microsecond=0), by_mail=found.by_mail,
    )  # fmt: skip
