"""The register of measures as it is read: what each is, how healthy, how it changed, and what might be given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from cycle.ground.council import council_area, names
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.hiding import council_histories
from cycle.ground.series.standing import NOTHING
from cycle.plan.thread_view import whole_plan
from data_access.council.areas import list_memberships
from data_access.council.settings_store import get_default_tolerance, get_today
from data_access.council.units import list_units
from data_access.do.measured import figures_exist, list_measured_in
from data_access.plan import register
from data_access.plan.changes import list_changes
from data_access.plan.register import list_measures
from data_access.plan.targets import list_records
from data_access.plan.tree import list_nodes
from performance.ground.dated import Change, version_of
from performance.ground.figures import TargetState
from performance.ground.measures import Measure, Use
from performance.ground.organisation import AreaKind, Unit
from performance.ground.people import Permission, User
from performance.ground.readers import OFFICER
from performance.ground.reading_order import as_read
from performance.plan.health import Finding, Record, examine, why_cull
from performance.plan.refresh import Noun
from performance.plan.thread import GapKind

# What a methodology is made of: a change of any of them makes a new version of it.
METHOD_FIELDS = (
    "rationale", "definition", "formula", "source", "collection_method", "polarity_note", "quality_notes",
    "target_basis", "methodology",
)  # fmt: skip
_ELSEWHERE = (AreaKind.REGION, AreaKind.NATION, AreaKind.OTHER_COUNCIL)


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """A measure in the register. `method_version` counts the changes of its methodology, from 1."""

    measure: Measure
    unit_name: str
    is_in_use: bool
    why_vacant: str
    method_version: int
    findings: tuple[Finding, ...]
    why_cull: tuple[str, ...]

    @property
    def passed(self) -> int:
        return sum(finding.passed for finding in self.findings)


@dataclass(frozen=True, kw_only=True, eq=False)
class RegisterView:
    """All measures by code, with the units they can be narrowed to, and since when openings are counted.

    `offers` are the codes that a field may name, with their words, by the sheet of the setup workbook.
    """

    lines: tuple[RegisterLine, ...]
    units: tuple[Unit, ...]
    counted_since: date | None
    offers: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Version:
    """What changed at once: who, when, why, and each field before and after."""

    number: int
    who: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class MethodPage:
    """One measure's documentation. `successors` took its place."""

    line: RegisterLine
    objective: str
    replaced: str
    successors: tuple[Measure, ...]
    history: tuple[Version, ...]
    version: int
    has_figures: bool
    may_document: bool
    may_maintain: bool
    offers: Mapping[str, Mapping[str, str]]
    today: date


def build_register(session: Session) -> RegisterView:
    today, lines = get_today(session), tuple(_lines(session))
    units = tuple(list_units(session, on=today))
    groups = sorted({each.group_name for each in list_memberships(session)}, key=as_read)
    return RegisterView(
        lines=lines,
        units=units,
        counted_since=register.find_first_use(session, use=Use.OPENED),
        offers={
            "organisation": {unit.code: unit.name for unit in units},
            "plan": {node.code: node.title for node in list_nodes(session, on=today)},
            "measures": {line.measure.code: line.measure.title for line in lines},
            "comparator_groups": {name: name for name in groups},
        },
    )


def build_page(session: Session, view: RegisterView, measure: Measure, *, by: User) -> MethodPage:
    """The measure's page for this person, from the register as it was read."""
    everyone = {line.measure.code: line.measure for line in view.lines}
    changes = register.list_measure_changes(session, code=measure.code)
    unit = measure.unit_code
    return MethodPage(
        line=next(line for line in view.lines if line.measure.code == measure.code),
        objective=view.offers["plan"].get(measure.objective_code or "", ""),
        replaced=everyone[measure.replaces].title if measure.replaces in everyone else "",
        successors=tuple(each for each in everyone.values() if each.replaces == measure.code),
        history=_history(changes, names(session)),
        version=version_of(changes),
        has_figures=figures_exist(session, measure_code=measure.code),
        may_document=by.may(Permission.DOCUMENT_MEASURES, at=unit),
        may_maintain=by.may(Permission.MAINTAIN_REGISTER, at=unit),
        offers=view.offers,
        today=get_today(session),
    )


def _history(changes: list[Change], known_as: Mapping[str, str]) -> tuple[Version, ...]:
    found = []
    for number, together in groupby(changes, key=lambda change: change.version):
        fields = tuple(together)
        who = fields[0].recording.by
        found.append(Version(number=number, who=known_as.get(who, who), changes=fields))
    return tuple(reversed(found))


def _lines(session: Session) -> list[RegisterLine]:
    """Every measure examined, each kept until something of its own changes."""
    today, percent, area = get_today(session), get_default_tolerance(session), council_area(session)
    changed = list_changes(session, Noun.MEASURE)
    opened, reported = (register.list_last_uses(session, use=use) for use in (Use.OPENED, Use.REPORTED))
    since = register.find_first_use(session, use=Use.OPENED)
    vacant = _vacant(session, today)
    rationales = _rationales(session)
    units = {unit.code: unit.name for unit in list_units(session, on=today)}

    def line(measure: Measure, record: Record) -> RegisterLine:
        return RegisterLine(
            measure=measure,
            unit_name=units.get(measure.unit_code, measure.unit_code),
            is_in_use=measure.active_to is None or measure.active_to >= today,
            why_vacant=record.why_vacant,
            method_version=method_version(changed.get(measure.code, ())),
            findings=examine(record, today=today, default_percent=percent),
            why_cull=why_cull(record, today=today, default_percent=percent),
        )

    def make(of: Sequence[Measure], own: Own) -> dict[str, RegisterLine]:
        codes = [each.code for each in of]
        histories = council_histories(session, measures=of, area=area, reader=OFFICER)
        compared = list_measured_in(session, measure_codes=codes, kinds=_ELSEWHERE)
        return {
            each.code: line(
                each,
                Record(
                    measure=each,
                    series=own.get(each.code, NOTHING),
                    revisions=histories.get(each.code, {}),
                    why_vacant=vacant.get(each.code, ""),
                    rationale_of_target=rationales.get(each.code, ""),
                    has_comparator=each.code in compared,
                    opened_on=opened.get(each.code),
                    reported_on=reported.get(each.code),
                    counted_since=since,
                ),
            )
            for each in of
        }

    # The first use of any measure is not one's own.
    return list(of_each(session, ("register line", since), list_measures(session), make, reader=OFFICER).values())


def method_version(changes: list[Change] | tuple[Change, ...]) -> int:
    """1, and one more for each version of the measure that touched its methodology."""
    return 1 + len({change.version for change in changes if change.field in METHOD_FIELDS})


def _vacant(session: Session, today: date) -> dict[str, str]:
    """Why a measure's owner is not in post, by code: as the golden thread's gaps say it."""
    gaps = whole_plan(session, today, reader=OFFICER).gaps
    vacant = next((gap for gap in gaps if gap.kind is GapKind.VACANT_OWNER), None)
    return {item.code: item.detail for item in vacant.items if item.is_measure} if vacant else {}


def _rationales(session: Session) -> dict[str, str]:
    return {
        record.target.measure_code: record.rationale
        for record in list_records(session, states=[TargetState.AGREED], with_reasons=True)
    }
