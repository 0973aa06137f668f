"""What people really type and paste, with what each must come to by every way in: grid, form, paste, workbook, file.

A number is what must be stored; a sentence is what must be said, with nothing stored. `{title}` is the measure's.
"""

from decimal import Decimal

NOT_A_NUMBER = '{title} must be a number, like 9.4, not "{text}"'
NO_FIGURE = f'{NOT_A_NUMBER}. If there is no figure, choose "Not applicable", "Not yet available" or "None this month"'
PASTED: dict[str, Decimal | str] = {
    "96.5%": Decimal("96.5"),
    "£1,234": Decimal(1234),
    "1 204": Decimal(1204),
    "(3.4)": Decimal("-3.4"),
    "n/a": NO_FIGURE,
    "-": NO_FIGURE,
    "..": NO_FIGURE,
    "[c]": f"{NOT_A_NUMBER}. No answer hides a figure: enter the figure itself",
    "0": Decimal(0),
    "12.0.1": NOT_A_NUMBER,
    "1.2k": Decimal(1200),
    "1e308": NOT_A_NUMBER,
    "": "Enter the October 2017 figure for {title}",
    "１２３４．５": Decimal("1234.5"),
    " 7\u00a0001 ": Decimal(7001),
    "42\r": Decimal(42),
}


def expected_message(text: str, title: str) -> str:
    """The sentence for a text that is no number; empty for one that is."""
    expected = PASTED[text]
    if isinstance(expected, Decimal):
        return ""
    named = title[:1].lower() + title[1:] if not text else title
    return expected.format(title=named, text=text)
