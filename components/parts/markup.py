"""Texts that people wrote, as they stand: Streamlit reads Markdown, colours and icons into whatever it is given."""

import re

_MEANT_AS_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$]|:(?=\w)")
# What makes a list or a rule of a line that begins with it: a number with its point, a dash, a row of equals signs.
_BEGINS_A_LINE = re.compile(r"^(\s*)(?:(\d+)([.)])(?=\s|$)|([-+=])(?=\s|[-=]|$))", re.MULTILINE)


def plain(text: str) -> str:
    """A text as it stands, wherever Streamlit would read Markdown, a colour or an icon into it.

    An address in it still becomes a link, which says where it leads.
    """
    return _BEGINS_A_LINE.sub(_kept, _MEANT_AS_MARKUP.sub(r"\\\g<0>", text))


def _kept(begin: re.Match[str]) -> str:
    blanks, number, point, sign = begin.groups()
    return f"{blanks}{number}\\{point}" if number else f"{blanks}\\{sign}"
