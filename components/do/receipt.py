"""A receipt: the reference, what has become of it, what happens next, and the figures as they were submitted."""

from html import escape

import streamlit as st

from components.frame import navigation
from components.frame.sign_in import arrive
from components.parts import asset, html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.do.receipts import ReceiptView
from performance.do.receipts import Receipt
from performance.ground.organisation import ReturnStatus
from performance.ground.periods import day_in_words
from reporting.documents import receipt_word
from reporting.tables.rows import write_csv

_PANEL = """<div class="receipt" role="status"><p>Reference</p><p><strong>{reference}</strong></p></div>
"""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COLUMNS = ("Reference", "Measure code", "Measure", "Period", "Figure", "Rating", "Commentary")


def show(view: ReceiptView) -> None:
    """What a person wants to know first, on the day they submit and on any later one."""
    receipt = view.receipt
    st.html(asset.style(__file__) + _PANEL.format(reference=escape(receipt.reference)))
    st.write(plain(receipt.in_words))
    match view.status:
        case ReturnStatus.APPROVED:
            st.success(plain(view.became))
        case ReturnStatus.RETURNED:
            st.warning(plain(view.became))
            _to_return("Answer the question", receipt)
        case _:
            st.info(plain(view.became))


def show_next(view: ReceiptView) -> None:
    """Who signs off and by when, what is still to come, whom to ask, and where to go from here."""
    receipt = view.receipt
    st.header("What happens next", anchor=False)
    if view.status is ReturnStatus.SUBMITTED:
        by_day = f"{receipt.sign_off_by_day:%A} {day_in_words(receipt.sign_off_by_day)}"
        st.write(plain(f"{receipt.signatories} signs them off by {by_day}, or returns them with a question."))
        st.write("You can change a figure until it is signed off.")
    elif view.status is ReturnStatus.APPROVED:
        st.write("To correct a figure that is locked, ask for the return to be reopened and say why.")
    else:
        st.write("The figures go to sign-off again when they are submitted again.")
    _show_still_to_come(view)
    names = [f"{person.name}, {person.email}" for person in view.contacts]
    whom = "; ".join(names) or "the BI team"
    st.write(plain(f"If something is wrong, ask {whom}, and quote {receipt.reference}."))


def show_links(view: ReceiptView) -> None:
    """The pages that come next: the scorecard of the month, this return, and whatever is owed most."""
    receipt, owed = view.receipt, view.next_owed
    st.page_link(
        navigation.find_entry("Scorecard").file,
        label=plain(f"Scorecard of {receipt.unit_name} for {receipt.period.in_words}"),
        query_params=_where(receipt),
    )
    _to_return("Open the return", receipt)
    if owed is not None:
        st.page_link(
            navigation.find_entry("My return").file,
            label=plain(f"Next: {owed.unit.name}, {owed.period.in_words}, {owed.in_words.lower()}"),
            query_params={"unit": owed.unit.code, "period": owed.period.iso},
        )


def show_figures(receipt: Receipt) -> None:
    """The record itself, on the page and to keep."""
    html_table.plain(
        f"Figures submitted under {receipt.reference}",
        [Column(title=title, is_number=title == "Figure") for title in ("Measure", "Period", "Figure", "Rating")],
        [[f"{line.title} ({line.code})", line.period, line.figure, line.rating] for line in receipt.lines],
    )
    council = arrive().council["council_name"]
    with st.container(horizontal=True):
        st.download_button(
            "Download this record (Word)", data=lambda: receipt_word.document(receipt, council=council),
            file_name=f"{receipt.reference}.docx", mime=_WORD, on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Download this record (CSV)", data=lambda: _csv(receipt), file_name=f"{receipt.reference}.csv",
            mime="text/csv", on_click="ignore",
        )  # fmt: skip


def _show_still_to_come(view: ReceiptView) -> None:
    receipt = view.receipt
    if receipt.still_to_come:
        st.write("Still to come:")
        st.text("\n".join(f"• {each}" for each in receipt.still_to_come))
    if view.unsaid:
        number = f"{view.unsaid} action{'' if view.unsaid == 1 else 's'}"
        _to_return(f"Say how {number} stood in {receipt.period.in_words}", receipt)


def _to_return(label: str, receipt: Receipt) -> None:
    st.page_link(navigation.find_entry("My return").file, label=plain(label), query_params=_where(receipt))


def _where(receipt: Receipt) -> dict[str, str]:
    return {"unit": receipt.unit_code, "period": receipt.period.iso}


def _csv(receipt: Receipt) -> bytes:
    """With the mark by which Excel knows the pound sign from two others."""
    rows = [
        (receipt.reference, line.code, line.title, line.period, line.figure, line.rating, line.commentary)
        for line in receipt.lines
    ]
    return write_csv(_COLUMNS, rows)
