"""The files of a pack are built in a thread: how far it is, what comes of it, and what is kept for whom."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from performance.report.words import Place, Said, story
from reporting.documents import renderer
from reporting.packs import building, files
from reporting.packs.building import Asked, Building, Shelf
from tests.reporting.packs.test_document import AMBER, RED, a_pack

ASKED = Asked(pack=a_pack(), council="City Council", place="The city")
PATIENCE = 60  # seconds


@pytest.fixture
def held_up() -> Iterator[None]:
    """Nothing is built while the test runs: another pack has its turn."""
    with building._turn:
        yield


def of_edition(number: int) -> Asked:
    pack = ASKED.pack
    return replace(ASKED, pack=replace(pack, edition=replace(pack.edition, id=number)))


def test_every_file_is_built_and_every_step_counted() -> None:
    found = Building(ASKED).start()
    assert found.wait(PATIENCE)
    assert {ending: content[:4] for ending, content in found.outcome().items()} == {
        "pdf": b"%PDF", "docx": b"PK\x03\x04", "pptx": b"PK\x03\x04", "xlsx": b"PK\x03\x04",
        "zip": b"PK\x03\x04",
    }  # fmt: skip
    assert (found.done, found.steps) == (6, 6), "a red, and five files"
    assert not found.refused
    assert tuple(found.outcome()) == building.ENDINGS


def test_while_it_has_not_had_its_turn_nothing_is_done(held_up: None) -> None:
    found = Building(ASKED).start()
    assert not found.wait(0.05)
    assert not found.is_over
    assert (found.done, found.steps) == (0, 6)
    found.call_off()


def test_what_is_called_off_is_not_built_further() -> None:
    found = Building(ASKED)
    found.call_off()
    assert found.start().wait(PATIENCE)
    assert found.outcome() == {}
    assert found.done == 1


def test_a_pdf_that_cannot_be_drawn_takes_no_other_file_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "SECONDS", 0)  # the drawing child is given no time at all
    files.images._svg.cache_clear()
    found = Building(ASKED).start()
    assert found.wait(PATIENCE)
    assert sorted(found.outcome()) == ["docx", "pptx", "xlsx"]
    assert list(found.refused) == ["pdf", "zip"]
    assert all("could not be drawn" in each for each in found.refused.values())
    assert found.done == found.steps


def test_a_pack_without_a_chart_has_no_pictures_and_every_step_is_counted_all_the_same() -> None:
    found = Building(replace(ASKED, pack=a_pack(replace(RED, points=RED.points[:1]), AMBER))).start()
    assert found.wait(PATIENCE)
    assert sorted(found.outcome()) == ["docx", "pdf", "pptx", "xlsx"]
    assert not found.refused
    assert found.done == found.steps


def test_what_nobody_expected_is_told_to_whoever_asks() -> None:
    broken = replace(ASKED, pack=replace(ASKED.pack, lines=(replace(AMBER, rag=None),)))  # type: ignore[arg-type]
    found = Building(broken).start()
    assert found.wait(PATIENCE)
    with pytest.raises(AttributeError):
        found.outcome()


def test_whoever_asks_for_the_same_finds_it_on_its_way_and_over(held_up: None) -> None:
    shelf = Shelf()
    assert shelf.find(ASKED) is None
    begun = shelf.begin(ASKED)
    same = replace(ASKED, pack=a_pack())
    assert same.pack is not ASKED.pack
    assert shelf.find(same) is shelf.begin(same) is begun
    begun.call_off()


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, pack=a_pack(replace(RED, figure="Hidden to protect people"), AMBER)),
        replace(ASKED, pack=replace(ASKED.pack, edition=replace(ASKED.pack.edition, version=9))),
        replace(ASKED, pack=replace(ASKED.pack, story=story(ASKED.pack.lines, {
            (Place.SUMMARY, ""): Said(words="Otherwise.", by="officer")}))),
        replace(ASKED, pack=replace(ASKED.pack, restated=())),
        replace(ASKED, council="Another"),
        replace(ASKED, place="Elsewhere"),
    ],
    ids=["a figure that is hidden by now", "another version", "other words", "no correction", "a council", "a place"],
)  # fmt: skip
def test_whoever_reads_anything_else_does_not_find_it(other: Asked, held_up: None) -> None:
    shelf = Shelf()
    begun = shelf.begin(ASKED)
    assert shelf.find(other) is None
    begun_anew = shelf.begin(other)
    assert begun_anew is not begun
    assert begun._called_off.is_set()
    assert shelf.find(ASKED) is None, "an edition stands there once"
    begun_anew.call_off()


def test_the_oldest_of_too_many_is_dropped(held_up: None) -> None:
    shelf = Shelf(most=2)
    first, second, third = (shelf.begin(of_edition(number)) for number in (1, 2, 3))
    assert shelf.find(of_edition(1)) is None
    assert [shelf.find(of_edition(2)), shelf.find(of_edition(3))] == [second, third]
    assert [each._called_off.is_set() for each in (first, second, third)] == [True, False, False]
    shelf.drop(third)
    assert shelf.find(of_edition(3)) is None
    second.call_off()
