"""Every file that is made of a council, by its kind: what pages, the operator's commands, mails and the public's
addresses hand out. A kind is where it comes from: the module that draws a button, a command, or a sort of address."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from commands.export import Subject
from components.report.editions import packed
from cycle.home import operator
from cycle.report import schedules
from performance.ground.people import Role, User
from performance.home.mail import Envelope, Handed, Outcome
from performance.report.schedules import GOING_OUT, REPORTS, About, Often, Schedule, Way, Whom, WhomKind
from serving.open_data.shown import FILES
from settings import ROOT, ReportFolder
from tests.builders import TODAY, WARDS, it_is
from tests.command_line import manage
from tests.commands.every_report import every_report
from tests.mail_server import PUBLIC
from tests.pages.conftest import open_as
from tests.pages.hidden_counts.council import COUNTED, KEY, SEPTEMBER
from tests.serving.asker import ask


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file, or an answer, or a mail: of which kind, which one, and its bytes."""

    kind: str
    name: str
    content: bytes


HELPERS = ("components/parts/taken_away.py", "components/frame/sheet_files.py")
"""They draw the buttons of others."""
PAGES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("officer", "pages/review/scorecard.py", {"period": SEPTEMBER.iso}),
    ("officer", "pages/review/wards.py", {"measure": "NOW", "period": SEPTEMBER.iso}),
    ("councillor", "pages/review/wards.py", {"measure": "PART", "period": SEPTEMBER.iso}),
    ("councillor", "pages/review/ward_profile.py", {"ward": WARDS[0], "period": SEPTEMBER.iso}),
    ("officer", "pages/review/explorer.py", {"m": "NOW,BEFORE,PART,SHARE", "a": f"ours,{WARDS[0]},{WARDS[1]}"}),
    ("officer", "pages/review/explorer.py", {"m": "PART,SINCE", "as": "map"}),
    ("officer", "pages/review/data_quality.py", {"month": SEPTEMBER.iso}),
    ("councillor", "pages/report/edition.py", {"edition": "2"}),
    ("officer", "pages/report/annual_report.py", {"report": "1"}),
    ("officer", "pages/report/annual_chart.py", {"measure": "BEFORE", "by": "periods"}),
    ("officer", "pages/revise/recovery_plan.py", {"plan": "1"}),
    ("officer", "pages/revise/recovery_plan.py", {"plan": "2"}),
    ("officer", "pages/revise/review_meeting.py", {"meeting": "1"}),
    ("officer", "pages/plan/plan_on_a_page.py", {"node": "B1"}),
    ("officer", "pages/plan/measures.py", {}),
    ("stranger", "pages/do/receipt.py", {"key": KEY}),
    ("administrator", "pages/admin/audit.py", {}),
)
_MONDAY = date(2017, 11, 13)


def everything(people: Mapping[str, User], folder: Path) -> Iterator[Taken]:
    """In this order, as the days of mails are later ones."""
    yield from of_pages(people)
    yield from of_commands(folder)
    yield from of_exports(folder)
    yield from of_the_public()
    yield from of_mails(people, folder)


def of_pages(people: Mapping[str, User]) -> Iterator[Taken]:
    """What each button of each page gives."""
    for who, page, query in PAGES:
        buttons: dict[tuple[str, str], Callable[[], bytes]] = {}
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(st, "download_button", _noting(buttons))
            app = open_as(people[who], page, **query)
            if build := [each for each in app.button if each.key == "build-pack"]:
                build[0].click().run()
                assert packed._shelf()._kept[-1].wait(60)
                app.run()
        assert not app.exception, (page, app.exception)
        for (kind, label), made in buttons.items():
            yield Taken(kind=kind, name=f"{label} of {'&'.join(query.values())} for {who}", content=made())


def _noting(buttons: dict[tuple[str, str], Callable[[], bytes]]) -> Callable[..., bool]:
    draw = st.download_button

    def noted(label: str, data: Any, **options: Any) -> bool:
        given = data.encode() if isinstance(data, str) else data
        buttons[_drawn_by(), label] = given if callable(given) else lambda: given
        return bool(draw(label, data, **options))

    return noted


def _drawn_by() -> str:
    """The module that the button is of."""
    frame = sys._getframe(2)
    while (module := Path(frame.f_code.co_filename).relative_to(ROOT).as_posix()) in HELPERS and frame.f_back:
        frame = frame.f_back
    return module


def of_commands(folder: Path) -> Iterator[Taken]:
    """`manage.py report ...`, in every ending."""
    for command, name, content in every_report(folder, period=SEPTEMBER.iso, year="2017/18", ward=WARDS[0]):
        yield Taken(kind=f"report {command}", name=name, content=content)


def of_exports(folder: Path) -> Iterator[Taken]:
    """`manage.py export ... --for` every role that may see any of it, and may not see small counts."""
    for subject in Subject:
        for role in (each for each in Role if each is not Role.BI_TEAM):
            for ending in ("csv", "json"):
                path = folder / f"taken.{ending}"
                period = () if subject in {Subject.REGISTER, Subject.AUDIT} else ("--period", SEPTEMBER.iso)
                done = manage("export", subject.value, *period, "--for", role.value, "--output", path)
                if done.returncode == 0:
                    name = f"{ending} for {role.value}"
                    yield Taken(kind=f"export {subject.value}", name=name, content=path.read_bytes())


def of_the_public() -> Iterator[Taken]:
    """Every address that anybody may ask for."""
    ways = {
        "latest": [""], "editions": ["editions/"], "measures": ["measures/"], "wards": ["wards/"],
        "measure": [f"measures/{each}/" for each in COUNTED], "ward": [f"wards/{WARDS[0]}/"],
        "edition": [f"editions/{each}/" for each in ("E-01", "E-02")],
    } | {f"file {name}": [f"editions/{each}/{name}" for each in ("E-01", "E-02")] for name in FILES}  # fmt: skip
    for kind, paths in ways.items():
        for path in paths:
            got = ask(f"/open/{path}")
            assert got.status == 200, path
            yield Taken(kind=f"open {kind}", name=path, content=got.content)


def of_mails(people: Mapping[str, User], folder: Path) -> Iterator[Taken]:
    """What goes out by itself: everybody's digest, and each report by mail and as a file in a folder. What goes to the
    BI team as a file leaves the house as well, and is the same as for everybody."""
    share, came = folder / "share", list[Envelope]()
    share.mkdir(exist_ok=True)

    def hand_over(mail: Envelope) -> Outcome:
        came.append(mail)
        return Outcome(handed=Handed.TAKEN)

    about = {About.WARD: WARDS[0], About.NOTHING: "", About.ANNUAL_REPORT: "1", About.PART: "corporate"}
    for report in GOING_OUT:
        wanted = Schedule(
            report=report, about=about[REPORTS[report].about], ending=REPORTS[report].endings[0], way=Way.ATTACHED,
            often=Often.WEEKLY, whom=Whom(kind=WhomKind.PERSON, code="officer"), since=TODAY,
        )  # fmt: skip
        schedules.plan_schedule(wanted, by=people["officer"])
    it_is(_MONDAY)
    operator.send_digests(hand_over, public_address=PUBLIC)
    operator.send_reports(hand_over, public_address=PUBLIC, folders={"Share": ReportFolder(place=str(share))})
    for mail in came:
        text = f"{mail.subject}\n{mail.text}".encode()
        yield Taken(kind="mail", name=f"{mail.subject} for {mail.address}", content=text)
        if mail.attachment:
            yield Taken(kind="mail with a file", name=mail.attachment.name, content=mail.attachment.data)
