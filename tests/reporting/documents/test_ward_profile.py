"""A ward profile on one A4 side, as Word and as PDF: the same words, alternative texts and header rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from performance.ground.measures import Polarity
from performance.ground.organisation import Action, Area, AreaKind
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction
from performance.ground.values import Absence
from performance.review.wards.count_intervals import Interval
from performance.review.wards.profile import WardLine, WardProfile
from reporting.documents import pdf, plan_page, plan_page_word, ward_profile
from tests.performance.builders import a_measure, a_share

SEPTEMBER = Period.month(2017, 9)


def a_ward(measures: int = 2) -> WardProfile:
    series = tuple((Period.month(2017, month), Decimal(month)) for month in range(1, 10))
    share = WardLine(
        measure=a_share(polarity=Polarity.LOWER), period=SEPTEMBER, ward=Decimal("9.0"), whole=Decimal("5.0"),
        interval=Interval(low=Decimal("7.01"), high=Decimal("11.26")), expected=Decimal(5), numbers=series,
        direction=Direction.WORSENING, before=SEPTEMBER.previous,
        doing=(Action(id=1, action="Put up <cameras> & signs", responsible_role="Head of Waste"),),
    )  # fmt: skip
    hidden = WardLine(
        measure=a_measure(), period=SEPTEMBER, ward=Absence.SUPPRESSED, whole=Decimal(60), average=Decimal("7.5")
    )
    return WardProfile(
        ward=Area(code="E05001321", name="St Peter's", kind=AreaKind.WARD),
        place="Testing",
        council_name="Borough of Testing",
        boundaries="2013",
        residents=None,
        deprivation=None,
        similar=(),
        lines=(share, hidden, *[share] * (measures - 2)),
        on=date(2017, 11, 10),
    )


def test_the_words_are_those_of_the_screen() -> None:
    made = ward_profile.sheet(a_ward())
    first, second = made.grids[0].rows
    assert tuple(map(str, first[1:])) == (
        "9.0%",
        "7.0% to 11.3%",
        "5.0%",
        "–",
        "Higher than Testing (worse)",
        "Worsening since August 2017",
    )
    assert second[1:4] == ("Hidden to protect people", "–", "7.5 in the average ward")
    assert "Hidden to protect people: small counts" in made.foot
    assert made.grids[1].rows[0][1:3] == ("Put up <cameras> & signs", "Head of Waste")


def test_the_sentence_says_better_or_worse_where_the_measure_says_which_is_good() -> None:
    higher, lower = Interval(low=Decimal(6), high=Decimal(7)), Interval(low=Decimal(3), high=Decimal(4))

    def lines(*wanted: tuple[Polarity, Interval]) -> tuple[WardLine, ...]:
        return tuple(
            WardLine(measure=a_share(polarity=polarity), period=SEPTEMBER, ward=Decimal(5), whole=Decimal(5),
                     interval=interval, expected=Decimal(5))
            for polarity, interval in wanted
        )  # fmt: skip

    mixed = lines(
        (Polarity.LOWER, higher), (Polarity.LOWER, higher), (Polarity.HIGHER, higher), (Polarity.CONTEXT, higher),
        (Polarity.HIGHER, lower), (Polarity.LOWER, Interval(low=Decimal(4), high=Decimal(6))),
    )  # fmt: skip
    assert replace(a_ward(), lines=mixed).in_a_sentence == (
        "Of 6 measures that can be compared: 4 higher than Testing (1 better, 2 worse), 1 lower than Testing (worse),"
        " 1 similar to Testing."
    )
    alike = lines((Polarity.LOWER, lower), (Polarity.LOWER, lower), (Polarity.CONTEXT, higher))
    assert replace(a_ward(), lines=alike).in_a_sentence == (
        "Of 3 measures that can be compared: 1 higher than Testing, 2 lower than Testing (all better)."
    )


def a_line(title: str, ward: str | None = "5", polarity: Polarity = Polarity.LOWER, **fields: Any) -> WardLine:
    value = Absence.SUPPRESSED if ward is None else Decimal(ward)
    known = {"whole": Decimal(5), "similar": (Decimal(4), Decimal(6))} | fields
    return WardLine(measure=a_share(title=title, polarity=polarity), period=SEPTEMBER, ward=value, **known)


def test_what_is_worse_and_better_is_named_beside_the_council_and_beside_wards_like_it() -> None:
    higher = {"interval": Interval(low=Decimal(6), high=Decimal(8)), "expected": Decimal(5)}
    lines = (
        a_line("Thefts", "7", **higher), a_line("Walks", "7", Polarity.HIGHER, **higher), a_line("Fires"),
        a_line("Cars", "3", Polarity.CONTEXT), a_line("Calls", None),
    )  # fmt: skip
    assert replace(a_ward(), lines=lines).in_sentences[1:] == (
        "Worse: Thefts. Better: Walks.",
        "Of 4 measures that its similar wards have a figure for, it is beyond all of them: worse in Thefts;"
        " better in Walks; lower in Cars.",
    )
    assert replace(a_ward(), lines=(a_line("Fires"),)).in_sentences[1:] == (
        "Of 1 measure that its similar wards have a figure for, it is within their range in each.",
    )
    many = tuple(a_line(name, "7", **higher) for name in "ABCDEF")
    assert "Worse: A, B, C, D and 2 more." in replace(a_ward(), lines=many).in_sentences


def test_a_step_that_may_be_chance_is_no_trend_and_a_count_stands_beside_the_average_ward() -> None:
    line = replace(a_line("Thefts"), direction=Direction.IMPROVING, before=SEPTEMBER.previous)
    assert line.trend_in_words == "Improving since August 2017"
    assert replace(line, may_be_chance=True).trend_in_words == "No clear change since August 2017: it may be chance"
    count = replace(line, measure=a_measure(), whole=Decimal(413))
    assert count.whole_in_words == ""  # the sum is nothing to hold a ward against
    assert replace(count, average=Decimal("20.65")).whole_in_words == "20.7 in the average ward"
    assert replace(count, whole=Absence.SUPPRESSED).whole_in_words == "Hidden to protect people"
    assert replace(line, measure=a_measure(unit="score"), whole=Decimal(41)).whole_in_words == "41"
    assert line.whole_in_words == "5.0%"


def test_a_count_is_also_told_per_head_of_the_ward_and_of_the_council() -> None:
    line = replace(a_line("Thefts"), measure=a_measure(), per_head=Decimal("2.14"), whole_per_head=Decimal("1.55"))
    assert line.per_head_in_words("Testing") == "2.1 per 1,000 residents, Testing 1.6"
    assert ward_profile.cells(line, "Testing")[5].endswith("2.1 per 1,000 residents, Testing 1.6")
    assert replace(line, whole_per_head=None).per_head_in_words("Testing") == "2.1 per 1,000 residents"
    assert replace(line, residents_of=SEPTEMBER).per_head_in_words("Testing") == (
        "2.1 per 1,000 residents of September 2017, Testing 1.6"
    )
    assert replace(line, per_head=None).per_head_in_words("Testing") == ""


def test_the_side_stays_one_with_many_measures_and_says_what_is_left_out() -> None:
    found = plan_page.fitted(ward_profile.sheet(a_ward(60)))
    assert pdf.count_pages("plan_page.typ", plan_page._data(found, spare=0)) == 1
    assert "the whole profile is in the app" in found.sheet.foot


def test_both_files_have_alternative_texts_and_the_word_page_a_header_row() -> None:
    made = ward_profile.sheet(a_ward())
    with ZipFile(BytesIO(plan_page_word.document(made))) as file:
        body = file.read("word/document.xml").decode()
    assert "Line chart of Requests answered on time for St Peter" in body
    assert body.count("w:tblHeader") == 2
    assert "Why it matters" not in body
    assert "Lessons" not in body
    assert plan_page.as_pdf(made).startswith(b"%PDF")
