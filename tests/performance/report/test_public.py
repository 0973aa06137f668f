"""What is public, in which order it stands, and at which address."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from performance.ground.periods import Period
from performance.report.editions import Audience, Edition
from performance.report.public import address_of, newest_first

THEN = datetime(2017, 9, 4, 10, tzinfo=UTC)
PUBLIC = Edition(
    committee="Cabinet",
    period=Period(start=date(2017, 4, 1), months=3),
    closes_on=date(2017, 8, 18),
    meets_on=date(2017, 9, 11),
    audience=Audience.PUBLIC,
    published_at=THEN,
    published_by="officer",
    id=3,
)


@pytest.mark.parametrize(
    "edition",
    [
        pytest.param(replace(PUBLIC, published_at=None, published_by=None), id="not published"),
        pytest.param(replace(PUBLIC, audience=Audience.EVERYBODY), id="to everybody who signs in"),
        pytest.param(replace(PUBLIC, audience=Audience.MEMBERS), id="to members"),
    ],
)
def test_what_is_not_public_has_no_address(edition: Edition) -> None:
    assert (edition.is_public, newest_first([edition]), address_of(edition)) == (False, (), "")


def test_what_is_public_has_an_address_by_its_reference() -> None:
    assert address_of(PUBLIC) == "/open/editions/E-03/"


def test_the_newest_period_comes_first_and_of_one_period_what_was_published_last() -> None:
    later = replace(PUBLIC, id=1, period=PUBLIC.period.following, published_at=THEN - timedelta(days=9))
    again = replace(PUBLIC, id=2, committee="Scrutiny", published_at=THEN + timedelta(days=1))
    twin = replace(PUBLIC, id=9)
    assert [each.id for each in newest_first([PUBLIC, twin, again, later])] == [1, 2, 9, 3]


def test_each_audience_holds_those_before_it() -> None:
    order = list(Audience)
    for at, wider in enumerate(order):
        assert [wider.holds(each) for each in order] == [place <= at for place in range(len(order))]
