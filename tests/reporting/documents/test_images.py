"""A chart as files: what is exported is what was seen, and says what it shows."""

import struct
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.periods import Frequency, Period
from performance.ground.values import Absence, Value
from performance.report.annual import ChartKind
from reporting.charts.annual_spec import spec
from reporting.documents import images
from reporting.documents.annual import LICENCE, ChartPage, Drawn, chart_page, source_in_words
from reporting.words.chart_headlines import check_headline, count_words, suggest_headline

SVG = "{http://www.w3.org/2000/svg}"
MEASURE = Measure(
    code="WCP1032", title="Adults who smoke", unit="percent", polarity=Polarity.LOWER, decimals=1,
    accumulation=Accumulation.IN_PERIOD, frequency=Frequency.YEARLY, unit_code="HEALTH",
    source="OHID, Public Health Outcomes Framework (Fingertips): Smoking prevalence (adults_smoking)",
)  # fmt: skip
OURS = {
    Period.year(2012 + step): Decimal(value) for step, value in enumerate(("22.96", "21.6", "20.9", "19.3", "16.5"))
}


def a_page(
    *, kind: ChartKind = ChartKind.LINE, headline: str = "Fewer adults smoke", measure: Measure = MEASURE,
    ours: dict[Period, Value] | None = None, alt: str = "", **own: str,
) -> ChartPage:  # fmt: skip
    england = {period: number - 1 for period, number in OURS.items()}
    series = [Drawn(name="Wolverhampton", values=ours or dict(OURS)), Drawn(name="England", values=england)]
    return chart_page(
        measure, series, kind=kind, headline=headline, place="Wolverhampton", council="City of Wolverhampton Council",
        known_on=date(2017, 11, 10), alt=alt, **own,
    )  # fmt: skip


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("kind", ChartKind)
def test_a_png_is_twice_the_size_it_is_shown_at(kind: ChartKind) -> None:
    drawn = spec(a_page(kind=kind))
    once, twice = size_of(images.png(drawn, scale=1)), size_of(images.png(drawn))
    assert twice == (2 * once[0], 2 * once[1])
    assert once[0] > 600


def test_an_svg_is_named_and_described_for_those_who_cannot_see_it() -> None:
    page = a_page(headline="Smoking < 17% & falling")
    root = ElementTree.fromstring(images.svg(spec(page), title=page.headline, description=page.alt))  # noqa: S314
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-title chart-desc"
    assert root.findtext(f"{SVG}title") == "Smoking < 17% & falling"
    assert root.findtext(f"{SVG}desc") == page.alt


def test_the_file_carries_headline_source_and_licence() -> None:
    page = a_page()
    said = "".join(ElementTree.fromstring(images.svg(spec(page), title="", description="")).itertext())  # noqa: S314
    for words in ("Fewer adults smoke", "Source: Smoking prevalence from OHID", LICENCE, "Wolverhampton 16.5%"):
        assert words in said


def test_illustrative_figures_say_so_and_claim_no_licence() -> None:
    measure = replace(MEASURE, illustrative=True, source="Weighbridge records (illustrative figures made up)")
    page = a_page(measure=measure)
    assert page.notes[0].startswith("Illustrative figures")
    assert page.notes[1].startswith("Source: Weighbridge records from City of Wolverhampton Council.")
    assert LICENCE not in page.notes


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ONS: Mid-year estimates", "Mid-year estimates from ONS"),
        ("Mid-year estimates from ONS", "Mid-year estimates from ONS"),
        ("Weighbridge records", "Weighbridge records from The Council"),
        ("", "Records from The Council"),
    ],
)
def test_a_source_is_written_as_publication_from_organisation(source: str, words: str) -> None:
    assert source_in_words(replace(MEASURE, source=source), council="The Council") == words


def test_a_missing_year_is_a_gap_and_not_a_zero() -> None:
    gone = Period.year(2014)
    page = a_page(ours={**OURS, gone: Absence.NOT_PUBLISHED})
    rows = [row for row in spec(page)["data"]["values"] if row["series"] == "Wolverhampton"]
    assert [row["period"] for row in rows] == ["2012/13", "2013/14", "2015/16", "2016/17"]
    assert [row["run"] for row in rows] == [1, 1, 2, 2]
    assert dict((row[0], row[1]) for row in page.rows)["2014/15"] == "Not yet published"


