"""Where each page sits in the cycle: one registry for the header, the guards' tests and the links between pages."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.parts.html_table import Html
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Period


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """A page: its file, its name in the address, and what a person needs to open it.

    The header leads to the first page of a stage under the stage's name, and to those beside it while one is open;
    a page that is not `linked` is only reached from another, which says what it is to show; Help from all of them.
    """

    stage: str
    title: str
    file: str
    url_path: str
    needs: Permission
    linked: bool = True


PAGES = (
    PageEntry(stage="Home", title="Home", file="pages/home/today.py", url_path="", needs=Permission.SIGN_IN),
    PageEntry(stage="Home", title="Help", file="pages/home/help.py", url_path="help", needs=Permission.SIGN_IN,
              linked=False),
    PageEntry(stage="Plan", title="Golden thread", file="pages/plan/golden_thread.py", url_path="golden-thread",
              needs=Permission.VIEW_PLAN),
    PageEntry(stage="Plan", title="Plan on a page", file="pages/plan/plan_on_a_page.py", url_path="plan-on-a-page",
              needs=Permission.VIEW_PLAN, linked=False),
    PageEntry(stage="Plan", title="My golden thread", file="pages/plan/my_thread.py", url_path="my-golden-thread",
              needs=Permission.VIEW_PLAN),
    PageEntry(stage="Plan", title="Measures", file="pages/plan/measures.py", url_path="measures",
              needs=Permission.VIEW_SCORECARDS),
    PageEntry(stage="Plan", title="Document a measure", file="pages/plan/methodology.py", url_path="methodology",
              needs=Permission.VIEW_SCORECARDS, linked=False),
    PageEntry(stage="Plan", title="Targets", file="pages/plan/targets.py", url_path="targets",
              needs=Permission.VIEW_TARGETS),
    PageEntry(stage="Plan", title="Next year's plan", file="pages/plan/next_year.py", url_path="next-years-plan",
              needs=Permission.REFRESH_PLAN),
    PageEntry(stage="Do", title="My return", file="pages/do/my_return.py", url_path="my-return",
              needs=Permission.ENTER_FIGURES),
    PageEntry(stage="Do", title="Paste or upload", file="pages/do/upload.py", url_path="upload",
              needs=Permission.BRING_IN),
    PageEntry(stage="Do", title="Receipt", file="pages/do/receipt.py", url_path="receipt",
              needs=Permission.READ_RETURNS, linked=False),
    PageEntry(stage="Do", title="Sign-off", file="pages/do/sign_off.py", url_path="sign-off",
              needs=Permission.APPROVE_RETURNS),
    PageEntry(stage="Do", title="Calendar", file="pages/do/reporting_calendar.py", url_path="calendar",
              needs=Permission.VIEW_CALENDAR),
    PageEntry(stage="Do", title="Reopenings", file="pages/do/reopenings.py", url_path="reopenings",
              needs=Permission.ASK_TO_REOPEN),
    PageEntry(stage="Do", title="Imports", file="pages/do/imports.py", url_path="imports",
              needs=Permission.VIEW_IMPORTS),
    PageEntry(stage="Review", title="Scorecard", file="pages/review/scorecard.py", url_path="scorecard",
              needs=Permission.VIEW_SCORECARDS),
    PageEntry(stage="Review", title="What changed", file="pages/review/what_changed.py", url_path="what-changed",
              needs=Permission.VIEW_SCORECARDS),
    PageEntry(stage="Review", title="What may turn red", file="pages/review/may_turn_red.py",
              url_path="may-turn-red", needs=Permission.VIEW_SCORECARDS),
    PageEntry(stage="Review", title="One measure", file="pages/review/measure.py", url_path="measure",
              needs=Permission.VIEW_SCORECARDS),
    PageEntry(stage="Review", title="Wards", file="pages/review/wards.py", url_path="wards",
              needs=Permission.VIEW_WARDS),
    PageEntry(stage="Review", title="Ward profile", file="pages/review/ward_profile.py", url_path="ward-profile",
              needs=Permission.VIEW_WARDS),
    PageEntry(stage="Review", title="Explorer", file="pages/review/explorer.py", url_path="explorer",
              needs=Permission.EXPLORE),
    PageEntry(stage="Review", title="Requests for data", file="pages/review/data_requests.py",
              url_path="data-requests", needs=Permission.EXPLORE),
    PageEntry(stage="Review", title="Data quality", file="pages/review/data_quality.py", url_path="data-quality",
              needs=Permission.VIEW_DATA_QUALITY),
    PageEntry(stage="Revise", title="Recovery plans", file="pages/revise/recovery_plans.py",
              url_path="recovery-plans", needs=Permission.VIEW_RECOVERY_PLANS),
    PageEntry(stage="Revise", title="One recovery plan", file="pages/revise/recovery_plan.py",
              url_path="recovery-plan", needs=Permission.VIEW_RECOVERY_PLANS, linked=False),
    PageEntry(stage="Revise", title="Review meetings", file="pages/revise/review_meetings.py",
              url_path="review-meetings", needs=Permission.VIEW_MEETINGS),
    PageEntry(stage="Revise", title="One review meeting", file="pages/revise/review_meeting.py",
              url_path="review-meeting", needs=Permission.VIEW_MEETINGS, linked=False),
    PageEntry(stage="Revise", title="Risks", file="pages/revise/risks.py", url_path="risks",
              needs=Permission.VIEW_RISKS),
    PageEntry(stage="Revise", title="One risk", file="pages/revise/risk.py", url_path="risk",
              needs=Permission.VIEW_RISKS, linked=False),
    PageEntry(stage="Revise", title="Lessons", file="pages/revise/lessons.py", url_path="lessons",
              needs=Permission.VIEW_LESSONS),
    PageEntry(stage="Revise", title="Feedback", file="pages/revise/feedback.py", url_path="feedback",
              needs=Permission.VIEW_FEEDBACK),
    PageEntry(stage="Reports", title="Editions", file="pages/report/editions.py", url_path="editions",
              needs=Permission.SIGN_IN),
    PageEntry(stage="Reports", title="One edition", file="pages/report/edition.py", url_path="edition",
              needs=Permission.SIGN_IN, linked=False),
    PageEntry(stage="Reports", title="Words of an edition", file="pages/report/edition_words.py",
              url_path="edition-words", needs=Permission.MAKE_EDITIONS, linked=False),
    PageEntry(stage="Reports", title="Annual reports", file="pages/report/annual_reports.py",
              url_path="annual-reports", needs=Permission.MAKE_REPORTS),
    PageEntry(stage="Reports", title="One annual report", file="pages/report/annual_report.py",
              url_path="annual-report", needs=Permission.MAKE_REPORTS, linked=False),
    PageEntry(stage="Reports", title="Annual-report chart", file="pages/report/annual_chart.py",
              url_path="annual-chart", needs=Permission.MAKE_REPORTS),
    PageEntry(stage="Reports", title="Templates", file="pages/report/templates.py", url_path="templates",
              needs=Permission.MAKE_REPORTS),
    PageEntry(stage="Reports", title="Reports available", file="pages/report/reports_available.py",
              url_path="reports-available", needs=Permission.SIGN_IN),
    PageEntry(stage="Reports", title="Reports sent", file="pages/report/reports_sent.py", url_path="reports-sent",
              needs=Permission.SCHEDULE_REPORTS),
    PageEntry(stage="Reports", title="One report sent", file="pages/report/report_sent.py", url_path="report-sent",
              needs=Permission.SCHEDULE_REPORTS, linked=False),
    PageEntry(stage="Admin", title="Set up the council", file="pages/admin/set_up.py", url_path="set-up",
              needs=Permission.MAINTAIN_REGISTER),
    PageEntry(stage="Admin", title="Audit trail", file="pages/admin/audit.py", url_path="audit",
              needs=Permission.VIEW_AUDIT),
    PageEntry(stage="Admin", title="Mail", file="pages/admin/mail.py", url_path="mail",
              needs=Permission.LOOK_AFTER_MAIL),
)  # fmt: skip


def streamlit_pages() -> list[StreamlitPage]:
    """Every page, for everybody, so that a link survives signing in.

    What keeps a page shut is its own first line and every verb it calls.
    """
    return [
        st.Page(entry.file, title=entry.title, url_path=entry.url_path, default=not entry.url_path) for entry in PAGES
    ]


def find_entry(title: str) -> PageEntry:
    return next(entry for entry in PAGES if entry.title == title)


def find_at(url_path: str) -> PageEntry:
    """The page of that name in the address."""
    return next(entry for entry in PAGES if entry.url_path == url_path)


def address(title: str, **query: str) -> str:
    """Where a page is, seen from any other: relative, so that it holds under whatever path the app is served."""
    return f"{find_entry(title).url_path}?{urlencode(query)}"


def link(title: str, words: str, **query: str) -> str:
    """A link to a page around words that are HTML already, as HTML."""
    return f'<a href="{escape(address(title, **query))}">{words}</a>'


def measure_link(measure: Measure, period: Period, user: User) -> str:
    """A measure's title, as HTML: a link to it at the period, for whoever may follow one."""
    title = escape(measure.title)
    if not user.may(find_entry("One measure").needs):
        return title
    return link("One measure", title, measure=measure.code, period=period.iso)


def measure_cell(measure: Measure, period: Period | None = None) -> Html:
    """The cell of a table that leads to the measure, for pages whose every reader may follow it."""
    query = {"measure": measure.code} | ({"period": period.iso} if period else {})
    return Html(link("One measure", escape(f"{measure.title} ({measure.code})"), **query))


def pages_beside(entry: PageEntry, user: User) -> list[PageEntry]:
    """The pages of the same stage that the person may open, this one included."""
    return [each for each in PAGES if each.stage == entry.stage and each.linked and user.may(each.needs)]


def first_pages(user: User) -> list[PageEntry]:
    """One page a stage: the first that the person may open, which stands in the header under the stage's name."""
    first: dict[str, PageEntry] = {}
    for entry in PAGES:
        if user.may(entry.needs) and entry.linked:
            first.setdefault(entry.stage, entry)
    return list(first.values())
