"""A published edition never changes, nor does any file that is made of it: whatever becomes of all it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cycle.report.editions import calendar, freezing, public, shown, writing
from cycle.revise import risks
from cycle.revise.recovery import decisions, planning
from data_access.report import editions
from data_access.store.database import reading
from performance.ground.measures import ContentKind, Polarity
from performance.ground.organisation import Risk
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.report.editions import Audience, Edition
from performance.report.pack import Pack
from performance.report.schedules import ReportKind
from performance.report.words import OF_PACK, OF_RED, Said
from performance.revise.risks import RiskEntry
from reporting.packs import files
from reporting.papers.endings import writers
from serving.open_data import shown as addresses
from tests.builders import (
    NATION,
    NEIGHBOUR,
    RECORDED,
    WARDS,
    a_user,
    add_council,
    add_figure,
    add_group,
    add_measure,
    add_share,
    add_target,
)
from tests.cycle.report.editions.random_edits import CODES, MONTHS, an_editor, edit
from tests.reporting.same import differences
from tests.thorough import trials

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database_on_one")]
SPRING, SUMMER = Period(start=date(2017, 4, 1), months=3), Period(start=date(2017, 7, 1), months=3)
NAMES = {"council": "Borough of Testing", "place": "Testing"}
SAID = "What happened: Fewer\nWhy: A lorry broke\nWhat next: A new lorry"


@dataclass(frozen=True, kw_only=True)
class Held:
    """All that is read of an edition: by members and officers, by the public, and as files."""

    pack: Pack
    as_public: Pack
    stored: object
    files: Mapping[str, bytes]


def a_council() -> User:
    """With everything that an edition tells of; who makes editions."""
    add_council()
    group = add_group("Neighbours", NEIGHBOUR)
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER, comparator_group=group)
    add_share("CALLS", title="Calls answered")
    add_measure(
        "COST", title="Cost of rounds", unit="pounds", polarity=Polarity.LOWER, content_kind=ContentKind.FINANCE
    )
    add_measure("HELPED", title="People helped", counts_people=True, numerator_definition="People helped")
    for month in MONTHS[:6]:
        is_late = month.start >= SUMMER.start
        add_figure("BINS", month.iso, "20" if is_late else "8", commentary=SAID)
        add_figure("BINS", month.iso, "15", area=NATION)
        add_figure("BINS", month.iso, "12", area=NEIGHBOUR)
        add_figure("CALLS", month.iso, counts=("19", "20"))
        add_figure("CALLS", month.iso, counts=("9", "10"), area=WARDS[0])
        add_figure("COST", month.iso, "1040")
        add_figure("HELPED", month.iso, "3")
        add_figure("HELPED", month.iso, "3", area=WARDS[0])
        for code, number in (("BINS", "10"), ("CALLS", "90"), ("COST", "1000"), ("HELPED", "1")):
            add_target(code, month.iso, number)
    return a_user("officer", Role.POLICY_OFFICER, "COUNCIL")


def published(officer: User, period: Period) -> int:
    """With words at every place that there is for them."""
    wanted = Edition(committee="Cabinet", period=period, closes_on=date(2017, 11, 9), meets_on=date(2017, 12, 11),
                     audience=Audience.PUBLIC)  # fmt: skip
    edition_id = calendar.plan_edition(wanted, by=officer)
    freezing.freeze_edition(edition_id, version=1, by=officer)
    lines = writing.words_of(edition_id, by=officer).pack.lines
    spots = [(place, "") for place in OF_PACK]
    spots += [(place, each.measure_code) for place in OF_RED for each in lines if each.rag is Rag.RED]
    said = {spot: Said(words=f"Said of {spot}: {{{{BINS.value}}}}, {{{{CALLS.status}}}}", by="", version=0)
            for spot in spots}  # fmt: skip
    writing.keep_words(edition_id, said, by=officer)
    freezing.publish_edition(edition_id, version=version(edition_id), by=officer)
    return edition_id


def version(edition_id: int) -> int:
    with reading() as session:
        return editions.get_edition(session, edition_id=edition_id).version


def held(edition_id: int, officer: User) -> Held:
    view = shown.get_edition(edition_id, by=officer)
    reference = view.edition.reference
    found = public.find_edition(reference)
    assert found is not None
    with reading() as session:
        stored = editions.list_frozen_lines(session, freeze_id=view.edition.freeze.id if view.edition.freeze else 0)
    return Held(pack=view.pack, as_public=found.pack, stored=stored, files=dict(every_file(view.pack, reference)))


def every_file(pack: Pack, reference: str) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for step in files.built(pack, **NAMES, template=lambda _ending: None):
        match step:
            case (ending, bytes(content)):
                made[ending] = content
            case _:
                assert step is None, step
    for ending, write in writers(ReportKind.PACK).items():
        if ending not in made:
            made[ending] = write(pack, **NAMES)
    for name in addresses.FILES:
        answer = addresses.file(reference, name)
        assert answer is not None
        made[f"open {name}"] = answer.content
    return made


@pytest.mark.parametrize("seed", range(trials(1, 8)))
def test_after_a_thousand_random_edits_it_and_every_file_of_it_are_as_they_were(seed: int) -> None:
    officer = a_council()
    manager = a_user("author")
    plan_id = planning.open_plan("BINS", period=MONTHS[5], cause="Lorries break", by=manager)
    planning.add_milestone(plan_id, number=Decimal(12), period=MONTHS[5].shifted(2), version=1, by=manager)
    decisions.agree_plan(plan_id, version=2, by=a_user("chair", Role.HEAD, "WASTE"))
    risk = Risk(
        code="", title="Flood", event="It rains", owner_role="Head", measure_code="BINS", likelihood=5, impact=5
    )
    code = risks.add_risk(RiskEntry(risk=risk, unit_code="WASTE"), by=manager)
    first = published(officer, SPRING)
    add_figure("BINS", MONTHS[0].iso, "25", revision=2)
    add_target("BINS", MONTHS[4].iso, "9", revision=2, decided_at=RECORDED + timedelta(days=9, hours=9))
    second = published(officer, SUMMER)
    before = {each: held(each, officer) for each in (first, second)}
    assert_whole(before[second])

    done = edit(an_editor(seed, officer=officer, plan_id=plan_id, risk=code), 1000)
    assert min(done.values()) > 3, done
    after = shown.get_edition(second, by=officer)
    assert {each.was.measure_code for each in after.restated} >= {"BINS", "CALLS", "COST"}, done
    for edition_id, then in before.items():
        now = held(edition_id, officer)
        assert now.pack == then.pack, done
        assert now.as_public == then.as_public, done
        assert now.stored == then.stored, done
        assert now.files.keys() == then.files.keys()
        told = {name: differences(then.files[name], now.files[name]) for name in then.files}
        assert {name: found for name, found in told.items() if found} == {}, done


def assert_whole(then: Held) -> None:
    """There is something of everything that could change."""
    pack = then.pack
    assert {each.measure_code for each in pack.lines} == set(CODES)
    assert pack.story.reds
    assert pack.ambers
    assert pack.finance
    assert pack.changed
    assert pack.restated
    assert pack.beside.risks
    assert pack.beside.targets
    assert any(each.recovery for each in pack.lines)
    assert any(each.comparators for each in pack.lines)
    assert {"docx", "pdf", "pptx", "xlsx", "zip", "png", "svg"} <= then.files.keys()
