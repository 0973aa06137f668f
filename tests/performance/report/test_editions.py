"""The committee calendar: which editions may be planned, where they stand, and who may read them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from performance.ground.measures import Accumulation, ContentKind, Polarity
from performance.ground.people import Holding, Permission, Role, User
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.report.editions import LONGEST_COMMITTEE, Audience, Edition, EditionState, Freeze, check_edition
from performance.report.frozen import FrozenComparator, FrozenLine, FrozenTarget
from performance.report.restated import Restated, is_restated, why

QUARTER = Period(start=date(2017, 7, 1), months=3)
THEN = datetime(2017, 11, 9, 12, tzinfo=UTC)
EDITION = Edition(committee="Cabinet", period=QUARTER, closes_on=date(2017, 11, 9), meets_on=date(2017, 12, 11))
LINE = FrozenLine(
    measure_code="WCP1063",
    title="Collections",
    unit_code="WASTE",
    unit_name="Waste",
    kind=ContentKind.CORPORATE_PLAN,
    unit="percent",
    decimals=1,
    polarity=Polarity.HIGHER,
    accumulation=Accumulation.IN_PERIOD,
    frequency=Frequency.MONTHLY,
    period=QUARTER,
    value=Decimal("92.1"),
    figure="92.1%",
    rag=Rag.AMBER,
    target=FrozenTarget(number=Decimal(95), in_words="95.0%"),
    short=Direction.IMPROVING,
    long=Direction.NOT_AVAILABLE,
)
COMPARATOR = FrozenComparator(name="England", period=QUARTER, number=Decimal(90), in_words="England 90.0%")


def who(role: Role) -> User:
    holding = Holding(role=role, unit_code="COUNCIL", covers=frozenset({"COUNCIL"}))
    return User(username=role.value, name=role.value, holdings=(holding,))


@pytest.mark.parametrize(
    ("edition", "field"),
    [
        pytest.param(replace(EDITION, committee="  "), "committee", id="nobody meets"),
        pytest.param(replace(EDITION, committee="C" * (LONGEST_COMMITTEE + 1)), "committee", id="too long a name"),
        pytest.param(replace(EDITION, closes_on=date(2017, 9, 30)), "closes_on", id="it closes on the last day"),
        pytest.param(replace(EDITION, meets_on=date(2017, 11, 8)), "meets_on", id="it meets before it closes"),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field(edition: Edition, field: str) -> None:
    assert [each.field for each in check_edition(edition)] == [field]


@pytest.mark.parametrize(
    "edition",
    [
        pytest.param(EDITION, id="a quarter"),
        pytest.param(replace(EDITION, closes_on=date(2017, 10, 1)), id="it closes on the day after the period"),
        pytest.param(replace(EDITION, meets_on=EDITION.closes_on), id="it meets on the day it closes"),
        pytest.param(replace(EDITION, committee="C" * LONGEST_COMMITTEE), id="the longest name"),
    ],
)
def test_what_can_be_planned(edition: Edition) -> None:
    assert check_edition(edition) == []


def test_an_edition_is_planned_then_frozen_then_published() -> None:
    frozen = replace(EDITION, freeze=Freeze(at=THEN, by="officer"))
    published = replace(frozen, published_at=THEN, published_by="officer")
    states = [each.state for each in (EDITION, frozen, published)]
    assert states == [EditionState.PLANNED, EditionState.FROZEN, EditionState.PUBLISHED]


@pytest.mark.parametrize("role", Role)
def test_who_may_read_what(role: Role) -> None:
    user, frozen = who(role), replace(EDITION, freeze=Freeze(at=THEN, by="officer"))
    published = replace(frozen, published_at=THEN, published_by="officer")
    is_maker = role is Role.POLICY_OFFICER
    assert [each.may_read(user) for each in (EDITION, frozen)] == [is_maker, is_maker]
    outside = {Role.EMPLOYEE, Role.ADMINISTRATOR, Role.DEPUTY}
    assert published.may_read(user) is (role not in outside)
    for audience in (Audience.EVERYBODY, Audience.PUBLIC):
        assert replace(published, audience=audience).may_read(user)
        assert replace(frozen, audience=audience).may_read(user) is is_maker
    assert user.may(Permission.MAKE_EDITIONS) is is_maker


BEFORE = replace(EDITION, period=QUARTER.shifted(-3), published_at=THEN, published_by="officer")


@pytest.mark.parametrize(
    ("edition", "before", "follows"),
    [
        pytest.param(EDITION, BEFORE, True, id="the quarter before"),
        pytest.param(EDITION, replace(BEFORE, committee="CABINET"), True, id="written otherwise"),
        pytest.param(EDITION, replace(BEFORE, committee="Scrutiny"), False, id="another committee"),
        pytest.param(EDITION, replace(BEFORE, published_at=None), False, id="not published"),
        pytest.param(EDITION, replace(BEFORE, period=Period.month(2017, 8)), False, id="a month within it"),
        pytest.param(EDITION, replace(BEFORE, period=Period.month(2017, 6)), False, id="a month before it"),
        pytest.param(EDITION, replace(BEFORE, period=QUARTER), False, id="the same period"),
        pytest.param(replace(EDITION, audience=Audience.EVERYBODY), BEFORE, False, id="not for all who read this one"),
        pytest.param(EDITION, replace(BEFORE, audience=Audience.EVERYBODY), True, id="for more than read this one"),
        pytest.param(
            replace(EDITION, audience=Audience.PUBLIC),
            replace(BEFORE, audience=Audience.EVERYBODY),
            False,
            id="for those who sign in, and this one is public",
        ),
        pytest.param(
            EDITION, replace(BEFORE, audience=Audience.PUBLIC), True, id="public, and this one is for members"
        ),
    ],
)
def test_which_edition_another_goes_on_from(edition: Edition, before: Edition, *, follows: bool) -> None:
    assert edition.follows(before) is follows


def test_figures_close_at_the_end_of_the_councils_day() -> None:
    assert Freeze(at=EDITION.closed_at.astimezone(UTC), by="officer").known_on == "9 November 2017"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2017, 11, 7), "Its figures close on 9 November 2017, in 2 days."),
        (date(2017, 11, 8), "Its figures close on 9 November 2017, in 1 day."),
        (date(2017, 11, 9), "Its figures close on 9 November 2017, today."),
        (date(2017, 11, 10), "Its figures were to close on 9 November 2017, 1 day ago."),
    ],
)
def test_when_its_figures_close(today: date, said: str) -> None:
    assert EDITION.when_in_words(today) == said
    assert replace(EDITION, freeze=Freeze(at=THEN, by="officer")).when_in_words(today) == ""


@pytest.mark.parametrize(
    ("line", "provided", "said"),
    [
        pytest.param(LINE, True, "92.1%, amber", id="rated"),
        pytest.param(replace(LINE, rag=Rag.NO_TARGET), True, "92.1%, not rated", id="no target"),
        pytest.param(replace(LINE, firmness="2 of 3 months"), True, "92.1% (2 of 3 months), amber", id="partial"),
        pytest.param(
            replace(LINE, value=Absence.NOT_PROVIDED, figure="Not yet received", rag=Rag.NOT_PROVIDED),
            False, "not yet received", id="not in",
        ),
        pytest.param(
            replace(LINE, value=Absence.NOT_APPLICABLE, figure="Not applicable", rag=Rag.NOT_APPLICABLE),
            True, "not applicable", id="an allowed reason",
        ),
    ],
)  # fmt: skip
def test_a_line_in_short(line: FrozenLine, *, provided: bool, said: str) -> None:
    assert (line.is_provided, line.in_short) == (provided, said)


NOW = replace(LINE, value=Decimal("89.4"), figure="89.4%", rag=Rag.RED)


@pytest.mark.parametrize(
    ("now", "reasons", "because"),
    [
        pytest.param(NOW, ("Returns came late.", "Returns came late."), "Because: Returns came late.", id="on record"),
        pytest.param(
            NOW, (), "Its figures, or how they are worked out, were changed since; no reason is on record.",
            id="nothing on record",
        ),
        pytest.param(
            replace(NOW, firmness="2 of 3 months"), (),
            "It was made of all its figures then, and is 2 of 3 months now.", id="other months",
        ),
        pytest.param(
            replace(LINE, target=FrozenTarget(number=Decimal(90), in_words="90.0%"), rag=Rag.GREEN), ("Typed",),
            "Its target was set anew.", id="another target, whatever its figure was corrected for",
        ),
        pytest.param(replace(LINE, rag=Rag.RED), (), "The rule that it is rated by was changed.", id="another rule"),
    ],
)  # fmt: skip
def test_what_reads_otherwise_today_is_restated_with_why(
    now: FrozenLine, reasons: tuple[str, ...], because: str
) -> None:
    assert is_restated(LINE, now)
    assert why(LINE, now, reasons) == because


def test_a_figure_that_came_in_later_says_so() -> None:
    was = replace(LINE, value=Absence.NOT_PROVIDED, figure="Not yet received", rag=Rag.NOT_PROVIDED)
    assert why(was, LINE, ()) == "Its figure came in, or was signed off, after the edition was frozen."


def test_what_only_its_name_or_its_story_changed_of_is_not_restated() -> None:
    assert not is_restated(LINE, replace(LINE, title="Bins", commentary="What happened: More", unit_name="Streets"))


def test_what_was_not_due_restates_nothing_as_it_comes_in() -> None:
    assert not is_restated(replace(LINE, value=Absence.NOT_DUE, figure="Not due yet", rag=Rag.NOT_DUE), LINE)


def test_a_figure_of_another_period_restates_nothing() -> None:
    assert not is_restated(LINE, replace(NOW, period=QUARTER.shifted(3)))


def test_a_restatement_in_words() -> None:
    said = Restated(was=LINE, now=NOW, because="Because: Returns came late.").in_words
    assert said == "Was 92.1%, amber; now 89.4%, red. Because: Returns came late."
    moved = replace(NOW, target=None, rag=Rag.NO_TARGET)
    said = Restated(was=LINE, now=moved, because="Its target was set anew.").in_words
    assert said == "Was 92.1%, amber (target 95.0%); now 89.4%, not rated (no target). Its target was set anew."
