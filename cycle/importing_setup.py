"""Bringing in the register from a setup workbook: what is new, what is changed, and nothing else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from cycle import passwords
from cycle.access import demand
from cycle.importing import OPERATOR
from data_access import areas, people, plan, register, targets, units
from data_access.audit import add_event
from data_access.database import reading, transaction
from data_access.settings_store import get_now, get_setting, get_today, save_setting
from performance.dated import Recording
from performance.figures import Target, TargetState
from performance.incoming import AccountLine, RefusedError, Register, RowProblem, TargetLine
from performance.measures import Measure, SeriesBreak
from performance.organisation import AreaKind
from performance.people import Permission, Role, User
from performance.periods import Period


@dataclass(frozen=True, kw_only=True)
class SheetChanges:
    """A sheet compared with what is stored: codes of what is new and what is changed, and how much is the same."""

    sheet: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: int

    @property
    def in_words(self) -> str:
        said = f"{self.sheet}: {len(self.new):,} new, {len(self.changed):,} changed, {self.same:,} the same"
        return (
            f"{said} ({', '.join(self.changed[:10])}{' ...' if len(self.changed) > 10 else ''})"
            if self.changed
            else said
        )


@dataclass(frozen=True, kw_only=True)
class SetupReport:
    """What an import of the register did (or, tried only, would do), sheet by sheet."""

    sheets: tuple[SheetChanges, ...]

    @property
    def changes(self) -> int:
        return sum(len(sheet.new) + len(sheet.changed) for sheet in self.sheets)


def import_setup(wanted: Register, *, source: str, dry_run: bool = False, by: User | None = None) -> SetupReport:
    """Bring the register to what the workbook says, in one transaction; what it does not name stays as it is.

    Targets come as agreed, marked as imported. Raises RefusedError and changes nothing where a person already
    here would change: accounts are looked after by an administrator.
    """
    with reading() if dry_run else transaction() as session:
        if by is not None:
            demand(session, by, Permission.MAINTAIN_REGISTER)
        username = by.username if by else OPERATOR
        today = get_today(session)
        recording = Recording(by=username, at=get_now(session), effective_on=today, reason=f"Import of {source}")
        sheets = [sheet for sheet in _sheets(session, wanted, recording) if sheet.items]
        compared = [(sheet, _compare(sheet)) for sheet in sheets]
        report = SetupReport(sheets=tuple(changes for _, (changes, _) in compared))
        if report.changes and not dry_run:
            for sheet, (_, fresh) in compared:
                if fresh:
                    sheet.save(fresh)
            _name_the_council(session)
            after = {each.sheet: {"new": len(each.new), "changed": list(each.changed)} for each in report.sheets}
            add_event(session, at=get_now(session), username=username, verb="import setup", subject=source, after=after)
    return report


def _name_the_council(session: Session) -> None:
    """A first setup that holds one council says which council this is; a setting already made stays."""
    own = areas.list_areas(session, kinds=[AreaKind.COUNCIL])
    if len(own) == 1 and not get_setting(session, name="council_area"):
        save_setting(session, name="council_area", value=own[0].code)
        save_setting(session, name="council_name", value=own[0].name)


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """How one sheet is compared and kept."""

    sheet: str
    items: Sequence[Any]
    stored: Mapping[Any, Any]
    key: Callable[[Any], Any]
    save: Callable[[list[Any]], object]
    name: Callable[[Any], str]


def _compare(sheet: _Sheet) -> tuple[SheetChanges, list[Any]]:
    new: list[str] = []
    changed: list[str] = []
    fresh: list[Any] = []
    for item in sheet.items:
        stored = sheet.stored.get(sheet.key(item))
        if stored == item:
            continue
        fresh.append(item)
        (new if stored is None else changed).append(sheet.name(item))
    same = len(sheet.items) - len(fresh)
    return SheetChanges(sheet=sheet.sheet, new=tuple(new), changed=tuple(changed), same=same), fresh


def _sheets(session: Session, wanted: Register, recording: Recording) -> Iterable[_Sheet]:
    """The sheets in the order in which they lean on each other."""
    yield _sheet(
        "areas", wanted.areas, areas.list_areas(session), lambda area: area.code,
        lambda found: areas.save_areas(session, areas=found),
    )  # fmt: skip
    yield _sheet(
        "organisation", wanted.organisation, units.list_placements(session), lambda unit: (unit.code, unit.valid_from),
        lambda found: units.save_placements(session, units=found),
    )  # fmt: skip
    yield _sheet(
        "plan", wanted.plan, plan.list_nodes(session), lambda node: node.code,
        lambda found: plan.save_nodes(session, nodes=found, recording=recording),
    )  # fmt: skip
    yield _sheet(
        "comparator_groups", wanted.comparator_groups, areas.list_memberships(session),
        lambda each: (each.group_name, each.area_code, each.valid_from),
        lambda found: areas.save_memberships(session, memberships=found),
    )  # fmt: skip
    stored = register.list_measures(session)
    yield _sheet(
        "measures", wanted.measures, [replace(each, breaks=(), earlier=()) for each in stored], lambda each: each.code,
        lambda found: register.save_measures(session, measures=found, recording=recording),
    )  # fmt: skip
    yield _sheet(
        "series_breaks", wanted.series_breaks, _breaks(stored), lambda each: (each[0], each[1].on),
        lambda found: register.save_breaks(session, breaks=found),
    )  # fmt: skip
    yield _targets_sheet(session, wanted.targets, recording.by)
    yield _sheet(
        "actions", wanted.actions, [replace(action, id=0) for action in plan.list_actions(session)],
        lambda action: (action.node_code, action.measure_code, action.action),
        lambda found: plan.save_actions(session, actions=found),
    )  # fmt: skip
    yield _sheet(
        "risks", wanted.risks, plan.list_risks(session), lambda risk: risk.code,
        lambda found: plan.save_risks(session, risks=found),
    )  # fmt: skip
    yield _people_sheet(session, wanted.people)


def _sheet(
    sheet: str,
    items: Sequence[Any],
    stored: Iterable[Any],
    key: Callable[[Any], Any],
    save: Callable[[list[Any]], object],
    name: Callable[[Any], str] | None = None,
) -> _Sheet:
    by_key = {key(item): item for item in stored}
    return _Sheet(
        sheet=sheet, items=items, stored=by_key, key=key, save=save, name=name or (lambda item: _named(key(item)))
    )


def _named(key: Any) -> str:
    """A key as a person reads it: its parts that say something, side by side."""
    parts = key if isinstance(key, tuple) else (key,)
    return " ".join(getattr(part, "iso", None) or str(part) for part in parts if part is not None)


def _breaks(measures: Iterable[Measure]) -> list[tuple[str, SeriesBreak]]:
    return [(measure.code, each) for measure in measures for each in measure.breaks]


def _target_key(target: Target) -> tuple[str, str, Period]:
    return target.measure_code, target.area_code, target.period


def _targets_sheet(session: Session, lines: Sequence[TargetLine], username: str) -> _Sheet:
    """Targets compare with the newest agreed revision; a change is a new revision, in force from today."""
    codes = {line.target.measure_code for line in lines}
    agreed = {
        _target_key(each.target): each
        for each in targets.list_records(session, measure_codes=codes, states=[TargetState.AGREED])
    }
    newest: dict[tuple[str, str, Period], int] = {}
    for each in targets.list_records(session, measure_codes=codes):
        newest[_target_key(each.target)] = each.target.revision
    now, today = get_now(session), get_today(session)

    def agreed_today(line: TargetLine) -> targets.TargetRecord:
        key = _target_key(line.target)
        start = line.target.period.start
        return targets.TargetRecord(
            target=replace(
                line.target,
                revision=newest.get(key, 0) + 1,
                effective_from=max(start, today) if key in agreed else start,
            ),
            state=TargetState.AGREED,
            rationale=line.rationale,
            imported=True,
            proposed_by=username,
            proposed_at=now,
            decided_by=username,
            decided_at=now,
        )

    return _sheet(
        "targets",
        lines,
        [
            TargetLine(target=replace(each.target, revision=0, effective_from=None), rationale=each.rationale)
            for each in agreed.values()
        ],
        lambda line: _target_key(line.target),
        lambda found: targets.add_targets(session, records=map(agreed_today, found)),
    )


def _people_sheet(session: Session, lines: Sequence[AccountLine]) -> _Sheet:
    """Accounts are only ever added; each gets a password by `manage.py user reset-password`."""
    stored = [
        AccountLine(
            username=person.username,
            name=person.name,
            email=person.email,
            roles=tuple((Role(role), unit) for role, _, unit in (text.partition("@") for text in person.roles)),
        )
        for person in people.list_people(session, on=get_today(session))
    ]
    usernames = {account.username for account in stored}

    def add(found: list[AccountLine]) -> None:
        for account in found:
            people.add_person(
                session,
                username=account.username,
                name=account.name,
                email=account.email,
                password_hash=passwords.hash_password(passwords.one_time_password()),
                roles=account.roles,
                must_change_password=True,
            )

    changed = [account for account in lines if account.username in usernames and account not in stored]
    if changed:
        raise RefusedError(
            RowProblem(
                row=0,
                column="username",
                message=f"{account.username} has an account already, with another name, e-mail or other roles."
                " Accounts are changed by an administrator.",
                sheet="people",
            )
            for account in changed
        )
    return _sheet("people", lines, stored, lambda account: account.username, add)
