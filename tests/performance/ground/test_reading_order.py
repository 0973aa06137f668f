"""Titles in the order a reader expects."""

from performance.ground.reading_order import as_read, by_title
from tests.performance.builders import a_measure


def test_capitals_and_accents_make_no_difference() -> None:
    assert sorted(["zebra", "Énergie", "Zoo", "able", "École"], key=as_read) == [
        "able", "École", "Énergie", "zebra", "Zoo",
    ]  # fmt: skip


def test_capitals_and_accents_decide_between_titles_that_are_otherwise_the_same() -> None:
    assert sorted(["elan", "Élan", "Elan"], key=as_read) == ["Elan", "elan", "Élan"]


def test_a_curled_apostrophe_is_an_apostrophe() -> None:
    assert sorted(["People’s homes", "People's hopes", "People’s zoos"], key=as_read) == [
        "People’s homes", "People's hopes", "People’s zoos",
    ]  # fmt: skip


def test_measures_with_one_title_come_by_code() -> None:
    found = by_title([a_measure(code="B", title="Visits"), a_measure(code="A", title="Visits")])
    assert [each.code for each in found] == ["A", "B"]
