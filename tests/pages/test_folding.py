"""Tables that fold on a telephone: three facts of a row and the first rows in sight, the rest behind a press."""

import re
from xml.etree import ElementTree

import pytest

from components.parts.html_table import Cell, Column, Html, table

TITLES = ("Measure", "Now", "Target", "Owner", "Method")


def drawn(*rows: list[Cell], leads: tuple[str, ...] = (), titles: tuple[str, ...] = TITLES) -> ElementTree.Element:
    columns = [Column(title=title, leads=title in leads) for title in titles]
    inner = table("Measures", columns, list(rows))
    return ElementTree.fromstring(f"<div>{inner}</div>")  # noqa: S314 - our own page


def facts(of: ElementTree.Element) -> list[str | None]:
    return [cell.get("data-title") for cell in of.iter("td") if "fact" in (cell.get("class") or "").split()]


def test_the_first_three_facts_stay_in_sight_unless_others_lead() -> None:
    row: list[Cell] = ["Bins", "1", "2", "Ann", "Counted"]
    assert facts(drawn(row)) == ["Now", "Target", "Owner"]
    assert facts(drawn(row, leads=("Now", "Method"))) == ["Now", "Method"]


@pytest.mark.parametrize("titles", [TITLES[:3], TITLES[:4]])
def test_a_row_that_has_room_does_not_fold(titles: tuple[str, ...]) -> None:
    found = drawn(["Bins", "1", "2", "Ann"][: len(titles)], titles=titles)  # type: ignore[arg-type]
    assert (facts(found), list(found.iter("details"))) == ([], [])


def test_what_opens_a_row_names_it_and_says_nothing_that_the_row_does_not() -> None:
    found = drawn(
        [Html('<a href="measure?a=1&amp;b=2">Bins &amp; “<b>bags</b>” &quot;x&quot;</a>'), "1", "2", "3", "4"]
    )
    (head,) = [each for each in found.iter("th") if each.get("scope") == "row"]
    (summary,) = head.iter("summary")
    assert head.get("aria-label") == 'Bins & “ bags ” "x"'
    assert summary.get("aria-label") == 'Details: Bins & “ bags ” "x"'
    assert "".join(head.itertext()) == 'Bins & “bags” "x"'


def test_a_long_fact_has_a_line_to_itself_however_it_is_drawn() -> None:
    found = drawn(["Bins", "x" * 40, "x" * 41, Html(f"<b title='{'x' * 60}'>short</b>"), "x" * 99])
    assert [cell.get("class") for cell in found.iter("td")] == ["fact", "fact long", "fact", None]


@pytest.mark.parametrize(("many", "said"), [(15, []), (16, ["The other 4"]), (1_013, ["The other 1,001"])])
def test_rows_after_the_twelfth_fold_where_there_are_more_than_fifteen(many: int, said: list[str]) -> None:
    found = drawn(*([[str(number), "1", "2", "3", "4"] for number in range(many)]))  # type: ignore[list-item]
    assert [each.text for each in found.findall("details/summary")] == said


def test_a_table_that_does_not_fold_is_as_it_was() -> None:
    columns = [Column(title=title) for title in TITLES]
    rows = [["Bins", "1", "2", "3", "4"]] * 40
    assert not re.search("details|fact|aria-label", table("Measures", columns, rows, folds=False))
