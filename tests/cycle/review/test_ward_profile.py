"""A ward on one page: beside the council and wards like it, with nothing that its reader may not see."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import update

from cycle.ground.series.warding import NoWardFiguresError
from cycle.review import readings
from cycle.review.public_ward import public_profile
from data_access.council.areas import AreaNotFoundError
from data_access.council.settings_store import save_setting
from data_access.models import ActionRow, AreaRow, FigureRow
from data_access.store.database import transaction
from performance.ground.measures import Accumulation, Polarity
from performance.ground.organisation import ActionStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction
from performance.ground.values import Absence, Value
from performance.review.wards.count_intervals import Standing
from performance.review.wards.profile import MOST_MEASURES, WardLine, WardProfile
from tests.builders import COUNCIL, WARDS, a_user, add_council, add_figure, add_measure, add_share

pytestmark = pytest.mark.usefixtures("database_on_one")
SEPTEMBER = Period.month(2017, 9)


def a_councillor() -> User:
    return a_user("councillor", Role.COUNCILLOR, "COUNCIL")


def a_claimant_share() -> None:
    """Ward 1 is far above the council, ward 2 like it, ward 3 far below."""
    add_share("CLAIM", polarity=Polarity.LOWER, accumulation=Accumulation.SNAPSHOT)
    for ward, count in zip(WARDS, ("400", "101", "20", "100", "100", "100"), strict=True):
        add_figure("CLAIM", counts=(count, "1000"), area=ward)
    add_figure("CLAIM", counts=("600", "6000"))


def residents_and_deprivation() -> None:
    for code, name, unit in (("POP", "ward_population", "number"), ("IMD", "ward_deprivation", "score")):
        add_measure(code, title=f"Measure {code}", unit=unit, polarity=Polarity.CONTEXT)
        for number, ward in enumerate(WARDS, start=1):
            add_figure(code, value=str(1000 * number if code == "POP" else number * number), area=ward)
        with transaction() as session:
            save_setting(session, name=name, value=code)


def line_of(code: str, ward: str, by: User) -> WardLine:
    return next(line for line in readings.ward_profile(ward, by=by).every_line if line.measure.code == code)


def shown(profile: WardProfile) -> list[Value]:
    return [line.ward for line in profile.lines]


def test_a_share_is_higher_similar_or_lower_by_its_interval() -> None:
    add_council()
    a_claimant_share()
    by = a_councillor()
    found = [line_of("CLAIM", ward, by).standing for ward in WARDS[:3]]
    assert found == [Standing.HIGHER, Standing.SIMILAR, Standing.LOWER]
    assert line_of("CLAIM", WARDS[0], by).compared_in_words("Testing") == "Higher than Testing (worse)"
    assert line_of("CLAIM", WARDS[1], by).compared_in_words("Testing") == "Similar to Testing"


def test_a_count_is_compared_by_residents_and_not_at_all_without_them() -> None:
    add_council()
    add_measure("TIPS", polarity=Polarity.LOWER)
    for ward in WARDS:
        add_figure("TIPS", value="35", area=ward)
    add_figure("TIPS", value="210")
    by = a_councillor()
    assert line_of("TIPS", WARDS[0], by).standing is Standing.NOT_COMPARED
    residents_and_deprivation()
    first, last = line_of("TIPS", WARDS[0], by), line_of("TIPS", WARDS[5], by)
    assert (first.expected, first.standing) == (Decimal(10), Standing.HIGHER)
    assert (last.expected, last.standing) == (Decimal(60), Standing.LOWER)


def test_the_average_ward_and_the_residents_are_of_every_ward_there_was() -> None:
    """A measure has figures of five of six wards: what they come to is neither the council's nor its average ward's."""
    add_council()
    residents_and_deprivation()
    add_measure("TIPS", polarity=Polarity.LOWER)
    for ward in WARDS[:5]:
        add_figure("TIPS", value="35", area=ward)
    add_figure("TIPS", value="210")
    by = a_councillor()
    found, line = readings.ward_map("TIPS", None, by=by), line_of("TIPS", WARDS[0], by)
    assert [ward.area.code for ward in found.wards] == list(WARDS[:5])
    assert (found.average_ward, line.average) == (None, None)
    assert (found.whole_per_head, line.whole_per_head) == (10, 10)
    assert (found.wards[0].expected, line.expected) == (10, 10)
    add_figure("TIPS", value="5", area=WARDS[5])
    assert readings.ward_map("TIPS", None, by=by).average_ward == 30
    assert line_of("TIPS", WARDS[0], by).average == 30


def test_a_year_of_residents_that_has_come_for_some_wards_waits_for_the_rest() -> None:
    add_council()
    residents_and_deprivation()
    add_measure("TIPS", polarity=Polarity.LOWER)
    for ward in WARDS:
        add_figure("TIPS", period="2017-10", value="35", area=ward)
    add_figure("TIPS", period="2017-10", value="210")
    for ward in WARDS[:3]:
        add_figure("POP", period="2017-10", value="7000", area=ward)
    by = a_councillor()
    line = line_of("TIPS", WARDS[0], by)
    assert (line.residents_of, line.per_head, line.whole_per_head) == (SEPTEMBER, 35, 10)
    for ward in WARDS[3:]:
        add_figure("POP", period="2017-10", value="7000", area=ward)
    line = line_of("TIPS", WARDS[0], by)
    assert (line.residents_of, line.per_head, line.whole_per_head) == (Period.month(2017, 10), 5, 5)


def test_residents_are_not_compared_by_themselves() -> None:
    add_council()
    residents_and_deprivation()
    add_figure("POP", value="21000")
    found = readings.ward_map("POP", None, by=a_councillor())
    assert found.whole == 21000
    assert not found.is_compared


def test_similar_wards_are_the_nearest_in_deprivation_and_the_facts_stand_apart_from_the_measures() -> None:
    add_council()
    a_claimant_share()
    residents_and_deprivation()
    found = readings.ward_profile(WARDS[0], by=a_councillor())
    assert [area.name for area in found.similar] == ["Ward 2", "Ward 3", "Ward 4", "Ward 5", "Ward 6"]
    assert found.residents is not None
    assert (found.residents.value, found.residents.rank, found.residents.of) == (1000, 6, 6)
    assert [line.measure.code for line in found.every_line] == ["CLAIM"]
    assert found.lines[0].similar_in_words == "2.0% to 10.1%"


def test_a_line_follows_the_residents_and_the_deprivation_that_it_is_read_beside() -> None:
    add_council()
    add_measure("TIPS")
    for number, ward in enumerate(WARDS, start=1):
        add_figure("TIPS", value=str(30 + number), area=ward)
    add_figure("TIPS", value="210")
    residents_and_deprivation()
    by = a_councillor()
    before = line_of("TIPS", WARDS[0], by)
    assert (before.expected, before.similar) == (10, (32, 33, 34, 35, 36))
    add_figure("POP", value="20000", area=WARDS[0], revision=2)
    assert line_of("TIPS", WARDS[0], by).expected == 105
    add_figure("IMD", value="100", area=WARDS[1], revision=2)
    assert line_of("TIPS", WARDS[0], by).similar == (33, 34, 35, 36, 32)


def test_old_and_new_wards_are_never_alike() -> None:
    add_council()
    a_claimant_share()
    residents_and_deprivation()
    with transaction() as session:
        session.execute(update(AreaRow).where(AreaRow.code == WARDS[1]).values(valid_to=date(2023, 5, 3)))
    found = readings.ward_profile(WARDS[0], by=a_councillor())
    assert "Ward 2" not in {area.name for area in found.similar}
    assert found.residents is not None
    assert found.residents.of == 5


def test_a_hidden_figure_has_no_interval_no_rank_no_line_and_is_in_no_range() -> None:
    add_council()
    add_measure("PEOPLE_COUNTED", counts_people=True)
    for ward, count in zip(WARDS, ("3", "9", "20", "30", "0", "12"), strict=True):
        add_figure("PEOPLE_COUNTED", value=count, area=ward)
    add_figure("PEOPLE_COUNTED", value="74")
    residents_and_deprivation()
    # Whoever asks first, what is kept for them is not shown to the next.
    assert line_of("PEOPLE_COUNTED", WARDS[0], a_user("waste")).ward == 3
    by = a_councillor()
    hidden = line_of("PEOPLE_COUNTED", WARDS[0], by)
    assert hidden.ward is Absence.SUPPRESSED
    assert (hidden.rank, hidden.interval, hidden.numbers) == (None, None, ())
    assert hidden.compared_in_words("Testing") == ""
    assert hidden.similar == (20, 30, 0, 12)
    assert readings.ward_profile(WARDS[0], by=by).hidden == 1
    assert public_profile("Ward 1", None).hidden == 1


def test_ten_measures_stand_on_the_page_the_newest_first_and_the_rest_below() -> None:
    add_council()
    for number in range(12):
        add_measure(f"M{number:02}")
        add_figure(f"M{number:02}", "2017-08" if number else "2017-09", "5", area=WARDS[0])
    found = readings.ward_profile(WARDS[0], by=a_councillor())
    assert [line.measure.code for line in found.lines] == [f"M{number:02}" for number in range(MOST_MEASURES)]
    assert [line.measure.code for line in found.more] == ["M10", "M11"]


def test_the_trend_is_against_the_period_before_and_a_gap_is_never_joined() -> None:
    add_council()
    for code, before, was, now in (
        ("TIPS", "2017-08", "90", "50"), ("GAP", "2017-07", "90", "50"), ("FEW", "2017-08", "9", "5"),
    ):  # fmt: skip
        add_measure(code, polarity=Polarity.LOWER)
        add_figure(code, before, was, area=WARDS[0])
        add_figure(code, "2017-09", now, area=WARDS[0])
    by = a_councillor()
    assert line_of("FEW", WARDS[0], by).trend_in_words == "No clear change since August 2017: it may be chance"
    assert line_of("TIPS", WARDS[0], by).trend_in_words == "Improving since August 2017"
    assert line_of("GAP", WARDS[0], by).direction is Direction.NOT_AVAILABLE


def test_what_the_council_is_doing_leaves_out_what_is_done() -> None:
    add_council()
    add_measure("TIPS")
    add_figure("TIPS", value="5", area=WARDS[0])
    with transaction() as session:
        session.add_all(
            ActionRow(action=text, measure_code="TIPS", responsible_role="Head of Waste", result="", resources="",
                      status=status)
            for text, status in (("Put up cameras", ActionStatus.ON_TRACK), ("Buy cameras", ActionStatus.DONE))
        )  # fmt: skip
    assert [each.action for each in line_of("TIPS", WARDS[0], a_councillor()).doing] == ["Put up cameras"]


def test_a_profile_up_to_a_period_and_as_known_at_a_moment() -> None:
    add_council()
    add_measure("TIPS")
    add_figure("TIPS", "2017-08", "5", area=WARDS[0])
    add_figure("TIPS", "2017-09", "7", area=WARDS[0], at=datetime(2017, 11, 5, tzinfo=UTC))
    by = a_councillor()
    assert shown(readings.ward_profile(WARDS[0], by=by)) == [7]
    assert shown(readings.ward_profile(WARDS[0], Period.month(2017, 8), by=by)) == [5]
    assert shown(readings.ward_profile(WARDS[0], as_known_at=datetime(2017, 11, 3, tzinfo=UTC), by=by)) == [5]


def test_what_was_not_known_of_any_ward_then_is_left_out_and_of_nothing_there_is_no_profile() -> None:
    add_council()
    add_measure("TIPS")
    add_measure("BINS")
    for code, day in (("TIPS", 2), ("BINS", 5)):
        add_figure(code, value="5", area=WARDS[0], at=datetime(2017, 11, day, tzinfo=UTC))
    by = a_councillor()
    then = readings.ward_profile(WARDS[0], as_known_at=datetime(2017, 11, 3, tzinfo=UTC), by=by)
    assert [each.measure.code for each in then.lines] == ["TIPS"]
    with pytest.raises(NoWardFiguresError):
        readings.ward_profile(WARDS[0], as_known_at=datetime(2017, 11, 1, tzinfo=UTC), by=by)


def test_a_ward_there_is_not_is_refused_in_words() -> None:
    add_council()
    with pytest.raises(AreaNotFoundError):
        readings.ward_profile("E05000000", by=a_councillor())
    with pytest.raises(AreaNotFoundError):
        public_profile("Nowhere", None)


def test_a_change_of_boundaries_makes_two_sets_of_wards() -> None:
    add_council()
    add_measure("TIPS")
    for ward in WARDS[:3]:
        add_figure("TIPS", "2017-08", "5", area=ward)
        add_figure("TIPS", "2017-09", "5", area=ward)
    by = a_councillor()
    august, september = (readings.ward_map("TIPS", Period.month(2017, month), by=by) for month in (8, 9))
    assert september.has_the_wards_of(august)
    with transaction() as session:
        session.execute(update(AreaRow).where(AreaRow.code == WARDS[2]).values(valid_to=date(2017, 8, 31)))
        session.add(FigureRow(measure_code="TIPS", area_code=COUNCIL, period_start=date(2017, 9, 1), period_months=1,
                              revision=1, value=Decimal(15), recorded_at=datetime(2017, 11, 1, tzinfo=UTC),
                              recorded_by="import"))  # fmt: skip
    august, september = (readings.ward_map("TIPS", Period.month(2017, month), by=by) for month in (8, 9))
    assert not september.has_the_wards_of(august)
