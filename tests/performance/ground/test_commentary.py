"""Commentary and receipts read back as they were written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.do.receipts import Receipt, ReceiptLine, read_receipt, write_receipt
from performance.ground.commentary import Commentary, read_commentary
from performance.ground.periods import Period

plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80).map(str.strip)


@given(plain, plain, plain, plain)
def test_answers_read_back_as_they_were_given(happened: str, why: str, following: str, confirmed: str) -> None:
    said = Commentary(what_happened=happened, why=why, what_next=following, confirmed=confirmed)
    assert read_commentary(read_commentary(said.text).text) == read_commentary(said.text)


@pytest.mark.parametrize("text", ["", "A quiet month.", "=HYPERLINK(1)\nsecond line"])
def test_a_text_without_our_questions_is_about_what_happened(text: str) -> None:
    assert read_commentary(text) == Commentary(what_happened=text)


def test_a_receipt_says_the_same_for_ever() -> None:
    line = ReceiptLine(code="WCP1", title="Bins", period="October 2017", figure="1,204", rating="Green")
    receipt = Receipt(
        key="k",
        unit_code="WASTE",
        unit_name="Waste",
        period=Period.month(2017, 10),
        version=2,
        submitted_by="Manager",
        submitted_at=datetime(2017, 11, 10, 12, tzinfo=UTC),
        lines=(line,),
        signed_off_by=("Head",),
        sign_off_by_day=date(2017, 11, 17),
        still_to_come=("Later, due 1 December 2017",),
    )
    assert read_receipt(write_receipt(receipt)) == receipt
    assert receipt.reference == "2017-10-WASTE-2"


def test_dates_are_kept_as_the_council_writes_them_however_they_were_typed() -> None:
    said = Commentary(why="Flu since 8/12/2017", by_when=" 8/12/2017 ", back_on_track="2018-05")
    assert said.text == "Why: Flu since 8/12/2017\nBy when: 8 December 2017\nBack on track: May 2018"
    assert read_commentary(said.text).text == said.text
    assert Commentary(by_when="8/12/17", back_on_track="Q4 2017/18").text == (
        "By when: 8 December 2017\nBack on track: Q4 (January to March) 2017/18"
    )
    assert Commentary(by_when="soon", back_on_track="not known").text == "By when: soon\nBack on track: not known"


def test_a_date_that_is_longer_in_words_makes_no_commentary_too_long() -> None:
    typed = Commentary(why="x" * 600, by_when="8/12/2017")
    assert typed.length == read_commentary(typed.text).length == 600
