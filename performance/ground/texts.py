"""Texts people write: made safe to keep once, on the way in."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

LONGEST = 4000
# What fits where a text is read again: a role in a table's cell, a sentence in a line of a history.
LONGEST_ROLE, LONGEST_SENTENCE = 120, 500
# Control characters break Word, Excel and PostgreSQL; lone surrogates and noncharacters break every encoder.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# A text that a spreadsheet would run as a formula goes out with an apostrophe before it, and comes in without.
# Excel in some languages runs one that begins with the wide forms of these signs too, and skips a line end before them.
_RUN = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_PROTECTED = re.compile(f"'+[{re.escape(_RUN)}]")


# Marks without a width, which a page copied from the web or a second byte order mark leaves in a cell.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u00ad"))


class TextTooLongError(ValueError):
    def __init__(self, length: int) -> None:
        super().__init__(f"The text has {length:,} characters. The longest that is kept is {LONGEST:,}.")


class NumberAsTyped(str):
    """A number in a file that somebody handed in, to be given back as it was written there: no formula to protect."""

    __slots__ = ()


def clean(text: str) -> str:
    """The text made safe to keep. Raises TextTooLongError. Cleaning twice is cleaning once."""
    cleaned = legible(text)
    if len(cleaned) > LONGEST:
        raise TextTooLongError(len(cleaned))
    return cleaned


def legible(text: str) -> str:
    """The text in Unicode's composed form, with plain line ends and no control characters but tab and newline.

    However long it is: whoever calls this says how long it may be.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", plain))


def all_legible(value: Any) -> Any:
    """A value as JSON has them, with every text in it legible, names of fields too."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, Mapping):
        return {all_legible(name): all_legible(each) for name, each in value.items()}
    return [all_legible(each) for each in value] if isinstance(value, list | tuple) else value


def length(text: str) -> int:
    """How many characters count: those that are kept, without the blanks around them."""
    return len(legible(text).strip())


def too_long(name: str, text: str, *, at_most: int) -> str:
    """The sentence that refuses a text which is longer than its field takes; empty where it fits.

    Nothing is ever cut to fit: half a sentence that looks whole is worse than one that is sent back.
    """
    characters = length(text)
    return f"{name} must be {at_most:,} characters or less. You have {characters:,}" if characters > at_most else ""


def without_unseen(text: str) -> str:
    """The text without the marks that nobody sees, such as a space of no width or a hyphen that is not drawn."""
    return text if text.isascii() else text.translate(_UNSEEN)


def unprotected(text: str) -> str:
    """The text without the apostrophe that kept a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and _PROTECTED.match(text) else text


def in_a_sheet(text: str) -> str:
    """A text as it is written into a workbook: one that the writer would take for markup of its own, unescaped, ends
    with a blank."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def protected(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it; `unprotected` gives it back."""
    if text.startswith(tuple(_RUN)) or _PROTECTED.match(text):
        return f"'{text}"
    return text
