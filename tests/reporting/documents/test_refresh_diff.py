"""What differs between two plans, as cabinet gets it, opened again by python-docx."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import docx
from docx.document import Document

from performance.plan.refresh import Refresh, RefreshState
from performance.plan.refresh_diff import DiffGroup, DiffRow, PlanDiff
from reporting.documents import refresh_diff

REFRESH = Refresh(
    title="Plan for 2018/19",
    starts_on=date(2018, 4, 1),
    opened_by="officer",
    opened_at=datetime(2017, 11, 10, tzinfo=UTC),
)
ROW = DiffRow(what="Changed", name="Objective: Keep <clean>", field="Title", before="Keep & clean", after="Stay clean")
DIFF = PlanDiff(
    refresh=REFRESH,
    groups=(
        DiffGroup(title="Stronger Economy", carried_over=1, rows=(ROW,)),
        DiffGroup(title="Stronger Communities", carried_over=4, rows=()),
    ),
    carried_over=5,
    changed=1,
    ended=0,
    added=0,
    relinked=0,
)


def opened(diff: PlanDiff) -> Document:
    return docx.Document(BytesIO(refresh_diff.document(diff, author="Policy Officer")))


def test_the_document_says_where_it_stands_and_what_differs_by_priority() -> None:
    made = opened(DIFF)
    said = [paragraph.text for paragraph in made.paragraphs]
    assert said[0] == "Plan for 2018/19: what differs from this year"
    assert said[1].startswith("This is a draft. Once adopted, it takes effect on 1 April 2018. Of 6 parts")
    assert "1 part is carried over as it is." in said
    assert "4 parts are carried over as they are." in said
    (table,) = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Part of the plan", "What", "Field", "This year", "Next year"],
        ["Objective: Keep <clean>", "Changed", "Title", "Keep & clean", "Stay clean"],
    ]
    assert "w:tblHeader" in table._tbl.xml
    assert made.core_properties.language == "en-GB"


def test_an_adopted_plan_says_when_and_one_without_differences_says_so() -> None:
    adopted = replace(REFRESH, state=RefreshState.ADOPTED, decided_by="o", decided_at=datetime(2018, 2, 1, tzinfo=UTC))
    made = opened(replace(DIFF, refresh=adopted, groups=(), changed=0))
    said = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "It was adopted on 1 February 2018, to take effect on 1 April 2018." in said
    assert "Nothing differs" in said
