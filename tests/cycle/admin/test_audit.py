"""The audit trail is looked through by person, deed and thing, in words, a page at a time."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cycle.admin import audit
from cycle.admin.audit import AuditQuery
from data_access.models import FigureRow
from data_access.store.audit import add_event
from data_access.store.database import engine, transaction
from performance.ground.figures import FigureStatus
from performance.ground.people import Role, User
from tests.builders import COUNCIL, a_user, add_council, add_measure, vouch

pytestmark = pytest.mark.usefixtures("database_on_both")
NOON = datetime(2017, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def auditor(database_on_both: str) -> User:
    add_council()
    add_measure("BINS", title="Missed collections")
    add_measure("BINS_2", title="Bins that burn")
    return a_user("auditor", Role.BI_TEAM, "COUNCIL")


def happen(verb: str, subject: str, *, by: str = "auditor", before: object = None, after: object = None) -> None:
    with transaction() as session:
        add_event(session, at=NOON, username=by, verb=verb, subject=subject, before=before, after=after)  # type: ignore[arg-type]


def subjects(query: AuditQuery, auditor: User) -> list[str]:
    return [line.event.subject for line in audit.trail(query, by=auditor).lines]


def test_events_are_found_by_person_deed_and_what_they_are_about(auditor: User) -> None:
    happen("save figure", f"BINS {COUNCIL} 2017-09-01/P1M")
    happen("save figure", f"BINS_2 {COUNCIL} 2017-09-01/P1M", by="someone")
    happen("agree target", f"BINS {COUNCIL} 2017-04-01/P12M", by="someone")
    happen("change setting", "50%_of")
    assert len(subjects(AuditQuery(username="someone"), auditor)) == 2
    assert len(subjects(AuditQuery(verb="save figure"), auditor)) == 2
    assert subjects(AuditQuery(username="someone", verb="save figure"), auditor) == [f"BINS_2 {COUNCIL} 2017-09-01/P1M"]
    assert len(subjects(AuditQuery(words="missed COLL"), auditor)) == 3, "the title stands for its code, BINS"
    assert subjects(AuditQuery(words="burn"), auditor) == [f"BINS_2 {COUNCIL} 2017-09-01/P1M"]
    assert subjects(AuditQuery(words="%_"), auditor) == ["50%_of"], "what is typed is looked for as it is"
    assert subjects(AuditQuery(words="nowhere"), auditor) == []


def test_a_measure_finds_what_wrote_its_figures_whatever_it_is_called(auditor: User) -> None:
    """A submission bears the name of its return and an import that of its file: neither names the measure."""
    for code, verb, subject in (("BINS", "submit", "2017-09-WASTE"), ("BINS_2", "import figures", "october.csv")):
        with transaction() as session:
            session.add(
                FigureRow(
                    measure_code=code, area_code=COUNCIL, period_start=date(2017, 9, 1), period_months=1, revision=1,
                    value=Decimal(12), status=FigureStatus.FINAL, recorded_at=NOON, recorded_by="someone",
                )
            )  # fmt: skip
            add_event(session, at=NOON, username="someone", verb=verb, subject=subject)
    vouch()
    assert subjects(AuditQuery(words="missed collections"), auditor) == ["2017-09-WASTE"]
    assert subjects(AuditQuery(words="BINS_2"), auditor) == ["october.csv"]


def test_a_page_goes_on_where_the_last_ended_until_the_first_event(auditor: User) -> None:
    for number in range(audit.PAGE + 10):
        happen("do", f"thing {number}")
    first = audit.trail(AuditQuery(verb="do"), by=auditor)
    assert [len(first.lines), first.lines[0].event.subject] == [audit.PAGE, f"thing {audit.PAGE + 9}"]
    second = audit.trail(AuditQuery(verb="do", older_than=first.older), by=auditor)
    assert [line.event.subject for line in second.lines] == [f"thing {number}" for number in range(9, -1, -1)]
    assert second.older is None
    assert second.count == first.count > audit.PAGE + 10 - 1


def test_codes_periods_and_people_are_said_as_people_call_them(auditor: User) -> None:
    happen(
        "save figure", "BINS WASTE 2017-09-01/P1M", by="operator",
        before={"value": "12", "unit_code": "WASTE"},
        after={"value": "13", "is_final": True, "codes": ["BINS", "x"], "figures": {"BINS": {"value": "13"}}},
    )  # fmt: skip
    (line,) = audit.trail(AuditQuery(verb="save figure"), by=auditor).lines
    assert line.who == "Server operator"
    assert line.about == "Missed collections (BINS), Waste and recycling, September 2017"
    assert line.changes == (
        "codes: Missed collections (BINS), x",
        "figures: Missed collections (BINS) value 13",
        "is final: yes",
        "value: from 12 to 13",
        "unit code: Waste and recycling before",
    )


def test_of_many_changes_the_first_are_told_and_the_rest_counted(auditor: User) -> None:
    happen("import setup", "council.xlsx", after={f"field {number}": number for number in range(9)})
    happen("import setup", "figures.csv", after={"all": {str(number): number for number in range(9)}})
    later, sooner = audit.trail(AuditQuery(verb="import setup"), by=auditor).lines
    assert sooner.changes[-1] == "and 4 more"
    assert later.changes == ("all: 9 of them",)


def test_the_file_holds_every_event_looked_for_with_its_hash(auditor: User) -> None:
    for number in range(audit.PAGE + 10):
        happen("do", f"thing {number}", after={"number": number})
    happen("something else", "thing")
    found = audit.rows(AuditQuery(verb="do", older_than=3), by=auditor)
    assert len(found) == audit.PAGE + 10, "from the newest, whichever page is open"
    at = audit.AUDIT_COLUMNS.index
    assert json.loads(str(found[0][at("after")])) == {"number": audit.PAGE + 9}
    assert all(len(str(row[at("hash")])) == 64 for row in found)


def test_verifying_reads_the_rows_too(auditor: User) -> None:
    vouch()
    assert audit.verify(by=auditor) == []
    with engine().begin() as connection:
        connection.exec_driver_sql("UPDATE people SET password_hash = 'x' WHERE username = 'auditor'")
    assert any("people" in fault for fault in audit.verify(by=auditor))
