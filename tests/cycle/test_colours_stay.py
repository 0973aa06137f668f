"""History's colours are the same after any change of target, tolerance or polarity as before it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cycle.admin import accounts
from cycle.admin.setup import import_setup
from cycle.ground.series.hiding import series_of
from cycle.plan import targets
from data_access.council.settings_store import get_default_tolerance, get_now, get_today, save_setting
from data_access.plan.register import get_measure, list_measures, save_measures
from data_access.store import database
from data_access.store.database import reading, transaction
from data_access.store.migrate import migrate
from performance.ground.dated import Recording
from performance.ground.figures import Profile, Target
from performance.ground.incoming import Register, TargetLine
from performance.ground.measures import Accumulation, Measure, Polarity, ToleranceKind
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.readers import IN_FULL
from performance.review.scorecard import scorecard_line
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure, add_target

FIRST_DAY = date(2017, 7, 15)
LAST_YEAR, THIS_YEAR = Period.year(2016), Period.year(2017)
MEASURES: dict[str, dict[str, Any]] = {
    "COUNT": {},
    "RATIO": {"denominator_definition": "Of how many", "numerator_definition": "How many"},
    "TOTAL": {"accumulation": Accumulation.CUMULATIVE},
    "STOCK": {"accumulation": Accumulation.SNAPSHOT},
}
numbers = st.integers(1, 60).map(Decimal)
profiles = st.sampled_from([Profile.FLAT, Profile.STRAIGHT_LINE, Profile.CUMULATIVE, Profile.SEASONAL, None])
tolerances = st.none() | st.integers(1, 40).map(Decimal)
kinds = st.sampled_from(ToleranceKind)
changes = st.one_of(
    st.tuples(st.just("target"), numbers, profiles, tolerances, kinds, st.integers(0, 60)),
    st.tuples(st.just("month"), numbers, st.integers(0, 20)),
    st.tuples(
        st.just("measure"), st.sampled_from([Polarity.HIGHER, Polarity.LOWER, Polarity.RANGE]), tolerances, kinds
    ),
    st.tuples(st.just("default"), st.integers(0, 50)),
    st.tuples(st.just("days"), st.integers(1, 50)),
)


def a_rated_council() -> tuple[User, User]:
    """Four measures with fifteen months of figures, and targets of which one has a range, since April 2016."""
    add_council(today=FIRST_DAY)
    for number, (code, fields) in enumerate(MEASURES.items()):
        add_measure(code, **fields)
        for month in range(15):
            value = str(5 + (month * 7 + number * 5) % 23 + (month % 12) * (code == "TOTAL"))
            period = Period.month(2016, 4).shifted(month).iso
            counts = (value, "1") if code == "RATIO" else None
            add_figure(code, period, None if counts else value, counts=counts)
        for year in (LAST_YEAR, THIS_YEAR):
            add_target(code, year.iso, "120" if code == "COUNT" else "18", profile=Profile.FLAT)
    return a_user(), a_user("head", Role.HEAD, "PLACE")


def move_on(days: int) -> None:
    with transaction() as session:
        later = get_today(session) + timedelta(days=days)
        save_setting(session, name="fixed_today", value=min(later, THIS_YEAR.end).isoformat())


def today() -> date:
    with transaction() as session:
        return get_today(session)


def set_target(people: tuple[User, User], code: str, number: Decimal, profile: Profile | None,
               tolerance: Decimal | None, kind: ToleranceKind, in_days: int) -> None:  # fmt: skip
    manager, head = people
    line = next(each for each in targets.targets_of("WASTE", 2017, by=manager).lines if each.measure.code == code)
    bounds = {"lower": number, "upper": number + 5} if line.measure.polarity is Polarity.RANGE else {"number": number}
    target = Target(
        measure_code=code, area_code=COUNCIL, period=THIS_YEAR, profile=profile, tolerance=tolerance,
        tolerance_kind=kind if tolerance else None,
        effective_from=min(line.earliest + timedelta(days=in_days), THIS_YEAR.end), **bounds,  # type: ignore[arg-type]
    )  # fmt: skip
    proposed = targets.propose_target(target, rationale="So it is", based_on=line.revision, by=manager)
    targets.agree_target(proposed, by=head)


def set_month(code: str, number: Decimal, back: int) -> None:
    """A month's own target, brought in by the operator's file after the month is over."""
    bring_targets(code, Period.containing(today(), months=1).shifted(-back), number)


def bring_targets(code: str, period: Period, number: Decimal) -> None:
    target = Target(measure_code=code, area_code=COUNCIL, period=period, number=number)
    import_setup(Register(targets=(TargetLine(target=target),)), source="late.csv")


def set_measure(code: str, polarity: Polarity, tolerance: Decimal | None, kind: ToleranceKind) -> None:
    def changed(measure: Measure) -> Measure:
        return replace(measure, polarity=polarity, tolerance=tolerance, tolerance_kind=kind)

    with transaction() as session:
        recording = Recording(by="operator", at=get_now(session), effective_on=get_today(session))
        save_measures(session, measures=[changed(get_measure(session, code=code))], recording=recording)


def colours(until: date) -> dict[tuple[str, str], str]:
    """Every rating that a scorecard shows of a month, a quarter or a year that had ended by the day."""
    starts = [Period.month(2016, 4).shifted(month).start for month in range(15)]
    periods = dict.fromkeys(Period.containing(start, months=months) for start in starts for months in (1, 3, 12))
    with reading() as session:
        measures, percent = list_measures(session), get_default_tolerance(session)
        series = series_of(session, measures=measures, reader=IN_FULL)
    lines = [
        (period, scorecard_line(each, series[each.code, COUNCIL], period=period, today=until, default_percent=percent))
        for period in periods
        for each in measures
        if period.end < until
    ]
    return {(line.measure.code, period.iso): line.rag.value for period, line in lines}


def apply(people: tuple[User, User], code: str, change: tuple[Any, ...]) -> None:
    name, *given_ = change
    done: dict[str, Callable[..., None]] = {
        "target": lambda *rest: set_target(people, code, *rest),
        "month": lambda *rest: set_month(code, *rest),
        "measure": lambda *rest: set_measure(code, *rest),
        "default": lambda percent: accounts.change_setting("default_tolerance", str(percent)),
        "days": move_on,
    }
    with suppress(targets.TargetError):
        done[name](*given_)


def hold_through(people: tuple[User, User], steps: list[tuple[str, tuple[Any, ...]]]) -> None:
    for code, change in steps:
        day = today()
        before = colours(day)
        apply(people, code, change)
        assert colours(day) == before, (code, change)


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[User, User]]:
    """A council's database to copy for every example, and its people."""
    path = tmp_path_factory.mktemp("council") / "council.db"
    with using(path):
        migrate()
        return path, a_rated_council()


