"""What an import would change, in words: every kind of cell, and what a file does not say stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from performance.admin.setup_report import RowChange, SetupReport, SheetChanges, row_change, with_what_stands
from performance.ground.figures import Profile, Target
from performance.ground.incoming import TargetLine
from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Frequency, Period

MEASURE = Measure(
    code="A10", title="A title", unit="percent", polarity=Polarity.HIGHER, accumulation=Accumulation.IN_PERIOD,
    frequency=Frequency.MONTHLY, unit_code="WASTE", multiplier=Decimal(100), definition="Said well",
)  # fmt: skip
TARGET = TargetLine(
    target=Target(measure_code="A10", area_code="E07009999", period=Period.year(2019), number=Decimal("48.5"),
                  profile=Profile.FLAT),
    rationale="Two points more",
)  # fmt: skip


def words(before: object, after: object) -> list[str]:
    return [change.in_words for change in row_change("A10", before, after).fields]


def test_every_kind_of_cell_is_said_as_a_person_writes_it_under_the_heading_of_its_column() -> None:
    after = replace(
        MEASURE, unit_code="BEACH", seasonal=True, tolerance=Decimal("2.50"), definition="", polarity=Polarity.LOWER,
        methodology_reviewed_on=date(2019, 4, 1),
    )  # fmt: skip
    assert set(words(MEASURE, after)) == {
        "polarity: higher -> lower",
        "organisation unit: WASTE -> BEACH",
        "definition: Said well -> empty",
        "tolerance: empty -> 2.50",
        "seasonal: no -> yes",
        "methodology reviewed on: empty -> 2019-04-01",
    }


def test_a_target_and_a_break_are_said_with_all_they_are_made_of() -> None:
    assert words(TARGET, replace(TARGET, target=replace(TARGET.target, number=Decimal(50)))) == ["target: 48.5 -> 50"]
    before, after = (
        ("A10", SeriesBreak(on=date(2019, 4, 1), reason="a")),
        ("A10", SeriesBreak(on=date(2019, 4, 1), reason="b")),
    )
    assert words(before, after) == ["reason: a -> b"]


def test_several_names_in_one_cell_are_said_side_by_side() -> None:
    area = Area(code="E07009999", name="Seaborough", kind=AreaKind.COUNCIL)
    assert words(area, replace(area, aliases=("Sea", "Borough"))) == ["aliases: empty -> Sea, Borough"]


def test_a_new_row_goes_by_its_name_and_has_no_fields() -> None:
    assert row_change("A10", None, MEASURE) == RowChange(code="A10", name="A title")


def test_what_the_file_has_no_column_for_stays_and_what_follows_from_the_unit_follows_it() -> None:
    said = replace(MEASURE, unit="per 1,000", multiplier=Decimal(1000), definition="", title="New")
    stands = with_what_stands(said, MEASURE, columns={"measure_code", "title", "unit"})
    assert (stands.title, stands.definition, stands.multiplier) == ("New", "Said well", Decimal(1000))
    same_unit = replace(MEASURE, multiplier=Decimal(1))
    assert with_what_stands(same_unit, MEASURE, columns={"title", "unit"}).multiplier == Decimal(100)


def test_a_target_is_said_as_a_whole() -> None:
    said = replace(TARGET, target=replace(TARGET.target, profile=None), rationale="")
    stands = with_what_stands(said, TARGET, columns={"measure_code", "area_code", "period", "target"})
    assert (stands.target.profile, stands.rationale) == (None, "Two points more")


def test_a_long_list_is_cut_with_how_many_more() -> None:
    rows = tuple(RowChange(code=f"M{number}", name="A measure") for number in range(5))
    sheet = SheetChanges(sheet="measures", new=rows, changed=(), same=0)
    assert list(sheet.lines(most=2)) == ["new: M0 A measure", "new: M1 A measure", "... and 3 more new rows"]


def test_two_reports_have_one_fingerprint_only_if_they_say_the_same() -> None:
    one = SheetChanges(sheet="measures", new=(RowChange(code="A"),), changed=(), same=0)
    first, again = SetupReport(sheets=(one,)), SetupReport(sheets=(one,), receipt=7)
    assert first.fingerprint == again.fingerprint
    assert SetupReport(sheets=(replace(one, same=1),)).fingerprint != first.fingerprint


def test_a_file_of_headings_and_a_file_of_what_is_there_already_are_not_the_same() -> None:
    assert SetupReport(sheets=()).in_words(done=False).startswith("The file holds headings and examples only")
    same = SetupReport(sheets=(SheetChanges(sheet="areas", new=(), changed=(), same=3),))
    assert same.in_words(done=True) == "0 rows changed."
