"""A small line as a picture, to stand in a cell of a table or beside a name."""

import base64
from collections.abc import Sequence
from decimal import Decimal
from html import escape

from reporting.charts.sparkline import sparkline


def picture(numbers: Sequence[Decimal | None], words: str) -> str:
    """As HTML, with what it shows in words; nothing where there is no number."""
    drawn = sparkline(numbers)
    if not drawn:
        return ""
    code = base64.b64encode(drawn.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{code}" alt="{escape(words)}" width="96" height="24">'
