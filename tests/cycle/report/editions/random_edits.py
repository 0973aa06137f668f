"""A thousand edits by chance of all that an edition was made of, by the verbs that people make them with."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from sqlalchemy import update

from cycle.admin import accounts
from cycle.do.files import importing
from cycle.plan import on_a_page, register, targets
from cycle.plan.targets import TargetDecidedError
from cycle.report.editions import calendar, freezing
from cycle.revise import feedback, risks
from cycle.revise.recovery import planning, progress
from data_access.models import AreaRow, MeasureRow, UnitPlacementRow
from data_access.store.database import transaction
from intake.figures.figures_file import COLUMNS, read_figures
from intake.files.csv_text import read_csv
from performance.ground.figures import Profile, Target
from performance.ground.measures import Polarity, ToleranceKind
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.plan.on_a_page import Wording
from performance.plan.register_changes import Documented, Reworded
from performance.report.editions import Edition
from performance.revise.feedback import Feedback, FeedbackKind
from performance.revise.risks import Score
from tests.builders import COUNCIL, NATION, NEIGHBOUR, REGION, TODAY, WARDS, a_user

CODES = ("BINS", "CALLS", "COST", "HELPED")
"""What the edition is of: a count, a share that wards have too, money, and people of whom few live in one ward."""
MONTHS = [Period.month(2017, 4).shifted(step) for step in range(7)]
_ROWS = 40  # of a file
_NEWEST = 10**6  # a version that has seen all others


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Who edits, and the chance by which it is decided what."""

    chance: Random
    manager: User
    head: User
    keeper: User
    officer: User
    plan_id: int
    risk: str

    def words(self) -> str:
        said = self.chance.choices(("Rain", "lorry", "strike", "late", "new", "crew", "depot"), k=4)
        return f"{' '.join(said)} {self.chance.randint(0, 10**9)}"

    def code(self) -> str:
        return self.chance.choice(CODES[:3])


def an_editor(seed: int, *, officer: User, plan_id: int, risk: str) -> Editor:
    """Everybody that the edits ask for; the manager and the head of the unit are there already."""
    return Editor(
        chance=Random(seed), manager=a_user("editor"), head=a_user("approver", Role.HEAD, "PLACE"),  # noqa: S311
        keeper=a_user("keeper", Role.BI_TEAM, "COUNCIL"), officer=officer, plan_id=plan_id, risk=risk,
    )  # fmt: skip


def edit(by: Editor, many: int) -> Counter[str]:
    """So many edits, or a few more: what they were, and how many of each."""
    done, kinds = Counter[str](), list(_EDITS)
    while done.total() < many:
        # Each kind comes by its turn before any comes by chance.
        kind = kinds.pop(by.chance.randrange(len(kinds))) if kinds else by.chance.choice(list(_EDITS))
        done[kind] += _EDITS[kind](by)
    return done


def _figures(by: Editor) -> int:
    """A file of the council's, its wards' and others' figures, with words; some withdrawn."""
    areas = (COUNCIL, COUNCIL, COUNCIL, NATION, REGION, NEIGHBOUR, *WARDS[:4])
    found = {}
    while len(found) < _ROWS:
        code, area, month = by.chance.choice(CODES), by.chance.choice(areas), by.chance.choice(MONTHS)
        found[code, area, month] = _row(by, code, area, month)
    table = read_csv("\n".join([",".join(COLUMNS), *found.values()]).encode(), name="f")
    read = read_figures(table, known=importing.list_known())
    assert not read.problems, read.problems
    report = importing.import_figures(read, source="f.csv", partial=True, accept_unusual=True, reason=by.words())
    return len(report.changes)


def _row(by: Editor, code: str, area: str, month: Period) -> str:
    number = by.chance.randint(0, 999)
    counts = f"{number},1000," if code == "CALLS" else f",,{number}"
    withdrawn = by.chance.random() < 0.1
    status = by.chance.choice(("final", "provisional", "estimated"))
    return f"{code},{area},{month.iso[:7]},{',,z' if withdrawn else counts},{status},What happened: {by.words()}"


def _target(by: Editor) -> int:
    """Proposed by one and agreed by another, or left as it is."""
    code, year = by.code(), Period.year(by.chance.choice((2017, 2018)))
    target = Target(measure_code=code, area_code=COUNCIL, period=year, number=Decimal(by.chance.randint(1, 90)),
                    profile=Profile.FLAT, effective_from=max(year.start, TODAY))  # fmt: skip
    line = next(each for each in targets.targets_of("WASTE", year.start.year, by=by.manager).lines
                if each.measure.code == code)  # fmt: skip
    try:
        number = targets.propose_target(target, rationale=by.words(), based_on=line.revision, by=by.manager)
        targets.agree_target(number, by=by.head)
    except TargetDecidedError:
        return 1  # it is proposed all the same
    return 2


