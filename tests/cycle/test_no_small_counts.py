"""Three people of one ward, and the total that they alone make: every reading verb and every export, by every role.

Only the service that submits them, who signs its returns off and the BI team may find them, or what comes of them.
"""

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from cycle.admin.audit import export_audit
from cycle.do import returns
from cycle.ground.exports import Export, Wanted, export_figures, export_register, export_targets, export_wards
from cycle.plan import targets
from cycle.report.scorecard_export import export_scorecard
from cycle.review import readings
from cycle.revise.recovery import planning
from performance.do.typed import Answer
from performance.ground.commentary import Commentary
from performance.ground.figures import Figure
from performance.ground.measures import Polarity
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from tests.builders import COUNCIL, WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.cycle.test_every_verb import CALLS, Call, a_target, run

SEPTEMBER = Period.month(2017, 9)
FIRST = datetime(2017, 9, 5, tzinfo=UTC)
EXPORTS = (export_figures, export_wards, export_scorecard, export_targets, export_register, export_audit)
AT_LARGE = (Role.LEADERSHIP, Role.POLICY_OFFICER, Role.COUNCILLOR, Role.EMPLOYEE, Role.ADMINISTRATOR)
# The measure prints three decimals, and nothing else here does: 3 people, 47 fewer than the 50 before, 1.5 targets.
TELLING = {Decimal(3), Decimal(47), Decimal(-47)}
IN_WORDS = re.compile(r"(?<![\d.])(3\.000|47\.000)(?!\d)")
KEPT = re.compile(r'"(numerator|value)": "3(\.0*)?"')


@pytest.fixture
def three_people(database_on_one: str) -> None:
    """50 in August, of whom wards have 20 and 30; in September three, all of one ward. Submitted, and planned for."""
    assert database_on_one
    add_council()
    add_measure("WCP1063", title="People", counts_people=True, polarity=Polarity.LOWER, decimals=3)
    for number in range(1, 9):
        for area, count in zip((*WARDS[:2], COUNCIL), ("20", "30", "50"), strict=True):
            add_figure("WCP1063", f"2017-{number:02d}", count, area=area, at=FIRST)
        add_target("WCP1063", f"2017-{number:02d}", "10")
    add_target("WCP1063", "2017-09", "2")
    add_figure("WCP1063", "2017-09", "3", area=WARDS[0], at=FIRST)
    manager = a_user("author")
    said = Commentary(
        what_happened="Two left.", why="They moved.", what_next="We ask.", who="Head of Waste",
        by_when="1 December 2017", back_on_track="December 2017",
    )  # fmt: skip
    answer = Answer(measure_code="WCP1063", value="3", commentary=said)
    checked = returns.check_return("WASTE", SEPTEMBER, answers=[answer], by=manager)
    assert not checked.problems, checked.problems
    returns.submit_return("WASTE", SEPTEMBER, answers=[answer], request_key="key", by=manager)
    targets.propose_target(a_target(), rationale="A first proposal", based_on=0, by=manager)
    plan_id = planning.open_plan("WCP1063", period=Period.month(2017, 8), cause="Not enough", by=manager)
    planning.add_milestone(plan_id, number=Decimal(5), period=Period.month(2017, 12), version=1, by=manager)


def readers() -> list[User]:
    found = [a_user(f"whole.{role.value}", role, "COUNCIL") for role in AT_LARGE]
    return [*found, *(a_user(f"other.{each.value}", each, "PEOPLE") for each in (Role.SERVICE_MANAGER, Role.HEAD))]


def found_in(said: object) -> list[str]:
    return [f"{type(each).__name__}: {each!r}" for each in _walk(said, {}) if _tells(each)]


def _tells(each: object) -> bool:
    if isinstance(each, str):
        return bool(IN_WORDS.search(each) or KEPT.search(each))
    if isinstance(each, Decimal):
        return each in TELLING
    if isinstance(each, Figure):
        return each.period == SEPTEMBER and (each.absence is not Absence.SUPPRESSED or bool(each.commentary))
    # A colour is worked out from the number as well.
    rag = getattr(each, "rag", None)
    return isinstance(rag, Rag) and rag.is_rated and getattr(each, "period", None) == SEPTEMBER


def _walk(said: object, seen: dict[int, object]) -> Iterator[object]:
    """Everything a value is made of, each thing once; of dataclasses what pages read of them too."""
    if id(said) in seen:
        return
    seen[id(said)] = said
    yield said
    if isinstance(said, str | bytes | Enum | Period):
        return
    for each in _parts(said):
        yield from _walk(each, seen)


