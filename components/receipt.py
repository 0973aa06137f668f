"""A receipt: the reference, what happens next and when, and the figures as they were submitted."""

from html import escape

import streamlit as st

from components import html_table
from components.figure_form import plain
from components.html_table import Column
from performance.periods import day_in_words
from performance.receipts import Receipt

_PANEL = """<div class="receipt" role="status"><p>Reference</p><p><strong>{reference}</strong></p></div>
<style>.receipt{{background:#E8F1F8;border-left:8px solid #12436D;padding:.75rem 1.25rem;max-width:42rem}}
.receipt p{{margin:0}}.receipt strong{{font-size:1.5rem}}</style>"""


def show(receipt: Receipt) -> None:
    """Everything a person may want to know after submitting."""
    st.html(_PANEL.format(reference=escape(receipt.reference)))
    number = len(receipt.lines)
    when = receipt.submitted_at.astimezone()
    st.write(
        plain(
            f"{receipt.submitted_by} submitted {number} figure{'' if number == 1 else 's'} for {receipt.unit_name}, "
            f"{receipt.period.in_words}, on {day_in_words(when.date())} at {when:%H:%M}."
        )
    )
    st.header("What happens next", anchor=False)
    who = " or ".join(receipt.signed_off_by) or "A head of service or director"
    st.write(
        plain(f"{who} signs them off by {day_in_words(receipt.sign_off_by_day)}, or returns them with a question.")
    )
    st.write("You can change a figure until it is signed off.")
    if receipt.still_to_come:
        st.write(plain(f"Still to come: {'; '.join(receipt.still_to_come)}."))
    st.write("If something is wrong, ask the BI team and quote the reference.")


def show_figures(receipt: Receipt) -> None:
    """The record itself, on the page and to keep."""
    html_table.plain(
        f"Figures submitted under {receipt.reference}",
        [Column(title=title, is_number=title == "Figure") for title in ("Measure", "Period", "Figure", "Rating")],
        [[f"{line.title} ({line.code})", line.period, line.figure, line.rating] for line in receipt.lines],
    )
    st.download_button(
        "Download this record", data=_record(receipt), file_name=f"{receipt.reference}.txt", mime="text/plain",
        on_click="ignore",
    )  # fmt: skip


def _record(receipt: Receipt) -> str:
    """The receipt as plain text: nothing in it can be taken for a formula."""
    said = [
        f"Reference {receipt.reference}",
        f"{receipt.unit_name}, {receipt.period.in_words}",
        f"Submitted by {receipt.submitted_by} on {receipt.submitted_at.astimezone():%d %B %Y at %H:%M}",
        "",
        *(f"{line.code} {line.title}, {line.period}: {line.figure} ({line.rating})" for line in receipt.lines),
    ]
    return "\n".join(said) + "\n"
