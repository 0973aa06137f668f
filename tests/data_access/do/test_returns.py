"""Returns and requests are kept as the schema promises."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.do import returns
from data_access.store import requests
from data_access.store.database import reading, transaction
from performance.ground.organisation import ReturnStatus
from performance.ground.periods import Period
from tests.builders import add_council

pytestmark = pytest.mark.usefixtures("database_on_both")
OCTOBER = Period.month(2017, 10)
NOON = datetime(2017, 11, 10, 12, tzinfo=UTC)


def submit(by: str = "manager") -> None:
    with transaction() as session:
        returns.save_draft(session, unit_code="WASTE", period=OCTOBER)
        returns.save_submission(session, unit_code="WASTE", period=OCTOBER, by=by, at=NOON)


def decide(by: str, status: ReturnStatus = ReturnStatus.APPROVED, question: str = "") -> None:
    with transaction() as session:
        returns.save_decision(
            session, unit_code="WASTE", period=OCTOBER, status=status, by=by, at=NOON, question=question
        )


def test_a_return_that_nobody_began_is_not_found() -> None:
    add_council()
    with reading() as session:
        assert returns.find_return(session, unit_code="WASTE", period=OCTOBER) is None
    with transaction() as session, pytest.raises(returns.ReturnNotFoundError, match="WASTE has not submitted"):
        returns.get_return(session, unit_code="WASTE", period=OCTOBER)


def test_the_same_draft_is_begun_once() -> None:
    add_council()
    with transaction() as session:
        first = returns.save_draft(session, unit_code="WASTE", period=OCTOBER)
    with transaction() as session:
        assert returns.save_draft(session, unit_code="WASTE", period=OCTOBER) == first


def test_submitting_again_moves_the_version_on_undoes_the_decision_and_keeps_the_question() -> None:
    add_council()
    submit()
    decide("head", ReturnStatus.RETURNED, "Is 12 right?")
    submit()
    with reading() as session:
        stored = returns.find_return(session, unit_code="WASTE", period=OCTOBER)
    assert stored is not None
    assert (stored.version, stored.status, stored.decided_by, stored.question) == (
        2,
        ReturnStatus.SUBMITTED,
        None,
        "Is 12 right?",
    )


def test_the_schema_refuses_a_return_approved_by_its_submitter() -> None:
    add_council()
    submit(by="head")
    with pytest.raises(IntegrityError, match="two_people"):
        decide("head")


def test_waiting_returns_are_listed_by_status() -> None:
    add_council()
    submit()
    with reading() as session:
        waiting = returns.list_returns(session, unit_codes=["WASTE", "HOUSING"], status=ReturnStatus.SUBMITTED)
        approved = returns.list_returns(session, unit_codes=["WASTE"], status=ReturnStatus.APPROVED)
        elsewhere = returns.list_returns(session, unit_codes=["HOUSING"])
    assert [each.reference for each in waiting] == ["2017-10-WASTE"]
    assert approved == elsewhere == []


def test_a_request_key_is_carried_out_once() -> None:
    add_council()
    request = requests.CarriedOut(key="k1", username="manager", verb="submit return", answer="{}", at=NOON)
    with transaction() as session:
        requests.add_request(session, request=request)
    with reading() as session:
        assert requests.find_request(session, key="k1") == request
        assert requests.find_request(session, key="k2") is None
    with pytest.raises(IntegrityError), transaction() as session:
        requests.add_request(session, request=request)
