"""What is frozen comes back to the last digit, from both databases, and no statement changes it."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from data_access.report import editions
from data_access.report.documents import from_document, to_document
from data_access.store.database import reading, transaction
from performance.ground.measures import ContentKind, SeriesBreak
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Assurance, PointType
from performance.ground.values import Absence
from performance.report.editions import Freeze
from performance.report.frozen import (
    FrozenComparator,
    FrozenLine,
    FrozenOutlook,
    FrozenPoint,
    FrozenProcess,
    FrozenTarget,
    FrozenToDate,
)
from performance.report.restated import Restated
from performance.report.words import Place, Said
from tests.builders import add_council, add_measure
from tests.performance.report.test_editions import COMPARATOR, EDITION, LINE, THEN

pytestmark = pytest.mark.usefixtures("database_on_both")
THIRD = Decimal(1) / Decimal(3)
WHOLE = replace(
    LINE,
    objective="Cleaner streets",
    breaks=(SeriesBreak(on=date(2017, 4, 1), reason="Counted anew"),),
    definition="Collected on the day, 'as promised' – £1",
    source="The council",
    firmness="provisional, 2 of 3 months",
    is_illustrative=True,
    tolerances_off=Decimal("1.600"),
    bands="Green at 95.0% or above.",
    heading="Improving: up from 90.0%",
    target=FrozenTarget(lower=Decimal("0.10"), upper=Decimal("12345678901234567890.5"), tolerance=THIRD, in_words="x"),
    process=FrozenProcess(mean=THIRD, point=PointType.CONCERN, assurance=Assurance.INCONSISTENT),
    usual="a real change",
    to_date=FrozenToDate(value=Absence.NOT_PROVIDED, rag=Rag.NOT_PROVIDED, in_words="-"),
    outlook=FrozenOutlook(value=Decimal(-1), low=Decimal(-2), high=Decimal(0), chance=THIRD, rag=Rag.RED, in_words="-"),
    comparators=(COMPARATOR, FrozenComparator(name="", period=Period.month(2017, 1), number=THIRD, in_words="")),
    points=(
        FrozenPoint(period=Period.month(2017, 7), rag=Rag.NOT_PROVIDED),
        FrozenPoint(period=Period(start=date(2017, 3, 31), months=0), number=THIRD, target=THIRD, rag=Rag.AMBER),
    ),
    commentary="What happened: =HYPERLINK(1)\nWhy: <script>",
    recovery="R-07: 1 of 3 milestones met.",
)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(LINE, id="as little as there may be"),
        pytest.param(WHOLE, id="all there may be"),
        pytest.param(replace(LINE, value=Absence.SUPPRESSED, figure="Hidden", rag=Rag.SUPPRESSED), id="hidden"),
    ],
)
def test_a_line_comes_back_as_it_was(line: FrozenLine) -> None:
    assert from_document(json.loads(json.dumps(to_document(line)))) == line
    add_council()
    add_measure()
    with transaction() as session:
        edition_id = editions.add_edition(session, edition=EDITION, planned_by="officer")
        freeze = editions.add_freeze(session, edition_id=edition_id, freeze=Freeze(at=THEN, by="officer"), lines=[line])
    with reading() as session:
        assert editions.list_frozen_lines(session, freeze_id=freeze.id) == (line,)


def test_nothing_there_is_of_a_line_is_left_out() -> None:
    """So that a field which comes later is among those that are tried here."""
    assert {each.name for each in fields(WHOLE) if getattr(WHOLE, each.name) == each.default} == set()


@pytest.mark.parametrize("statement", ["UPDATE frozen_lines SET said = '{}'", "DELETE FROM frozen_lines",
                                       "UPDATE freezes SET lines = 0", "DELETE FROM freezes"])  # fmt: skip
def test_the_database_itself_keeps_what_is_frozen(statement: str) -> None:
    add_council()
    add_measure()
    with transaction() as session:
        edition_id = editions.add_edition(session, edition=EDITION, planned_by="officer")
        editions.add_freeze(session, edition_id=edition_id, freeze=Freeze(at=THEN, by="officer"), lines=[LINE])
    with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
        session.execute(text(statement))


def test_of_several_freezes_the_last_is_the_editions() -> None:
    add_council()
    add_measure()
    kinds = (ContentKind.CORPORATE_PLAN, ContentKind.HR)
    later = datetime(2017, 11, 10, tzinfo=UTC)
    with transaction() as session:
        edition = replace(EDITION, kinds=kinds)
        edition_id = editions.add_edition(session, edition=edition, planned_by="officer")
        other_id = editions.add_edition(session, edition=replace(EDITION, committee="Scrutiny"), planned_by="officer")
        for number, at in ((1, THEN), (2, later)):
            freeze = Freeze(at=at, by="officer", number=number)
            editions.add_freeze(session, edition_id=edition_id, freeze=freeze, lines=[LINE])
    with reading() as session:
        found = editions.get_edition(session, edition_id=edition_id)
        listed = editions.list_editions(session, period=EDITION.period)
    assert found.freeze is not None
    assert (found.freeze.number, found.freeze.at, found.freeze.lines) == (2, later, 1)
    assert found.kinds == kinds
    assert [each.id for each in listed] == [other_id, edition_id]
    assert found in listed


def test_an_edition_of_another_version_is_not_saved_and_not_removed() -> None:
    add_council()
    with transaction() as session:
        edition_id = editions.add_edition(session, edition=EDITION, planned_by="officer")
        seen = editions.get_edition(session, edition_id=edition_id)
        editions.save_edition(session, edition=replace(seen, committee="Panel"))
    for change in (editions.save_edition, editions.remove_edition):
        with transaction() as session, pytest.raises(editions.StaleEditionError):
            change(session, edition=seen)
    with reading() as session:
        assert editions.get_edition(session, edition_id=edition_id) == replace(seen, committee="Panel", version=2)
        with pytest.raises(editions.EditionNotFoundError):
            editions.get_edition(session, edition_id=edition_id + 1)


def test_a_meeting_without_anything_frozen_is_removed() -> None:
    add_council()
    with transaction() as session:
        edition_id = editions.add_edition(session, edition=EDITION, planned_by="officer")
        editions.remove_edition(session, edition=editions.get_edition(session, edition_id=edition_id))
    with reading() as session:
        assert editions.list_editions(session) == []


def test_words_are_kept_place_by_place_and_a_version_that_moved_on_is_told() -> None:
    add_council()
    spot = (Place.CAUSE, "BINS")
    with transaction() as session:
        edition_id = editions.add_edition(session, edition=EDITION, planned_by="officer")
        for version, words in ((0, "First"), (1, "Second")):
            said = Said(words=words, by="officer", at=THEN, version=version)
            editions.save_words(session, edition_id=edition_id, spot=spot, said=said)
    for version in (0, 1, 3):
        said = Said(words="Third", by="other", at=THEN, version=version)
        with transaction() as session, pytest.raises(editions.StaleWordsError):
            editions.save_words(session, edition_id=edition_id, spot=spot, said=said)
    with reading() as session:
        found = editions.list_words(session, edition_id=edition_id)
    assert found == {spot: Said(words="Second", by="officer", at=THEN, version=2)}


def test_what_was_restated_of_the_edition_before_is_frozen_with_it() -> None:
    add_council()
    add_measure()
    restated = (Restated(was=LINE, now=WHOLE, because="Because: Rain."),)
    with transaction() as session:
        edition_id = editions.add_edition(session, edition=EDITION, planned_by="officer")
        freeze = Freeze(at=THEN, by="officer")
        first = editions.add_freeze(session, edition_id=edition_id, freeze=freeze, lines=[LINE])
        after = replace(freeze, number=2, before_id=first.id)
        kept = editions.add_freeze(session, edition_id=edition_id, freeze=after, lines=[LINE], restated=restated)
    with reading() as session:
        assert editions.list_frozen_restated(session, freeze_id=first.id) == ()
        assert editions.list_frozen_restated(session, freeze_id=kept.id) == restated
        found = editions.find_edition_of(session, freeze_id=kept.id)
        assert found is not None
        assert (found.id, found.freeze and found.freeze.before_id) == (edition_id, first.id)
        assert editions.find_edition_of(session, freeze_id=kept.id + 1) is None
