"""A database of this version taken back to an earlier one, so that coming to this one can be tried on its rows."""

from collections.abc import Iterator

_TAKEN_BACK: dict[str, tuple[str, ...]] = {
    "0027": (),
    "0026": (),
    "0025": ("recovery_moves",),
    "0024": (),
    "0023": ("paper_templates",),
    "0022": ("report_sends", "schedules"),
    "0021": ("mails",),
    "0020": ("annual_reports",),
    "0019": ("edition_words", "frozen_lines", "freezes", "editions"),
    "0018": ("hidden_figures", "disclosures"),
}
_COLUMNS = {
    "0027": ("review_items.first_question", "review_items.dropped_because"),
    "0026": ("people.closed_tour",),
    "0025": ("recovery_shares.joined_on",),
    "0024": ("report_sends.report", "report_sends.about", "report_sends.looked_on"),
    "0021": ("people.wants_no_mail",),
}
_GUARDED = ("frozen_lines", "freezes", "recovery_moves")


def statements(to: str, *, sqlite: bool) -> Iterator[str]:
    """What undoes every migration after that one; those after 0018 only."""
    for version, tables in _TAKEN_BACK.items():
        if version >= to:
            for table in tables:
                yield f"DROP TABLE {table}"
                if table in _GUARDED and not sqlite:
                    yield f"DROP FUNCTION {table}_append_only()"
            for table, _, column in (each.partition(".") for each in _COLUMNS.get(version, ())):
                yield f"ALTER TABLE {table} DROP COLUMN {column}"
    yield f"UPDATE alembic_version SET version_num = '{to}'"  # noqa: S608 - a version of ours
