"""Editions on Home: what comes next, for those who make them; the newest one, for those who read nothing newer."""

import streamlit as st

from components.parts.figure_lines import line_to
from components.report.editions.listed import stands
from cycle.report.editions.calendar import Calendar
from performance.ground.people import Permission, User
from performance.report.editions import Edition

_MOST = 3


def show(found: Calendar, *, by: User) -> None:
    """A line each; nothing where there is none, nor for those who read figures as they come in and publish none."""
    if found.may_plan and found.to_come:
        st.header("Editions to come", anchor=False)
        for each in found.to_come[:_MOST]:
            _line(each, each.when_in_words(found.today) or stands(each))
    elif found.published and not by.may(Permission.VIEW_SCORECARDS):
        st.header("Published", anchor=False)
        _line(found.published[0], stands(found.published[0]))


def _line(edition: Edition, detail: str) -> None:
    line_to("One edition", edition.title, detail.rstrip("."), edition=edition.reference)
