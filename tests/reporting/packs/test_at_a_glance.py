"""What a pack comes to as one picture: its counts, what changed, the worst reds, and nothing that is hidden."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from lxml import etree
from PIL import Image

from performance.ground.reckoning.rag import Rag
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack, changed_since
from performance.report.words import story
from performance.review.infographic import MOST, Infographic
from reporting.packs import at_a_glance
from tests.reporting.packs.test_document import AMBER, HIDDEN, RED, a_pack

GREEN = replace(AMBER, measure_code="TIPS", title="Fly tips", rag=Rag.GREEN)
NAMES = {"council": "City Council", "place": "The city"}


def page(pack: Pack) -> Infographic:
    return at_a_glance.page_of(pack, **NAMES)


def earlier(line: FrozenLine, rag: Rag) -> FrozenLine:
    return replace(line, rag=rag, figure="50.0%", period=line.period.shifted(-3))


def moved(*pairs: tuple[FrozenLine, Rag]) -> Pack:
    now = tuple(line for line, _ in pairs)
    changed = changed_since(tuple(earlier(line, rag) for line, rag in pairs), now)
    return replace(a_pack(), lines=now, story=story(now, {}), changed=changed)


def test_counts_come_first_and_then_the_reds() -> None:
    found = page(a_pack())
    assert [(each.title, each.figure, each.period, each.status) for each in found.tiles[:3]] == [
        ("Red now", "1", "of 3 measures", Rag.RED),
        ("Amber now", "1", "of 3 measures", Rag.AMBER),
        ("Green now", "0", "of 3 measures", Rag.GREEN),
    ]
    assert [(each.title, each.figure) for each in found.tiles[3:]] == [("Collections", "92.1%")]
    assert found.title == "Performance, Q2 (July to September) 2017/18: The city"
    assert found.lead == (
        "Cabinet, 11 December 2017. Of 3 measures: 1 red, 1 amber, 1 not rated."
        " No status moved since Q1 (April to June) 2017/18."
    )
    assert found.foot == "City Council. Figures as known on 9 November 2017. Draft: this edition is not published."


def test_what_changed_comes_before_a_red_that_stayed_and_what_is_red_now_first() -> None:
    stayed = replace(RED, measure_code="STAYED", title="Stayed red")
    found = page(moved((stayed, Rag.RED), (GREEN, Rag.RED), (AMBER, Rag.GREEN), (RED, Rag.AMBER)))
    assert [(each.title, each.sign) for each in found.tiles[3:6]] == [
        ("Collections", "worse"), ("Calls answered", "worse"), ("Fly tips", "better"),
    ]  # fmt: skip
    assert found.tiles[6].title == "Stayed red"
    assert found.tiles[3].said == "Amber to red: 50.0% in Q1 2017/18; target 95.0%"
    assert [each.said for each in found.tiles[:3]] == [
        "1 turned red since Q1 2017/18", "1 turned amber since Q1 2017/18", "1 turned green since Q1 2017/18",
    ]  # fmt: skip
    assert "3 statuses moved since Q1" in found.lead


def test_the_first_edition_of_a_committee_says_nothing_of_one_before() -> None:
    found = page(replace(a_pack(), before=None))
    assert "since" not in found.in_words


def test_of_more_than_there_is_room_for_it_says_how_many_are_shown() -> None:
    reds = tuple(replace(RED, measure_code=f"M{number:02}", title=f"Red {number}") for number in range(12))
    found = page(a_pack(*reds))
    assert len(found.tiles) == MOST
    assert "6 of the 12 that changed or are red are shown." in found.foot


def test_a_figure_that_is_hidden_is_on_no_tile_and_leaves_a_gap_in_its_line() -> None:
    found = page(a_pack(RED, HIDDEN))
    assert "People helped" not in found.in_words
    assert found.tiles[3].numbers == (Decimal("91.5"), None, Decimal("88.2"))


def test_the_pictures_say_in_themselves_what_they_show() -> None:
    pack = a_pack()
    picture = Image.open(BytesIO(at_a_glance.as_png(pack, **NAMES)))
    said = page(pack)
    assert (picture.info["Title"], picture.info["Description"]) == (said.title, said.in_words)
    drawn = etree.fromstring(at_a_glance.as_svg(pack, **NAMES))
    assert (drawn.find("{*}title").text, drawn.find("{*}desc").text) == (said.title, said.in_words)