@contextmanager
def using(path: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{path}")
        patch.setenv("GOLDEN_THREAD_STATE", str(path.parent))
        yield
        database.engine().dispose()


numbered = count()


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(list(MEASURES)), changes), min_size=1, max_size=7))
def test_any_changes_leave_every_colour_of_the_past(
    rated: tuple[Path, tuple[User, User]], steps: list[tuple[str, tuple[Any, ...]]]
) -> None:
    template, people = rated
    path = Path(shutil.copy(template, template.with_name(f"{next(numbered)}.db")))
    with using(path):
        hold_through(people, steps)


@pytest.mark.usefixtures("database_on_one")
def test_the_changes_a_council_makes_in_a_year_leave_every_colour_of_the_past() -> None:
    ten, flat = Decimal(10), Profile.FLAT
    hold_through(
        a_rated_council(),
        [
            ("COUNT", ("target", Decimal(60), flat, ten, ToleranceKind.PERCENT, 0)),
            ("RATIO", ("measure", Polarity.LOWER, Decimal(3), ToleranceKind.ABSOLUTE)),
            ("COUNT", ("default", 20)),
            ("TOTAL", ("days", 40)),
            ("RATIO", ("measure", Polarity.RANGE, None, ToleranceKind.PERCENT)),
            ("COUNT", ("default", 1)),
            ("STOCK", ("month", Decimal(2), 3)),
            ("TOTAL", ("target", Decimal(30), Profile.SEASONAL, None, ToleranceKind.PERCENT, 20)),
            ("COUNT", ("days", 30)),
            ("COUNT", ("default", 5)),
        ],
    )