def _parts(said: object) -> list[Any]:
    if isinstance(said, dict):
        return [*said.keys(), *said.values()]
    if isinstance(said, list | tuple | set | frozenset):
        return list(said)
    if is_dataclass(said):
        return [*(getattr(said, each.name) for each in fields(said)), *_sentences(said)]
    return []


def _sentences(said: object) -> Iterator[str]:
    """What a value of a verb says of itself in words."""
    if type(said).__module__.startswith("cycle."):
        for name, each in inspect.getmembers(type(said)):
            if isinstance(each, property) and each.fget and inspect.signature(each.fget).return_annotation is str:
                yield getattr(said, name)


def _reads(call: Call) -> bool:
    return "transaction()" not in inspect.getsource(call.verb)


def read(call: Call, user: User) -> object:
    try:
        return run(call, user)
    except Exception as refusal:  # noqa: BLE001 - what a refusal says is read as well
        return str(refusal)


def exports_for(role: Role | None) -> Iterator[tuple[str, Export]]:
    for export in EXPORTS:
        try:
            yield export.__name__, export(Wanted(role=role, period=SEPTEMBER))
        except NotAllowedError:
            continue


@pytest.mark.usefixtures("three_people")
def test_no_verb_tells_of_three_people_to_another_service_or_to_those_who_have_none() -> None:
    told = {
        f"{call.verb.__module__}.{call.verb.__name__} by {user.username}": found
        for user in readers()
        for call in CALLS
        if _reads(call) and (found := found_in(read(call, user)))
    }
    assert told == {}


@pytest.mark.usefixtures("three_people")
def test_no_export_for_a_role_tells_of_three_people() -> None:
    told = {
        f"{name} for {role.value}": found
        for role in Role
        if role is not Role.BI_TEAM
        for name, export in exports_for(role)
        if (found := found_in([[str(cell) if isinstance(cell, Decimal) else cell for cell in row] + list(row)
                               for row in export.rows]))
    }  # fmt: skip
    assert told == {}


@pytest.mark.usefixtures("three_people")
def test_the_service_its_head_the_bi_team_and_the_operator_find_them() -> None:
    service, head = a_user("manager"), a_user("head", Role.HEAD, "PLACE")
    deputy, analyst = a_user("deputy", Role.DEPUTY, "WASTE"), a_user("analyst", Role.BI_TEAM, "COUNCIL")
    for user in (service, head, deputy, analyst):
        assert found_in(returns.my_return("WASTE", SEPTEMBER, by=user)), user.username
        assert found_in(returns.get_receipt("key", by=user)), user.username
    for user in (service, head, analyst):
        assert found_in(targets.targets_of("WASTE", 2017, by=user)), user.username
        assert found_in(planning.get_plan(1, by=user)), user.username
    for role in (Role.BI_TEAM, None):
        assert {name for name, export in exports_for(role) if found_in([list(row) for row in export.rows])} == {
            "export_figures", "export_wards", "export_scorecard", "export_audit",
        }  # fmt: skip


@pytest.mark.usefixtures("three_people")
def test_a_return_read_by_others_says_hidden_and_neither_nothing_nor_zero() -> None:
    stranger = a_user("other", Role.SERVICE_MANAGER, "PEOPLE")
    (line,) = returns.my_return("WASTE", SEPTEMBER, by=stranger).lines
    assert line.in_words(line.current) == Absence.SUPPRESSED.in_words
    assert line.is_provided
    assert not line.is_owed
    assert line.ward_total is None
    (given,) = returns.get_receipt("key", by=stranger).lines
    assert (given.figure, given.rating, given.commentary) == (*[Absence.SUPPRESSED.in_words] * 2, "")


@pytest.mark.usefixtures("three_people")
def test_the_month_after_says_that_what_it_would_be_compared_with_is_hidden() -> None:
    add_figure("WCP1063", "2017-10", "40", area=WARDS[0], at=FIRST)
    add_figure("WCP1063", "2017-10", "60", area=WARDS[1], at=FIRST)
    add_figure("WCP1063", "2017-10", "100", at=FIRST)
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    page = readings.measure_page("WCP1063", by=leader)
    assert page.line.travel.in_words(page.measure) == (
        "Not available: the figure for September 2017 is hidden to protect people"
    )
