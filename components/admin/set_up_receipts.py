"""What imports of the register did: a receipt for each, which its address opens again at any time."""

from collections.abc import Sequence

import streamlit as st

from components.frame import address
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.admin.setup_receipts import SetupReceipt
from performance.ground.periods import day_in_words


def show(receipts: Sequence[SetupReceipt]) -> None:
    """The receipt that the address names, then all of them."""
    asked = address.one_of({str(each.number) for each in receipts}, name="receipt", label="Receipt")
    for receipt in receipts:
        if str(receipt.number) == asked:
            _show_one(receipt)
    if receipts:
        st.header("Earlier imports", anchor=False)
        html_table.plain(
            "The latest imports, newest first",
            [Column(title=title, is_number=title == "Rows") for title in ("Number", "When", "Who", "File", "Rows")],
            [
                [str(each.number), f"{each.at:%-d %b %Y %H:%M}", each.by, each.source, f"{each.changes:,}"]
                for each in receipts
            ],
        )


def _show_one(receipt: SetupReceipt) -> None:
    st.header(plain(f"Receipt of import {receipt.number}"), anchor=False)
    when = receipt.at.astimezone()
    rows = f"{receipt.changes:,} {'row' if receipt.changes == 1 else 'rows'}"
    st.write(
        plain(
            f"{receipt.by} brought in {rows} from {receipt.source} on {day_in_words(when.date())} at {when:%H:%M}."
            f" The audit trail has it as event {receipt.number}."
        )
    )
    html_table.plain(
        "What was brought in",
        [Column(title="Sheet"), Column(title="New", is_number=True), Column(title="Changed", is_number=True)],
        [[sheet, f"{new:,}", f"{changed:,}"] for sheet, (new, changed) in receipt.sheets.items()],
    )
    if "people" in receipt.sheets:
        st.write(
            "Nobody can sign in with a new account yet. The operator prints a first password for each with"
            " manage.py user reset-password USERNAME."
        )
