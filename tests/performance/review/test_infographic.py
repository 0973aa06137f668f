"""A page of big numbers: which tiles there are, in which order, and what each says."""

from dataclasses import replace
from decimal import Decimal

from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.review.infographic import MOST, Infographic, of_card
from performance.review.told import Told, ToldCard
from tests.performance.review.test_brief import told
from tests.reporting.words.test_sentences import SEPTEMBER


def page(*lines: Told) -> Infographic:
    card = ToldCard(part="Waste", period=SEPTEMBER, lines=lines)
    return of_card(card, "So it stands.", council="Borough of Testing", known="Known today")


def titles(found: Infographic) -> list[str]:
    return [each.title for each in found.tiles]


def test_the_worst_come_first_then_what_is_better_then_the_rest_each_once() -> None:
    found = page(
        told("As it was", was="8", now="8"), told("Better", was="9", now="8"), told("Red", now="20"),
        told("Redder", now="30"), told("Not in", now=None),
    )  # fmt: skip
    assert titles(found) == ["Redder", "Red", "Better", "As it was"]
    assert found.foot == "Borough of Testing. Known today. 4 of 5 measures are shown; all are in the app."


def test_at_most_nine_stand_on_it_and_three_of_a_kind_come_first() -> None:
    reds = [told(f"Red {number}", now=str(20 + number)) for number in range(5)]
    better = [told(f"Better {number}", was="9", now="8") for number in range(5)]
    found = page(*better, *reds)
    assert len(found.tiles) == MOST
    assert titles(found)[:6] == ["Red 4", "Red 3", "Red 2", "Better 0", "Better 1", "Better 2"]


def test_a_tile_says_the_figure_its_status_where_it_goes_and_its_target() -> None:
    line = replace(told("Red", now="20"), numbers=(Decimal(10), None, Decimal(20)))
    (tile,) = page(line).tiles
    assert (tile.figure, tile.period, tile.status, tile.sign) == ("20", "Sep 2017", Rag.RED, "worse")
    assert tile.in_words == "Red: 20, Sep 2017. Red. Worsening: up from 10 in August 2017, target 10"
    assert tile.numbers == (Decimal(10), None, Decimal(20))
    assert page(line).in_words.startswith("Waste, September 2017. So it stands. Red: 20, Sep 2017.")


def test_what_is_hidden_or_long_is_not_on_it_or_cut_at_a_word() -> None:
    hidden = told("Hidden")
    hidden = replace(hidden, line=replace(hidden.line, value=Absence.SUPPRESSED))
    found = page(hidden, told("Bins " * 40))
    (title,) = titles(found)
    assert title.endswith("Bins…")
    assert len(title) <= 72
    assert not page().tiles
