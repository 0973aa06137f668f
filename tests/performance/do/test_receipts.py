"""What has become of a receipt since it was given, in a sentence; and that older receipts still open."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from performance.do.receipts import Receipt, ReceiptLine, read_receipt, what_became_of, write_receipt
from performance.ground.organisation import Return, ReturnStatus
from performance.ground.periods import Period

OCTOBER, MOMENT = Period.month(2017, 10), datetime(2017, 11, 10, 9, 30, tzinfo=UTC)
RECEIPT = Receipt(
    key="key",
    unit_code="WASTE",
    unit_name="Waste and recycling",
    period=OCTOBER,
    version=1,
    submitted_by="Manager",
    submitted_at=MOMENT,
    lines=(
        ReceiptLine(code="BINS", title="Bins", period="October 2017", figure="12", rating="Green", commentary="Why"),
    ),
    signed_off_by=("Head",),
    sign_off_by_day=date(2017, 11, 17),
)


def stored(status: ReturnStatus, *, version: int = 1, question: str = "") -> Return:
    decided = MOMENT if status in {ReturnStatus.APPROVED, ReturnStatus.RETURNED} else None
    return Return(
        unit_code="WASTE", period=OCTOBER, status=status, version=version, decided_at=decided, question=question
    )


@pytest.mark.parametrize(
    ("now", "today", "expected"),
    [
        pytest.param(stored(ReturnStatus.SUBMITTED), 17, "These figures wait for sign-off.", id="on the last day"),
        pytest.param(stored(ReturnStatus.SUBMITTED), 18,
                     "These figures wait for sign-off. It is 1 day past the day it was due.", id="a day late"),
        pytest.param(stored(ReturnStatus.APPROVED), 18,
                     "Head signed these figures off on 10 November 2017. They are locked.", id="approved"),
        pytest.param(stored(ReturnStatus.APPROVED, version=2), 18,
                     "Head signed these figures off on 10 November 2017. They are locked. They were submitted again"
                     " after this receipt, so some may differ from it.", id="approved later"),
        pytest.param(stored(ReturnStatus.RETURNED, question="Why did it rise?"), 18,
                     "Head returned these figures on 10 November 2017 with a question: Why did it rise?", id="asked"),
        pytest.param(stored(ReturnStatus.RETURNED), 18,
                     "Head returned these figures on 10 November 2017 with a question", id="asked of single rows"),
        pytest.param(stored(ReturnStatus.SUBMITTED, version=2), 30,
                     "These figures were submitted again after this receipt. The newer ones wait for sign-off.",
                     id="again"),
        pytest.param(stored(ReturnStatus.DRAFT, version=2), 18,
                     "These figures were taken back to be changed. They do not wait for sign-off until submitted"
                     " again.", id="taken back"),
        pytest.param(None, 18, "The return is no longer there. Ask the BI team and quote the reference.", id="gone"),
    ],
)  # fmt: skip
def test_what_has_become_of_it(now: Return | None, today: int, expected: str) -> None:
    assert what_became_of(RECEIPT, now, decided_by="Head", today=date(2017, 11, today)) == expected


def test_whoever_decided_and_is_gone_is_still_somebody() -> None:
    said = what_became_of(RECEIPT, stored(ReturnStatus.APPROVED), decided_by="", today=date(2017, 11, 18))
    assert said.startswith("The head of service signed")


def test_it_reads_back_as_it_was_and_one_kept_before_commentary_was_opens_too() -> None:
    kept = write_receipt(RECEIPT)
    assert read_receipt(kept) == RECEIPT
    older = json.loads(kept)
    del older["lines"][0]["commentary"]
    assert read_receipt(json.dumps(older)) == replace(RECEIPT, lines=(replace(RECEIPT.lines[0], commentary=""),))


def test_what_it_says_of_itself() -> None:
    assert "Manager submitted 1 figure for Waste and recycling, October 2017, on 10 November 2017" in RECEIPT.in_words
    assert RECEIPT.signatories == "Head"
    assert replace(RECEIPT, signed_off_by=()).signatories == "A head of service or director"
