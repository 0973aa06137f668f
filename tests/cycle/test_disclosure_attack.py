"""Nobody works a hidden count out from what the app itself shows: pages, maps, files and charts, now and as known then.

The councils are as random as those the rule alone is tried on; here each is read through the verbs, by everybody who
may read anything and is neither the submitting service nor the BI team.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from cycle.ground.exports import Wanted, export_figures, export_wards
from cycle.ground.series import hiding
from cycle.report.scorecard_export import COLUMNS, export_scorecard
from cycle.review import readings
from data_access.do import disclosure
from data_access.do.figures import add_figures
from data_access.models import ReturnRow, SettingRow
from data_access.review.challenges import add_challenge
from data_access.store.database import reading, transaction
from performance.ground.figures import Figure
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.linked_counts import Cell
from performance.review.quality.challenges import ChallengeKind
from tests.attack import Reader
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.random_councils import CITY, FIRST, Council, a_council, look_for_small_parts, moment_of, place_of
from tests.readers import (
    read_earlier_pages,
    read_edition,
    read_file,
    read_page,
    read_quality,
    read_questions,
    read_scorecard,
    read_today,
    read_what_changed,
)
from tests.seen import PERIODS, Seen, seen_of
from tests.ward_readers import read_explorer, read_map, read_profile, read_public_profile

Reads = Callable[[Seen, dict[Role, User]], None]
WITH_STORIES = (3, 5, 7, 9)  # councils in which totals are hidden too, with up to three moments
TOLD = {Role.COUNCILLOR: "councillor", Role.LEADERSHIP: "leader", Role.POLICY_OFFICER: "officer"}


def store(councils: Iterable[Council], threshold: int) -> None:
    """With a target, so that figures have colours and reds are explained; signed off, questioned and doubted."""
    add_council()
    describe_wards()
    with transaction() as session:
        session.add(SettingRow(name="small_number_threshold", value=str(threshold)))
        session.add_all(a_return(FIRST.shifted(month)) for month in range(6))
    kept = ("title", "unit", "multiplier", "polarity", "accumulation", "frequency", "numerator_definition",
            "denominator_definition", "counts_people", "is_share")  # fmt: skip
    for council in councils:
        for measure in council.measures:
            add_measure(measure.code, **{name: getattr(measure, name) for name in kept})
            add_target(measure.code, Period.year(2017).iso, "6", decided_at=moment_of(-1))
        with transaction() as session:
            add_figures(session, figures=[questioned(each) for each in council.figures])
            for each in filter(is_doubted, council.figures):
                add_challenge(
                    session, measure_code=each.measure_code, area_code=CITY, period=each.period,
                    kind=ChallengeKind.DOUBT, text="Is it?", by="analyst", at=moment_of(0), doubted="unusual",
                )  # fmt: skip


def describe_wards() -> None:
    """Who lives there and how deprived they are, so that counts are compared and wards have others like them."""
    for code, name in (("POP", "ward_population"), ("IMD", "ward_deprivation")):
        add_measure(code)
        for number, ward in enumerate(WARDS, start=1):
            add_figure(code, "2017-04", str(100 * number), area=ward, at=moment_of(-1))
        with transaction() as session:
            session.add(SettingRow(name=name, value=code))


def a_return(month: Period) -> ReturnRow:
    """Signed off in between the first two moments, so that what came later restates it."""
    signed = moment_of(0) + timedelta(hours=1)
    return ReturnRow(
        unit_code="WASTE", period_start=month.start, period_months=1, status=ReturnStatus.APPROVED, version=1,
        submitted_by="manager", submitted_at=signed, decided_by="head", decided_at=signed, approved_at=signed,
    )  # fmt: skip


def questioned(figure: Figure) -> Figure:
    return replace(figure, confirmed_checks=("unusual",)) if figure.area_code == CITY else figure


def is_doubted(figure: Figure) -> bool:
    return figure.area_code == CITY and figure.revision == 1 and figure.period.start.month % 2 == 0


def read_tables(seen: Seen, readers: dict[Role, User]) -> None:
    """Maps, measures, scorecards, editions, targets and every file that is made of figures as known at the moment."""
    at, leader = moment_of(seen.moment), readers[Role.LEADERSHIP]
    for code in seen.codes:
        for period in (None, *PERIODS):
            read_map(seen, code, period, at, readers[Role.COUNCILLOR])
        read_page(seen, readings.measure_page(code, as_known_at=at, by=leader))
    for role in (*TOLD, Role.HEAD):
        read_file(seen, export_wards(Wanted(role=role, as_known_at=at)))
        if role is not Role.COUNCILLOR:
            read_file(seen, export_figures(Wanted(role=role, as_known_at=at)))
    for period in PERIODS:
        read_scorecard(seen, period, at, leader)
        read_edition(seen, period, at)
    if seen is seen.every[-1]:
        read_today(seen, officer=readers[Role.POLICY_OFFICER], leader=leader)


def read_stories(seen: Seen, readers: dict[Role, User]) -> None:
    """What is told of figures: ward profiles, the Explorer, earlier periods, changes, data quality and questions."""
    at, leader, councillor = moment_of(seen.moment), readers[Role.LEADERSHIP], readers[Role.COUNCILLOR]
    for ward, period in zip(WARDS, 2 * (None, PERIODS[1], PERIODS[6]), strict=True):
        read_profile(seen, ward, period, at, councillor)
    for code in seen.codes:
        read_earlier_pages(seen, code, at, leader)
        read_questions(seen, code, None, at, leader)
        read_questions(seen, code, WARDS[seen.moment], at, councillor)
    read_what_changed(seen, at, leader)
    read_quality(seen, at, leader)
    read_explorer(seen, at, leader)
    if seen is seen.every[-1]:
        read_public_profile(seen, WARDS[-1])


def opened(every: Iterable[Seen]) -> list[str]:
    """What is hidden in one place and is shown, or told of, in another, whether or not anything follows from it."""
    with reading() as session:
        return [
            f"{area} {code} {period.short} is shown as known at {seen.moment}"
            for seen in every
            for code, area, period in sorted(hiding.hidden_cells(session, seen.codes) & seen.places)
        ]


def found_out(seed: int, *reads: Reads) -> list[str]:
    """Three families of measures in one council, read by everybody, and what follows from all that together."""
    councils = [a_council(1000 * seed + number, family=f"F{number}", wards=WARDS) for number in range(3)]
    councils = [replace(each, threshold=councils[0].threshold) for each in councils]
    store(councils, councils[0].threshold)
    readers = {role: a_user(name, role, "COUNCIL") for role, name in TOLD.items()}
    every = seen_of(councils)
    for seen, read in product(every, reads):
        read(seen, readers)
    found = opened(every)
    for council in councils:
        reader = Reader(truth=council.truth)
        for seen in every[: len(council.versions)]:
            seen.look_with(reader, council)
        look_for_small_parts(reader, council)
        found += reader.found_out()
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("seed", [each for each in range(12) if each not in WITH_STORIES])
def test_no_hidden_count_is_found_out_through_tables_and_files(seed: int) -> None:
    assert found_out(seed, read_tables) == []


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("seed", WITH_STORIES)
def test_no_hidden_count_is_found_out_through_all_that_is_told_of_figures_as_well(seed: int) -> None:
    assert found_out(seed, read_tables, read_stories) == []


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(("seed", "read"), [(0, read_tables), (1, read_tables), (0, read_stories)])
def test_the_same_attack_finds_counts_out_where_only_what_is_small_is_hidden(
    seed: int, read: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_what_is_small(figures: Iterable[Figure], *, threshold: int, **_: object) -> frozenset[Cell]:
        small = (each for each in figures if each.area_code != CITY and 0 < (each.numerator or 0) < threshold)
        return frozenset(place_of(each) for each in small)

    monkeypatch.setattr(disclosure, "cells_to_hide", only_what_is_small)
    assert found_out(seed, read)


@pytest.mark.usefixtures("sqlite_database")
def test_a_hidden_total_is_not_read_off_the_file_of_a_scorecard() -> None:
    add_council()
    add_measure("PEOPLE", counts_people=True)
    for area, count in ((WARDS[0], "1"), (WARDS[1], "1"), (CITY, "2")):
        add_figure("PEOPLE", "2017-09", count, area=area)
    wanted = {role: Wanted(role=role, period=Period.month(2017, 9)) for role in (Role.LEADERSHIP, Role.BI_TEAM)}
    shown = {
        role: dict(zip(COLUMNS, next(iter(export_scorecard(each).rows)), strict=True)) for role, each in wanted.items()
    }
    assert (shown[Role.LEADERSHIP]["value"], shown[Role.LEADERSHIP]["absence"]) == (None, "suppressed")
    assert shown[Role.LEADERSHIP]["year_to_date"] is None
    assert shown[Role.BI_TEAM]["value"] == 2
