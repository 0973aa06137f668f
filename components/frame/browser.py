"""Which browser a session belongs to, as the server's middleware said when it was connected (serving/browsers.py)."""

import streamlit as st

# Under this name Streamlit was told.
OWNER = "browser"


def ours() -> str | None:
    """The digest of what this session's browser alone knows; None where no middleware stands before the app."""
    said = st.user.to_dict().get(OWNER)
    return said if isinstance(said, str) else None
