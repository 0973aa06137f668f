"""The task list of an edition: each step's state follows from what is there, and from nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from performance.ground.measures import ContentKind
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.report.beside import Beside, FrozenRisk
from performance.report.editions import Edition, Freeze
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.restated import Restated
from performance.report.tasks import Awaited, Left, Step, Task, TaskState, awaited_in, awaited_of, tasks_of
from performance.report.words import Place, Said, Spot, story
from tests.performance.report.test_editions import COMPARATOR, EDITION, LINE, QUARTER, THEN

AFTER = date(2017, 11, 10)
FROZEN = replace(EDITION, freeze=Freeze(at=THEN, by="officer", lines=1))
RED = replace(LINE, rag=Rag.RED)
WHOLE = replace(RED, commentary="Why: Rain\nWhat next: Wait", comparators=(COMPARATOR,))
GREEN = replace(LINE, rag=Rag.GREEN)
MISSING = replace(LINE, value=Absence.NOT_PROVIDED, figure="Not yet received", rag=Rag.NOT_PROVIDED)
ALL_IN = Awaited(due=3)


def said(words: str, *places: Place) -> dict[Spot, Said]:
    return {(place, ""): Said(words=words, by="officer") for place in places}


def a_pack(*lines: FrozenLine, edition: Edition = FROZEN, written: dict[Spot, Said] | None = None) -> Pack:
    return Pack(edition=edition, lines=lines, story=story(lines, written or {}))


def task(pack: Pack, step: Step, awaited: Awaited = ALL_IN, *, today: date = AFTER, restated: int = 0) -> Task:
    return {each.step: each for each in tasks_of(pack, awaited, today=today, restated=restated)}[step]


def test_every_step_stands_once_in_its_order_whatever_the_edition() -> None:
    for edition in (EDITION, FROZEN, replace(FROZEN, published_at=datetime(2017, 12, 1, tzinfo=UTC))):
        assert [each.step for each in tasks_of(a_pack(LINE, edition=edition), ALL_IN, today=AFTER)] == list(Step)


def test_a_report_that_was_published_since_the_freeze_is_told_of() -> None:
    earlier = replace(EDITION, id=7, committee="Scrutiny")
    pack = replace(a_pack(LINE), before=earlier)
    for known, state in ((earlier, TaskState.COMPLETED), (replace(earlier, id=8), TaskState.IN_DRAFT)):
        found = {each.step: each for each in tasks_of(pack, ALL_IN, today=AFTER, before_now=known)}[Step.CORRECTIONS]
        assert found.state is state
    assert found.hint.endswith("was published since. Freeze again to say what is corrected in it, and what changed.")
    none = tasks_of(a_pack(LINE), ALL_IN, today=AFTER, before_now=earlier)
    assert {each.step: each for each in none}[Step.CORRECTIONS].state is TaskState.IN_DRAFT


def test_a_state_is_a_word_and_a_shape_that_rates_nothing() -> None:
    assert len({each.in_words for each in TaskState}) == len(TaskState)
    assert {each.shape for each in TaskState}.isdisjoint({each.shape for each in Rag})
    told = {TaskState.COMPLETED, TaskState.IN_DRAFT, TaskState.NOT_STARTED, TaskState.CANNOT_START}
    assert len({each.shape for each in told}) == len(told)


@pytest.mark.parametrize(
    ("awaited", "state", "counted", "hint"),
    [
        pytest.param(Awaited(due=3), TaskState.COMPLETED, "3 of 3", "", id="all are in"),
        pytest.param(
            Awaited(due=3, left=(Left(says="Waste"),)), TaskState.UNDER_WAY, "2 of 3", "", id="one is awaited"
        ),
        pytest.param(Awaited(due=1, left=(Left(says="Waste"),)), TaskState.NOT_STARTED, "0 of 1", "", id="none is in"),
        pytest.param(
            Awaited(due=2, not_due=1), TaskState.COMPLETED, "2 of 2", "1 more is not due yet.", id="one is not due"
        ),
        pytest.param(
            Awaited(due=0, not_due=2), TaskState.COMPLETED, "0 of 0", "2 more are not due yet.", id="none is due"
        ),
        pytest.param(
            Awaited(due=0), TaskState.CANNOT_START, "", "There is no measure of these kinds in the period.",
            id="of nothing",
        ),
    ],
)  # fmt: skip
def test_figures_are_complete_once_every_one_that_is_due_is_signed_off(
    awaited: Awaited, state: TaskState, counted: str, hint: str
) -> None:
    found = task(a_pack(edition=EDITION), Step.FIGURES, awaited)
    assert (found.state, found.counted, found.hint, found.left) == (state, counted, hint, awaited.left)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        pytest.param(date(2017, 9, 30), TaskState.CANNOT_START, id="on its last day"),
        pytest.param(date(2017, 10, 1), TaskState.NOT_STARTED, id="on the day after"),
    ],
)
def test_nothing_is_frozen_before_the_period_is_over(today: date, state: TaskState) -> None:
    found = tasks_of(a_pack(edition=EDITION), ALL_IN, today=today)
    assert found[1].state is state
    assert ("The period ends on 30 September 2017." in found[1].hint) is (state is TaskState.CANNOT_START)
    assert {each.state for each in found[2:]} == {TaskState.CANNOT_START}
    assert (found[0].state is TaskState.CANNOT_START) is (state is TaskState.CANNOT_START)


def test_of_no_measure_there_is_nothing_to_freeze() -> None:
    assert task(a_pack(edition=EDITION), Step.FREEZE, Awaited(due=0)).state is TaskState.CANNOT_START


def test_once_frozen_what_was_missing_stays_so_until_it_is_frozen_again() -> None:
    pack = a_pack(GREEN, replace(MISSING, measure_code="M"))
    found = task(pack, Step.FIGURES, awaited_in(pack))
    assert (found.state, found.counted) == (TaskState.UNDER_WAY, "1 of 2")
    assert found.hint == "What comes in now is in the edition once it is frozen again."
    (left,) = found.left
    assert (left.measure_code, left.title, left.says, left.period) == ("M", "Collections", "Waste", QUARTER)


def test_what_is_not_due_or_allowed_to_be_absent_is_not_awaited() -> None:
    left = Left(says="Waste")
    for value, due, awaited, not_due in (
        (Absence.NOT_DUE, 0, (), 1), (Absence.NOT_APPLICABLE, 1, (), 0), (Absence.SUPPRESSED, 1, (), 0),
        (Absence.NOT_PUBLISHED, 1, (), 0), (Absence.NOT_PROVIDED, 1, (left,), 0),
    ):  # fmt: skip
        assert awaited_of([(left, value)]) == Awaited(due=due, left=awaited, not_due=not_due), value


@pytest.mark.parametrize(
    ("restated", "said"),
    [
        pytest.param(0, "1 measure as known on 9 November 2017.", id="as it is today"),
        pytest.param(1, "1 figure would read otherwise today: freeze again to have it in it.", id="one moved"),
        pytest.param(2, "2 figures would read otherwise today: freeze again to have them in it.", id="two moved"),
    ],
)
def test_a_freeze_says_as_known_when_and_what_moved_since(restated: int, said: str) -> None:
    found = task(a_pack(LINE), Step.FREEZE, restated=restated)
    assert found.state is TaskState.COMPLETED
    assert found.hint.endswith(said)


@pytest.mark.parametrize("step", [Step.SUMMARY, Step.WATCH, Step.FINANCE])
def test_words_are_written_broken_or_not_begun(step: Step) -> None:
    money = replace(LINE, kind=ContentKind.FINANCE)
    place = Place(step.value)
    for words, state in (
        ("", TaskState.NOT_STARTED), ("{{X.value}}", TaskState.IN_DRAFT), ("{{WCP1063.value}}", TaskState.COMPLETED),
    ):  # fmt: skip
        assert task(a_pack(money, written=said(words, place)), step).state is state, words


def test_there_is_nothing_to_write_of_no_amber_and_of_no_money_and_no_risk() -> None:
    pack = a_pack(GREEN)
    for step, hint in (
        (Step.WATCH, "No measure is amber."), (Step.FINANCE, "No measure of finance, and no high risk."),
        (Step.REDS, "No measure is red."),
    ):  # fmt: skip
        assert (task(pack, step).state, task(pack, step).hint) == (TaskState.COMPLETED, hint)
    assert task(pack, Step.SUMMARY).state is TaskState.NOT_STARTED


def test_what_there_is_to_write_of_is_counted() -> None:
    risk = FrozenRisk(code="R-1", title="Flood", in_words="20")
    pack = replace(a_pack(replace(LINE, kind=ContentKind.FINANCE)), beside=Beside(risks=(risk, risk)))
    assert task(pack, Step.WATCH).counted == "1 amber"
    assert task(pack, Step.FINANCE).counted == "1 measure of finance, 2 high risks"
    assert task(replace(pack, lines=()), Step.FINANCE).counted == "2 high risks"


@pytest.mark.parametrize(
    ("reds", "words", "state", "counted"),
    [
        pytest.param((RED,), {}, TaskState.NOT_STARTED, "0 of 1", id="nothing of the only one"),
        pytest.param((replace(RED, commentary="Why: Rain"),), {}, TaskState.IN_DRAFT, "0 of 1", id="one part of three"),
        pytest.param((WHOLE, replace(RED, measure_code="R")), {}, TaskState.IN_DRAFT, "1 of 2", id="one of two"),
        pytest.param((WHOLE,), {}, TaskState.COMPLETED, "1 of 1", id="all of them"),
        pytest.param((WHOLE,), {(Place.CAUSE, "WCP1063"): Said(words="{{X.value}}", by="")}, TaskState.IN_DRAFT,
                     "1 of 1", id="a figure that there is not"),
    ],
)  # fmt: skip
def test_every_red_has_its_three_parts(
    reds: tuple[FrozenLine, ...], words: dict[Spot, Said], state: TaskState, counted: str
) -> None:
    found = task(a_pack(*reds, written=words), Step.REDS)
    assert (found.state, found.counted) == (state, counted)
    assert all(each.says.startswith("lacks ") for each in found.left)
    assert len(found.left) == int(counted[-1]) - int(counted[0])


def test_corrections_are_counted_since_the_report_before_where_there_is_one() -> None:
    pack = a_pack(LINE)
    assert task(pack, Step.CORRECTIONS).hint == "There is no report before it."
    before = replace(EDITION, period=Period(start=date(2017, 4, 1), months=3))
    found = task(replace(pack, before=before), Step.CORRECTIONS)
    assert (found.counted, found.hint) == ("0 figures", f"Since {before.title}.")
    restated = Restated(was=LINE, now=GREEN, because="Late.")
    assert task(replace(pack, before=before, restated=(restated,)), Step.CORRECTIONS).counted == "1 figure"


def test_it_can_be_published_once_no_word_is_left_to_write() -> None:
    found = task(a_pack(RED), Step.PUBLISH)
    assert (found.state, found.left) == (TaskState.CANNOT_START, ()), "what it lacks stands with the reds"
    broken = task(a_pack(WHOLE, written=said("{{X.value}}", Place.SUMMARY)), Step.PUBLISH)
    assert [each.says for each in broken.left] == ["Summary: {{X.value}}: there is no measure X in it"]
    assert task(a_pack(WHOLE), Step.PUBLISH).state is TaskState.NOT_STARTED
    published = replace(FROZEN, published_at=datetime(2017, 12, 1, tzinfo=UTC))
    assert task(a_pack(WHOLE, edition=published), Step.PUBLISH).state is TaskState.COMPLETED
