"""What people told the council: what may be kept, and how it is counted by theme and quarter."""

from dataclasses import replace
from datetime import date

import pytest

from performance.ground.periods import Period
from performance.revise.feedback import Feedback, FeedbackKind, check_feedback, count_themes, themes_used


def a_record(theme: str = "Missed bins", count: int = 3, month: str = "2017-04", **fields: object) -> Feedback:
    year, number = (int(part) for part in month.split("-"))
    record = Feedback(
        kind=FeedbackKind.COMPLAINT, period=Period.month(year, number), unit_code="WASTE", theme=theme, count=count
    )
    return replace(record, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, []),
        ({"theme": " "}, ["theme"]),
        ({"theme": "x" * 61}, ["theme"]),
        ({"count": 0}, ["count"]),
        ({"count": -1}, ["count"]),
        ({"count": 5, "base": 4}, ["base"]),
        ({"count": 5, "base": 5}, []),
        ({"action": "Ring back"}, ["action_role"]),
        ({"action": "Ring back", "action_role": "Manager", "action_by": date(2018, 1, 1)}, []),
        ({"cause": "x" * 1001}, ["cause"]),
    ],
)
def test_what_a_record_needs(fields: dict[str, object], wrong: list[str]) -> None:
    assert [problem.field for problem in check_feedback(a_record(**fields))] == wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Write to someone@example.org", "an e-mail address"),
        ("Ring 01902 551 155 after six", "a telephone or NHS number"),
        ("Ring +44 1902 551155", "a telephone or NHS number"),
        ("Patient 943 476 5919", "a telephone or NHS number"),
        ("Her number is QQ 12 34 56 C", "a National Insurance number"),
        ("The house in WV1 1SH", "a postcode"),
        ("Bins were left on 14 November 2017 at 9.30", ""),
        ("Reports rose from 1,240 to 1,310 in 2016/17", ""),
        ("Form A12 is not read", ""),
    ],
)
def test_what_could_find_a_person_is_refused(text: str, said: str) -> None:
    for field in ("cause", "learning", "theme"):
        found = check_feedback(a_record(**{field: text}))
        assert [problem.field for problem in found] == ([field] if said else [])
        assert all(said in problem.message for problem in found)


def test_themes_are_counted_by_quarter_the_most_frequent_first_and_a_gap_is_no_nought() -> None:
    table = count_themes(
        [
            a_record("Rude", 2, "2017-04"),
            a_record("Bins", 3, "2017-05"),
            a_record("Bins", 4, "2017-06", action="Ask", action_role="Manager"),
            a_record("Bins", 5, "2017-12"),
        ]
    )
    assert [period.start for period in table.periods] == [date(2017, 4, 1), date(2017, 7, 1), date(2017, 10, 1)]
    assert [(line.theme, line.counts, line.total) for line in table.lines] == [
        ("Bins", (7, None, 5), 12),
        ("Rude", (2, None, None), 2),
    ]
    assert (table.lines[0].records, table.lines[0].with_action) == (3, 1)
    assert table.totals == (9, 0, 5)


def test_nothing_recorded_is_an_empty_table() -> None:
    assert count_themes([]).lines == ()


def test_themes_used_most_are_offered_first() -> None:
    assert themes_used([a_record("Rude"), a_record("Bins"), a_record("Bins")]) == ["Bins", "Rude"]