def test_lines_are_not_joined_across_a_break_and_the_reason_is_given() -> None:
    measure = replace(MEASURE, breaks=(SeriesBreak(on=date(2015, 4, 1), reason="New survey."),))
    page = a_page(measure=measure)
    runs = [row["run"] for row in spec(page)["data"]["values"] if row["series"] == "Wolverhampton"]
    assert runs == [1, 1, 1, 2, 2]
    assert any("1 April 2015 cannot be compared with earlier ones: New survey." in note for note in page.notes)


def test_what_is_printed_is_rounded_half_up() -> None:
    page = a_page()
    assert page.header == ("Period", "Wolverhampton", "England")
    assert page.rows[0] == ("2012/13", "23.0%", "22.0%")


def test_the_alternative_text_is_written_from_the_data_and_can_be_another() -> None:
    assert a_page().alt == (
        "Line chart of adults who smoke in Wolverhampton, 2012/13 to 2016/17. "
        "It fell from 23.0% in 2012/13 to 16.5% in 2016/17. "
        "England was 15.5% in 2016/17."
    )
    assert a_page(alt="My own words").alt == "My own words"


def test_a_headline_is_suggested_in_ten_words_or_fewer() -> None:
    suggested = suggest_headline(MEASURE, OURS)
    assert suggested == "Adults who smoke: down to 16.5%, lowest since 2012/13"
    assert count_words(suggested) <= 10


def test_a_year_like_the_last_is_held_against_the_first_of_the_chart() -> None:
    level = OURS | {Period.year(2016): Decimal("19.3")}
    assert suggest_headline(MEASURE, level) == "Adults who smoke: down from 23.0% in 2012/13 to 19.3%"
    flat = dict.fromkeys(OURS, Decimal("19.3"))
    assert suggest_headline(MEASURE, flat) == "Adults who smoke: no change, at 19.3%"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        (
            "Older people who need no further help after a period of short-term support",
            "Older people who need no further help…: down to 16.5%",
        ),
        (
            "Households with children living there temporarily after homelessness",
            "Households with children living there temporarily…: down to 16.5%",
        ),
        (
            "Major planning applications decided inside thirteen statutory weeks this quarter",
            "Major planning applications decided inside thirteen statutory…: down to 16.5%",
        ),
    ],
)
def test_a_long_name_is_cut_and_never_left_out(title: str, headline: str) -> None:
    """A headline without its subject says nothing; the whole name stands beneath it."""
    suggested = suggest_headline(replace(MEASURE, title=title), OURS)
    assert suggested == headline
    assert count_words(suggested) <= 10
    single = {max(OURS): OURS[max(OURS)]}
    assert suggest_headline(replace(MEASURE, title=title), single).startswith(headline[:20])


@pytest.mark.parametrize(
    ("headline", "doubt"),
    [
        ("Smoking rose again", 'says "rose"'),
        ("Smoking at its highest", 'says "highest", but 2012/13 was 23.0%'),
        ("Smoking has halved", 'says "halved"'),
        ("", "Write a headline"),
        ("one two three four five six seven eight nine ten eleven", "has 11 words"),
    ],
)
def test_a_headline_that_the_figures_do_not_bear_out_is_doubted(headline: str, doubt: str) -> None:
    (said,) = check_headline(headline, MEASURE, OURS)
    assert doubt in said


def test_a_headline_that_holds_is_not_doubted() -> None:
    assert check_headline("Smoking fell to its lowest for five years", MEASURE, OURS) == []


def test_a_single_year_can_be_drawn() -> None:
    page = a_page(ours={Period.year(2016): Decimal("16.5")}, kind=ChartKind.BARS)
    assert page.alt.startswith("Bar chart of adults who smoke in Wolverhampton, 2016/17. It was 16.5% in 2016/17.")
    assert images.png(spec(page))


def test_figures_all_absent_are_drawn_as_words_and_not_as_a_fault() -> None:
    page = a_page(ours={Period.year(2016): Absence.SUPPRESSED})
    assert page.rows == (("2016/17", "Hidden to protect people", "15.5%"),)
    assert images.png(spec(page))
