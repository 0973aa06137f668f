"""Texts that people wrote, as they stand: Streamlit reads Markdown, colours and icons into whatever it is given."""

import re

_MEANT_AS_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$]|:(?=\w)")


def plain(text: str) -> str:
    """A text as it stands, wherever Streamlit would read Markdown, a colour or an icon into it."""
    return _MEANT_AS_MARKUP.sub(r"\\\g<0>", text)