def _measure(by: Editor) -> int:
    """What it is called, how it is rated and where it comes from."""
    fields: dict[str, object] = {
        "title": by.words(), "polarity": by.chance.choice(list(Polarity)[:2]),
        "definition": by.words(), "seasonal": by.chance.random() < 0.5,
        "meaningful_change": Decimal(by.chance.randint(1, 9)),
    }  # fmt: skip
    name = by.chance.choice(["tolerance", *fields])
    chosen = {name: fields.get(name)}
    if name == "tolerance":
        kind = by.chance.choice(list(ToleranceKind))
        chosen = {name: Decimal(by.chance.randint(1, 40)), "tolerance_kind": kind}
    change = Reworded(fields=chosen | {"source": by.words()}, reason=by.words())
    register.change_register(by.chance.choice(CODES), change, version=_NEWEST, by=by.keeper)
    return 1


def _method(by: Editor) -> int:
    change = Documented(sections={"formula": by.words()}, reviewed=True, reason=by.words())
    register.change_register(by.code(), change, version=_NEWEST, by=by.keeper)
    return 1


def _risk(by: Editor) -> int:
    entry = risks.get_risk(by.risk, by=by.keeper).entry
    if by.chance.random() < 0.5:
        worded = replace(entry.risk, title=by.words(), owner_role=by.words())
        risks.change_risk(replace(entry, risk=worded), reason=by.words(), by=by.keeper)
    else:
        score = Score(likelihood=by.chance.randint(1, 5), impact=by.chance.randint(1, 5))
        risks.review_risk(by.risk, score=score, reason=by.words(), version=entry.version, by=by.keeper)
    return 1


def _recovery(by: Editor) -> int:
    version = planning.get_plan(by.plan_id, by=by.manager).plan.version
    if by.chance.random() < 0.5:
        progress.add_note(by.plan_id, month=Period.month(2017, 10), text=by.words(), version=version, by=by.manager)
    else:
        month = Period.month(2017, 12).shifted(by.chance.randint(0, 12))
        planning.add_milestone(by.plan_id, number=Decimal(by.chance.randint(1, 20)), period=month, version=version,
                               by=by.manager)  # fmt: skip
    return 1


def _setting(by: Editor) -> int:
    """How far a figure may be off its target, and which counts of people are few."""
    name, value = by.chance.choice((
        ("default_tolerance", by.chance.randint(1, 50)), ("small_number_threshold", by.chance.randint(3, 12)),
        ("reds_running", by.chance.randint(2, 5)), ("slim_chance", by.chance.randint(1, 40)),
    ))  # fmt: skip
    accounts.change_setting(name, str(value))
    return 1


def _person(by: Editor) -> int:
    username = by.chance.choice(("editor", "approver", "keeper"))
    accounts.set_email(username, f"{by.chance.randint(1, 99_999)}@example.org")
    return 1


def _register(by: Editor) -> int:
    """Names of services and areas, and what no form may change of a measure, as if the register were set up anew."""
    with transaction() as session:
        measure = update(MeasureRow).where(MeasureRow.code == by.code())
        session.execute(measure.values(decimals=by.chance.randint(0, 3), unit=by.chance.choice(("number", "days"))))
        place = update(UnitPlacementRow).where(UnitPlacementRow.unit_code == by.chance.choice(("WASTE", "PLACE")))
        session.execute(place.values(name=by.words()))
        area = update(AreaRow).where(AreaRow.code == by.chance.choice((NATION, REGION, NEIGHBOUR, *WARDS)))
        session.execute(area.values(name=by.words()))
    return 3


def _page(by: Editor) -> int:
    """Of the objective that the measures belong to."""
    version = on_a_page.plan_page("B1", by=by.officer).version
    change = Wording(owner_role=by.words(), why=by.words(), evidence=(), lessons=by.words(), reason=by.words())
    on_a_page.change_page("B1", change, version=version, by=by.officer)
    return 1


def _feedback(by: Editor) -> int:
    said = Feedback(kind=FeedbackKind.COMPLAINT, period=MONTHS[5], unit_code="WASTE", theme=by.words(),
                    count=by.chance.randint(1, 9))  # fmt: skip
    feedback.record_feedback(said, by=by.officer)
    return 1


def _another_edition(by: Editor) -> int:
    """Of the same figures as they are by now, for somebody else; published or not."""
    wanted = Edition(
        committee=re.sub(r"\W", "", f"{by.words()}{by.chance.random()}"), period=MONTHS[by.chance.randint(3, 5)],
        closes_on=date(2017, 11, 9), meets_on=date(2017, 12, 11),
    )  # fmt: skip
    edition_id = calendar.plan_edition(wanted, by=by.officer)
    freezing.freeze_edition(edition_id, version=1, by=by.officer)
    return 2


_EDITS: Mapping[str, Callable[[Editor], int]] = {
    "figures": _figures, "targets": _target, "measures": _measure, "methods": _method, "risks": _risk,
    "recovery": _recovery, "settings": _setting, "people": _person, "register": _register, "pages": _page,
    "feedback": _feedback, "editions": _another_edition,
}  # fmt: skip
