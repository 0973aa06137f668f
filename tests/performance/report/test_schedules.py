"""What keeps a report from going out by itself, and what a place inside a folder may be called."""

from dataclasses import replace
from datetime import date

import pytest

from performance.report.schedules import (
    REPORTS,
    Often,
    ReportKind,
    Schedule,
    Way,
    Whom,
    WhomKind,
    check_schedule,
    is_place,
)

GOOD = Schedule(
    report=ReportKind.SCORECARD, about="WASTE", ending="docx", way=Way.LINK, often=Often.MONTHLY,
    whom=Whom(kind=WhomKind.UNIT, code="WASTE"), since=date(2017, 11, 10),
)  # fmt: skip
MEMBERS, PUBLIC = (Whom(kind=WhomKind.AUDIENCE, code=code) for code in ("members", "public"))


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        pytest.param(GOOD, [], id="a link to a unit"),
        pytest.param(replace(GOOD, ending="txt"), ["ending"], id="a file that is not made of it"),
        pytest.param(replace(GOOD, about=""), ["about"], id="of nothing"),
        pytest.param(replace(GOOD, report=ReportKind.PACK, about=""), [], id="a pack is of nothing else"),
        pytest.param(replace(GOOD, whom=Whom(kind=WhomKind.PERSON, code="")), ["whom"], id="to nobody"),
        pytest.param(replace(GOOD, whom=PUBLIC), ["whom"], id="a mail to the public"),
        pytest.param(
            replace(GOOD, way=Way.FOLDER, folder="Share", whom=PUBLIC), ["whom"], id="a scorecard before the public"
        ),
        pytest.param(
            replace(GOOD, report=ReportKind.PACK, about="", way=Way.FOLDER, folder="Share", whom=PUBLIC),
            [],
            id="what is published before the public",
        ),
        pytest.param(replace(GOOD, way=Way.FOLDER, folder="Share"), ["whom"], id="a folder for a unit"),
        pytest.param(replace(GOOD, way=Way.FOLDER, whom=MEMBERS), ["folder"], id="no folder"),
        pytest.param(
            replace(GOOD, way=Way.FOLDER, folder="Share", whom=MEMBERS, place="../etc"), ["place"], id="out of it"
        ),
    ],
)
def test_what_cannot_go_out_is_said_at_its_field(wanted: Schedule, fields: list[str]) -> None:
    assert [problem.field for problem in check_schedule(wanted)] == fields


@pytest.mark.parametrize("place", ["", "a", "Waste and recycling", "2017/Q2", "a-b_c/d"])
def test_a_place_leads_down(place: str) -> None:
    assert is_place(place)


@pytest.mark.parametrize(
    "place",
    ["..", "a/..", "../a", "/a", "a/", "a//b", ".a", "a/.b", "a\\b", "C:", "a:b", "a?b", "a#b", "é", " a", "a ", "a\n",
     "a\x00", "-a", "x" * 121],
)  # fmt: skip
def test_and_nothing_else_is_a_place(place: str) -> None:
    assert not is_place(place)


def test_every_report_is_in_the_registry_with_a_file_to_be_made() -> None:
    assert set(REPORTS) == set(ReportKind)
    assert all(facts.endings for facts in REPORTS.values())
