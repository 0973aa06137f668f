"""A file of dates, read again: whole days, names that stay, words as they were, and who is reminded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event

from performance.home.dates import DateAhead, DateKind
from performance.home.lines import Line, Opens
from reporting.calendars.file import as_ics, uid_of

MADE = datetime(2017, 11, 10, 23, 30, tzinfo=UTC)
AT = "https://performance.example.org"
DUE = DateAhead(
    kind=DateKind.FIGURES, code="WASTE-2017-10-01/P1M-1", on=date(2017, 11, 15), remind_on=date(2017, 11, 10),
    line=Line(label="Figures for October 2017 due: Waste", detail="1 measure: Bins", opens=Opens.MY_RETURN,
              query=(("unit", "W & R"), ("period", "2017-10-01/P1M"))),
)  # fmt: skip


def a_file(*days: DateAhead, **said: Any) -> bytes:
    told: dict[str, Any] = {
        "council": "E08000025",
        "name": "Testing: performance dates",
        "at": AT,
        "made_at": MADE,
    } | said
    return as_ics(days, **told)


def read(*days: DateAhead, **said: Any) -> list[Event]:
    return list(Calendar.from_ical(a_file(*days, **said)).walk("VEVENT"))


def a_day(**said: Any) -> DateAhead:
    fields: dict[str, Any] = {"kind": DateKind.ACTION, "code": "5", "on": date(2017, 11, 30)}
    return DateAhead(**fields | {"line": Line(label=said.pop("label", "Action due: Hire"))} | said)


def test_a_day_is_a_whole_one_in_whatever_time_zone() -> None:
    (event,) = read(DUE)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2017, 11, 15), date(2017, 11, 16))
    assert not isinstance(event.decoded("dtstart"), datetime)
    written = a_file(DUE)
    assert b"DTSTART;VALUE=DATE:20171115\r\n" in written
    assert b"TZID" not in written
    assert b"DTSTAMP:20171110T233000Z\r\n" in written
    assert event["transp"] == "TRANSPARENT"


@pytest.mark.parametrize("day", [date(2018, 3, 25), date(2018, 10, 28), date(2017, 12, 31), date(2020, 2, 29)])
def test_a_day_on_which_clocks_change_or_a_year_ends_is_one_day(day: date) -> None:
    (event,) = read(a_day(on=day))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)


def test_a_day_leads_to_its_page_where_the_app_knows_its_address() -> None:
    (event,) = read(DUE)
    link = f"{AT}/my-return?unit=W+%26+R&period=2017-10-01%2FP1M"
    assert (event["url"], event["description"]) == (link, f"1 measure: Bins\n{link}")
    (alone,) = read(DUE, at="")
    assert "url" not in alone
    assert alone["description"] == "1 measure: Bins"


def test_a_day_that_moved_has_the_name_it_had() -> None:
    moved = DateAhead(kind=DUE.kind, code=DUE.code, on=date(2017, 11, 20), line=DUE.line)
    (before,), (after,) = read(DUE), read(moved, made_at=MADE + timedelta(days=1))
    assert before["uid"] == after["uid"] == "figures-WASTE-2017-10-01%2FP1M-1@E08000025.golden-thread"
    assert after.decoded("dtstart") == date(2017, 11, 20)
    assert after.decoded("dtstamp") > before.decoded("dtstamp")


def test_no_two_have_one_name() -> None:
    kinds = [a_day(kind=kind, code=code) for kind in DateKind for code in ("A-B", "A/B", "A B", "a-b", "Ä@B")]
    names = [uid_of(each, council) for each in kinds for council in ("E08", "E09")]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.count("@") == 1 for name in names)


def test_what_counts_its_changes_says_so_and_what_does_not_keeps_silent() -> None:
    (counted,), (silent,) = read(a_day(revision=2)), read(a_day())
    assert counted["sequence"] == 2
    assert "sequence" not in silent


@pytest.mark.parametrize(
    "words",
    [
        "Hire; train, and keep: \\ crews",
        "First line\nsecond line",
        "Élan – “quoted” 漢字 " + "long " * 60,
        "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Another",
        'ATTENDEE;CN="x":mailto:x@example.org',
    ],
    ids=["commas", "two lines", "long", "a line that would end it", "a line that would ask somebody"],
)
def test_words_are_what_they_were_and_nothing_else(words: str) -> None:
    days = [a_day(line=Line(label=f"Action due: {words}", detail=words)), DUE]
    first, second = read(*days)
    assert first["summary"].splitlines() == f"Action due: {words}".splitlines()
    assert str(first["description"]).splitlines()[:-1] == words.splitlines()
    assert set(first) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES", "TRANSP"}
    assert second["summary"] == DUE.line.label
    assert all(len(line) <= 75 for line in a_file(*days).split(b"\r\n"))


def test_it_reminds_at_nine_on_the_day_it_is_thought_of() -> None:
    (event,) = read(DUE)
    (alarm,) = event.walk("VALARM")
    assert datetime(2017, 11, 15) + alarm.decoded("trigger") == datetime(2017, 11, 10, 9)  # noqa: DTZ001 - of the reader
    assert (alarm["action"], alarm["description"]) == ("DISPLAY", DUE.line.label)


def test_whoever_is_reminded_by_mail_is_not_reminded_twice() -> None:
    closes = a_day(kind=DateKind.CLOSES, remind_on=date(2017, 11, 27))
    reminded = [bool(each.walk("VALARM")) for each in read(DUE, closes, by_mail=True)]
    assert reminded == [False, True]
    assert not read(a_day(remind_on=None))[0].walk("VALARM")


def test_a_file_asks_nobody_for_an_answer() -> None:
    calendar = Calendar.from_ical(a_file(DUE))
    assert calendar["version"] == "2.0"
    assert calendar["x-wr-calname"] == "Testing: performance dates"
    assert {"METHOD", "ORGANIZER", "ATTENDEE"}.isdisjoint({*calendar, *calendar.walk("VEVENT")[0]})


def test_the_same_days_make_the_same_file() -> None:
    assert a_file(DUE, a_day()) == a_file(DUE, a_day())
