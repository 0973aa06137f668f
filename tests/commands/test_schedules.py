"""`schedules` lists what goes out by itself, with when it is due next."""

from pathlib import Path

import pytest
from sqlalchemy import text

from cycle.report import schedules
from data_access.store.database import transaction
from performance.report.schedules import Often, Way
from tests.builders import it_is
from tests.command_line import done
from tests.cycle.home.test_reports import DUE, TO_MEMBERS, Office

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_each_with_when_it_is_due_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
    office = Office(tmp_path)
    assert done("schedules") == "No report goes out by itself.\n"
    office.plan()
    office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share", often=Often.WEEKLY)
    schedules.stop_schedule(office.plan(about="PLACE"), version=1, by=office.officer)
    office.plan(about="HOUSING")
    with transaction() as session:
        session.execute(text("UPDATE unit_placements SET valid_to = '2017-11-09' WHERE unit_code = 'HOUSING'"))
    assert done("schedules").splitlines() == [
        "S-01 Scorecard: Waste and recycling, to Everybody of Waste and recycling. Mail with a link."
        " Each month, after its figures close. Next: October 2017, on 16 November 2017.",
        "S-02 Scorecard: Waste and recycling, to Share, for councillors and officers. File in a folder."
        " Each week, on its first working day. Next: Week of 13 Nov 2017, on 13 November 2017.",
        "S-03 Scorecard: Place, to Everybody of Waste and recycling. Mail with a link."
        " Each month, after its figures close. Stopped on 10 November 2017.",
        "S-04 Scorecard: HOUSING, to Everybody of Waste and recycling. Mail with a link."
        " Each month, after its figures close. It does not go out: what it is about is there no longer.",
    ]
    it_is(DUE.replace(day=17))
    assert "Next: October 2017, at the next run, due since 16 November 2017." in done("schedules").splitlines()[0]
