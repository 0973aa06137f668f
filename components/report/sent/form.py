"""A report that is to go out by itself: which, as what, to whom and how often. Nothing is saved.

Not one of Streamlit's forms: what may be chosen next follows from what was chosen before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st

import settings
from components.frame import notice
from components.parts import afresh, typed_text
from components.parts.markup import plain
from cycle.report.schedules import Choices, History, Sent
from performance.report.editions import Audience
from performance.report.schedules import (
    FORMATS,
    GOING_OUT,
    LONGEST_PLACE,
    REPORTS,
    About,
    Often,
    ReportKind,
    Schedule,
    Way,
    Whom,
    WhomKind,
)

Choice = TypeVar("Choice", bound=str)
FORM = "new-schedule"
_ABOUT = {About.PART: "Of which part", About.WARD: "Of which ward", About.ANNUAL_REPORT: "Which annual report"}
_WHICH = {WhomKind.PERSON: "Which person", WhomKind.UNIT: "Which unit", WhomKind.AUDIENCE: "Which audience"}
_WHOM = {WhomKind.PERSON: "A person", WhomKind.UNIT: "Everybody of a unit", WhomKind.AUDIENCE: "An audience"}


@dataclass(frozen=True, kw_only=True)
class Stopping:
    """Send it no more."""

    version: int


def how_it_is_set() -> None:
    """Whether this server knows of a mail server at all, and whether its folders can be meant."""
    if fault := settings.report_folders_fault():
        st.error(plain(f"{fault} No report goes into a folder until whoever runs the app has put this right."))
    if not settings.is_mail_on():
        st.info("No mail server is set, so nothing goes by mail. Whoever runs the app finds how in docs/operations.md.")


def ask_new(found: Sent) -> Schedule | None:
    """A new one, if it was sent."""
    if notice.is_fresh(FORM):
        afresh.begin(FORM)
    blank = Schedule(
        report=ReportKind.SCORECARD, about="", ending="docx", way=Way.LINK, often=Often.MONTHLY, since=found.today,
        whom=Whom(kind=WhomKind.UNIT, code=""),
    )  # fmt: skip
    with st.expander("Send a report by schedule"):
        wanted = _ask(afresh.key("of", FORM), blank, found.choices)
        return wanted if st.button("Plan it", type="primary", key="plan-schedule") else None


def ask_change(found: History) -> Schedule | Stopping | None:
    """The same with other choices, or that it is stopped; nothing of one that is stopped already."""
    schedule = found.planned.schedule
    if not schedule.is_active:
        return None
    with st.expander("Change it"):
        wanted = _ask(f"{schedule.id}-{schedule.version}", schedule, found.choices)
        changes = _pressed("Keep the change", f"change-{schedule.id}", schedule.version)
    stops = _pressed("Stop it", f"stop-{schedule.id}", schedule.version)
    return Stopping(version=stops) if stops else replace(wanted, version=changes) if changes else None


def _pressed(label: str, name: str, version: int) -> int | None:
    """The version that was seen as the button was pressed, which may no longer be the schedule's; None where it was
    not. The button keeps its name from version to version: one that was pressed on an older page is answered too."""
    seen = f"seen-{name}"
    st.button(plain(label), key=name, on_click=_note, args=(seen, version))
    found: int | None = st.session_state.pop(seen, None)
    return found


def _note(seen: str, version: int) -> None:
    st.session_state[seen] = version


def _ask(name: str, start: Schedule, choices: Choices) -> Schedule:
    left, right = st.columns(2)
    with left:
        titles = {kind: facts.title for kind, facts in REPORTS.items()}
        report = _one("Report", GOING_OUT, start.report, f"report-{name}", titles)
        facts = REPORTS[report]
        st.caption(plain(f"{facts.says}."))
        about = _ask_about(facts.about, start, choices, name)
        often = _one("How often", list(Often), start.often, f"often-{name}", {each: each.in_words for each in Often})
    with right:
        way = _one("How it comes", list(Way), start.way, f"way-{name}", {each: each.in_words for each in Way})
        ending = facts.endings[0]
        if way is not Way.LINK:
            ending = _one("As", facts.endings, start.ending, f"as-{report.value}-{name}", FORMATS)
        folder, place = _ask_folder(start, choices, name) if way is Way.FOLDER else ("", "")
        whom = _ask_whom(way, start.whom, choices, name)
        skips = st.checkbox("Skip it where nothing changed", value=start.skips_unchanged, key=f"skips-{name}")
    return replace(
        start, report=report, about=about, often=often, way=way, ending=ending, folder=folder, place=place, whom=whom,
        skips_unchanged=skips,
    )  # fmt: skip


def _ask_about(about: About, start: Schedule, choices: Choices, name: str) -> str:
    offered = choices.about[about]
    if about is About.NOTHING:
        return ""
    if not offered:
        st.info("There is none yet.")
        return ""
    return _pick(_ABOUT[about], offered, start.about, f"about-{about.value}-{name}")


def _ask_folder(start: Schedule, choices: Choices, name: str) -> tuple[str, str]:
    if fault := settings.report_folders_fault():
        st.info(plain(fault))
        return "", ""
    if not choices.folders:
        st.info("No folder is set. Whoever runs the app finds how under REPORT_FOLDERS in docs/operations.md.")
        return "", ""
    words = {each: f"{each} ({readers.in_words})" for each, readers in choices.folders.items()}
    folder = _one("Folder", list(choices.folders), start.folder, f"folder-{name}", words)
    place = typed_text.line(
        "Folder inside it, if any", value=start.place, key=f"place-{name}", at_most=LONGEST_PLACE
    )  # fmt: skip
    return folder, place


def _ask_whom(way: Way, start: Whom, choices: Choices, name: str) -> Whom:
    """A mail goes to people; a file in a folder is for whoever reads the folder."""
    if way is Way.FOLDER:
        offered = choices.whom[WhomKind.AUDIENCE]
        code = _pick("Who reads the folder", offered, start.code, f"readers-{name}")
        return Whom(kind=WhomKind.AUDIENCE, code=code)
    kind = _one("Who gets it", list(WhomKind), start.kind, f"kind-{name}", _WHOM)
    offered = {code: said for code, said in choices.whom[kind].items() if code != Audience.PUBLIC.value}
    return Whom(kind=kind, code=_pick(_WHICH[kind], offered, start.code, f"whom-{kind.value}-{name}"))


def _one(label: str, options: Sequence[Choice], chosen: str, key: str, words: Mapping[Choice, str]) -> Choice:
    index = next((place for place, each in enumerate(options) if each == chosen), 0)
    return st.selectbox(plain(label), options, index=index, format_func=words.__getitem__, key=key)


def _pick(label: str, offered: Mapping[str, str], chosen: str, key: str) -> str:
    """One of many, of which none is chosen before somebody does: nobody is sent to by default. Empty for none."""
    options = list(offered)
    index = options.index(chosen) if chosen in offered else None
    return st.selectbox(
        plain(label), options, index=index, format_func=offered.__getitem__, key=key, placeholder="Choose"
    ) or ""  # fmt: skip
