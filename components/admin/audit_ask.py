"""What is looked for in the audit trail: by whom, which deed, about what; and the way on into the past."""

from dataclasses import replace

import streamlit as st

from components.frame import address, navigation, pick
from components.parts.markup import plain
from cycle.admin import audit
from cycle.admin.audit import AUDIT_COLUMNS, AuditQuery, AuditTrail
from performance.ground.people import User
from reporting.tables import rows

_OLDER = "before"


def ask(trail: AuditTrail) -> AuditQuery:
    """What the address names. Raises NothingThereError for what nobody did."""
    doers = {"": "Anybody", **trail.doers}
    deeds = {"": "Anything"} | {verb: words.capitalize() for verb, words in trail.deeds.items()}
    who, what, about = st.columns(3)
    with who:
        username = pick.one("Who", doers, name="who", words=doers.__getitem__, clears=[_OLDER])
    with what:
        verb = pick.one("What", deeds, name="what", words=deeds.__getitem__, clears=[_OLDER])
    with about:
        words = pick.text("About", name="find", placeholder="A measure, service or reference", clears=[_OLDER])
    older_than = address.number(name=_OLDER, what="an event")
    return AuditQuery(username=username, verb=verb, words=words, older_than=older_than)


def go_on(query: AuditQuery, found: AuditTrail) -> None:
    """To older events of the same kind, and back to the newest."""
    with st.container(horizontal=True):
        if found.older is not None:
            _link("Older events", replace(query, older_than=found.older))
        if query.older_than is not None:
            _link("Back to the newest", replace(query, older_than=None))


def take_away(query: AuditQuery, *, by: User) -> None:
    """Every event that is looked for, as a file, each with the hash by which it can be verified."""
    st.download_button(
        "Download these events (CSV)", data=lambda: rows.write_csv(AUDIT_COLUMNS, audit.rows(query, by=by)),
        file_name="audit-trail.csv", mime="text/csv", on_click="ignore", key="audit_csv",
    )  # fmt: skip


def _link(label: str, query: AuditQuery) -> None:
    named = {"who": query.username, "what": query.verb, "find": query.words, _OLDER: str(query.older_than or "")}
    st.page_link(
        navigation.find_entry("Audit trail").file, label=plain(label),
        query_params={name: value for name, value in named.items() if value},
    )  # fmt: skip
