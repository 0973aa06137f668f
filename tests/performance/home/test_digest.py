"""When a person is told what by mail: on working days, before and after the day, and not the same every morning."""

from datetime import date

import pytest

from performance.do.calendar import Calendar
from performance.home.digest import MOST, Digest, Part, Point, is_told_above, stage_of, waited, working_days
from performance.home.lines import Line, Opens

# 25 and 26 December 2017 are a Monday and a Tuesday.
CALENDAR = Calendar(holidays=frozenset({date(2017, 12, 25), date(2017, 12, 26)}))
FRIDAY, MONDAY = date(2017, 11, 10), date(2017, 11, 13)
AT = "https://performance.example.org/app"


@pytest.mark.parametrize(
    ("due_on", "today", "stage"),
    [
        pytest.param(date(2017, 11, 15), FRIDAY, "soon", id="three working days before, over a weekend"),
        pytest.param(date(2017, 11, 16), FRIDAY, "", id="four working days before is too early"),
        pytest.param(date(2017, 12, 28), date(2017, 12, 21), "soon", id="bank holidays do not count as days left"),
        pytest.param(date(2017, 12, 28), date(2017, 12, 20), "", id="a day before that is too early"),
        pytest.param(FRIDAY, FRIDAY, "today", id="the day itself is not late"),
        pytest.param(FRIDAY, MONDAY, "late 0", id="late on the first working day after"),
        pytest.param(FRIDAY, date(2017, 11, 11), "late 0", id="on a Saturday no working day is lost yet"),
        pytest.param(FRIDAY, date(2017, 11, 17), "late 0", id="five working days late is the first week still"),
        pytest.param(FRIDAY, date(2017, 11, 20), "late 1", id="six are the second week"),
        pytest.param(date(2017, 12, 22), date(2018, 1, 1), "late 0", id="Christmas makes nothing later"),
        pytest.param(date(2016, 11, 10), FRIDAY, "late 4", id="a year late is no later than five weeks"),
    ],
)
def test_how_far_a_day_has_come(due_on: date, today: date, stage: str) -> None:
    assert stage_of(due_on, today=today, calendar=CALENDAR) == stage


@pytest.mark.parametrize(
    ("today", "level", "told"),
    [
        pytest.param(MONDAY, 0, True, id="the first asked at once"),
        pytest.param(date(2017, 11, 17), 1, False, id="their head not after exactly five working days"),
        pytest.param(date(2017, 11, 20), 1, True, id="but after more than five"),
        pytest.param(date(2017, 11, 24), 2, False, id="the one above not after ten"),
        pytest.param(date(2017, 11, 27), 2, True, id="but after more than ten"),
    ],
)
def test_who_stands_above_is_told_of_what_is_late_by_long(today: date, level: int, told: bool) -> None:
    assert is_told_above(FRIDAY, today=today, level=level, calendar=CALENDAR) is told


def test_what_waits_is_said_again_each_working_week() -> None:
    days = [date(2017, 11, day) for day in (10, 13, 16, 17, 24)]
    assert [waited(FRIDAY, today=each, calendar=CALENDAR) for each in days] == ["0", "0", "0", "1", "2"]


def test_no_working_day_lies_between_a_day_and_one_before_it() -> None:
    assert working_days(MONDAY, FRIDAY, CALENDAR) == 0


def a_point(part: Part = Part.LATE, topic: str = "return WASTE 2017-10-01/P1M late 0", label: str = "Waste") -> Point:
    line = Line(label=label, detail="Late by 3 days", opens=Opens.MY_RETURN, query=(("unit", "W & R"),))
    return Point(part=part, topic=topic, line=line)


def a_digest(*points: Point, red: int | None = None) -> Digest:
    return Digest(day=FRIDAY, points=points, red=red)


def test_there_is_news_only_in_what_was_not_said_before() -> None:
    two = a_digest(a_point(topic="a"), a_point(topic="b"))
    assert two.has_news([])
    assert two.has_news(["a"])
    assert not two.has_news(["a", "b"])
    assert not a_digest(a_point(topic="a")).has_news(["a", "b"]), "what is done is no news"
    assert not a_digest().has_news([])


@pytest.mark.parametrize(
    ("red", "before", "said"),
    [
        (None, None, "1 return late"),
        (0, None, "1 return late"),
        (4, None, "1 return late. 4 red now"),
        (4, 4, "1 return late. 4 red now"),
        (4, 3, "1 return late. 4 red now (1 more)"),
        (4, 6, "1 return late. 4 red now (2 fewer)"),
        (0, 2, "1 return late. 0 red now (2 fewer)"),
    ],
)
def test_the_subject_is_the_message(red: int | None, before: int | None, said: str) -> None:
    assert a_digest(a_point(), red=red).subject(red_before=before) == said


def test_the_subject_counts_each_part_in_the_order_of_its_haste() -> None:
    parts = [Part.CHANGED, Part.SIGN_OFF, Part.SIGN_OFF, Part.BACK]
    found = a_digest(*(a_point(part, topic=str(number)) for number, part in enumerate(parts)))
    assert found.subject() == "1 return came back. 2 wait for your sign-off. 1 status moved"


@pytest.mark.parametrize("part", Part, ids=lambda part: part.value)
def test_every_part_has_its_words(part: Part) -> None:
    assert part.heading
    assert part.counted(1).startswith("1 ")
    assert part.counted(2).startswith("2 ")


def test_the_text_leads_to_where_each_thing_is_done() -> None:
    said = a_digest(a_point(), red=2).text(council="Borough of Testing", at=AT, red_before=1)
    assert said.startswith("Borough of Testing, performance: what Home says to you on Friday 10 November 2017.\n\n")
    assert f"LATE (1)\n- Waste\n  Late by 3 days\n  {AT}/my-return?unit=W+%26+R\n\n2 red now (1 more)" in said
    assert said.endswith("nobody reads an answer to it.\n")


def test_a_name_with_line_ends_stays_one_line() -> None:
    assert "- Waste Bcc: all@example.org\n" in a_digest(a_point(label="Waste\r\nBcc: all@example.org")).text(
        council="C", at=AT
    )


def test_a_long_part_says_how_many_more_there_are() -> None:
    said = a_digest(*(a_point(topic=str(number)) for number in range(MOST + 3))).text(council="C", at=AT)
    assert said.count("- Waste") == MOST
    assert f"LATE ({MOST + 3})" in said
    assert f"And 3 more, on Home: {AT}/" in said
