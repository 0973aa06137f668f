"""Bringing in the register from a setup workbook: what is new, what is changed, and nothing else."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from cycle.admin._setup_targets import compare_targets, key_of
from cycle.admin.setup_receipts import VERB
from cycle.ground import passwords
from cycle.ground.access import demand
from cycle.ground.council import account_of
from data_access.council import areas, people, units
from data_access.council.settings_store import DEFAULTS, get_now, get_today, list_settings, save_setting
from data_access.plan import register, tree
from data_access.revise import risks
from data_access.store.audit import add_event, list_events
from data_access.store.database import reading, transaction
from performance.admin.setup_report import RowChange, SetupReport, SheetChanges, row_change, with_what_stands
from performance.ground.dated import Recording
from performance.ground.incoming import AccountLine, RefusedError, Register, RowProblem, SettingLine
from performance.ground.measures import Measure, SeriesBreak
from performance.ground.organisation import AreaKind
from performance.ground.people import LASTING_ROLES, Permission, Role, User

# What an administrator looks after; through the app nobody else changes it, by file either.
_ADMINISTERED = {"settings", "people"}


class SetupMovedError(Exception):
    """What the file would change is no longer what was shown: someone changed the register meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Someone changed the register since this was shown, so nothing was written. Below is what the file would"
            " change now: look again, and confirm it."
        )


def import_setup(
    wanted: Register,
    *,
    source: str,
    dry_run: bool = False,
    shown: str | None = None,
    by: User | None = None,
) -> SetupReport:
    """Bring the register to what the workbook says, in one transaction; what it does not name stays as it is.

    Targets come from the operator as agreed, marked as imported, and from a person as proposals for someone else to
    agree. Raises RefusedError and changes nothing where a person already here would change: accounts are looked after
    by an administrator. Raises SetupMovedError where what would change no longer has the fingerprint of what was
    `shown` to whoever confirmed it.
    """
    with reading() if dry_run else transaction() as session:
        user = demand(session, by, Permission.MAINTAIN_REGISTER) if by else None
        username = account_of(user)
        today = get_today(session)
        recording = Recording(by=username, at=get_now(session), effective_on=today, reason=f"Import of {source}")
        sheets = [sheet for sheet in _sheets(session, wanted, recording, by=user) if sheet.items]
        compared = [(sheet, _compare(sheet, wanted.columns.get(sheet.sheet))) for sheet in sheets]
        report = SetupReport(sheets=tuple(changes for _, (changes, _) in compared))
        if user is not None:
            _keep_to_own_work(report, user)
        if shown is not None and shown != report.fingerprint:
            raise SetupMovedError
        if report.changes and not dry_run:
            for sheet, (_, fresh) in compared:
                if fresh:
                    sheet.save(fresh)
            _name_the_council(session)
            number = _record(session, report, source=source, username=username)
            report = replace(report, receipt=number)
    return report


def _record(session: Session, report: SetupReport, *, source: str, username: str) -> int:
    """The audit event, and its number."""
    after = {
        each.sheet: {"new": len(each.new), "changed": [row.code for row in each.changed]} for each in report.sheets
    }
    add_event(session, at=get_now(session), username=username, verb=VERB, subject=source, after=after)
    (event,) = list_events(session, verb=VERB, newest_first=True, limit=1)
    return event.sequence


def _keep_to_own_work(report: SetupReport, user: User) -> None:
    """Who keeps the register does not make accounts or change the council's rules along with it."""
    if user.may(Permission.ADMINISTER):
        return
    changed = [each.sheet for each in report.sheets if each.sheet in _ADMINISTERED and (each.new or each.changed)]
    if changed:
        raise RefusedError(
            RowProblem(
                row=0,
                column="",
                message="People and settings are changed by an administrator or the operator."
                " Take this sheet out of the file, and give it to one of them.",
                sheet=sheet,
            )
            for sheet in changed
        )


def _name_the_council(session: Session) -> None:
    """A first setup that holds one council says which council this is; a setting already made stays."""
    own = areas.list_areas(session, kinds=[AreaKind.COUNCIL])
    council = list_settings(session)
    if len(own) == 1 and not council["council_area"]:
        save_setting(session, name="council_area", value=own[0].code)
        if council["council_name"] == DEFAULTS["council_name"]:
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


def _compare(sheet: _Sheet, columns: Collection[str] | None) -> tuple[SheetChanges, list[Any]]:
    new: list[RowChange] = []
    changed: list[RowChange] = []
    fresh: list[Any] = []
    for said in sheet.items:
        stored = sheet.stored.get(sheet.key(said))
        item = said if stored is None or columns is None else with_what_stands(said, stored, columns=columns)
        if stored == item:
            continue
        fresh.append(item)
        (new if stored is None else changed).append(row_change(sheet.name(item), stored, item))
    same = len(sheet.items) - len(fresh)
    return SheetChanges(sheet=sheet.sheet, new=tuple(new), changed=tuple(changed), same=same), fresh


def _sheets(session: Session, wanted: Register, recording: Recording, *, by: User | None) -> Iterable[_Sheet]:
    """The sheets in the order in which they lean on each other."""
    yield _settings_sheet(session, wanted)
    yield _sheet(
        "areas", wanted.areas, areas.list_areas(session), lambda area: area.code,
        lambda found: areas.save_areas(session, areas=found),
    )  # fmt: skip
    yield _sheet(
        "organisation", wanted.organisation, units.list_placements(session), lambda unit: (unit.code, unit.valid_from),
        lambda found: units.save_placements(session, units=found),
    )  # fmt: skip
    yield _sheet(
        "plan", wanted.plan, tree.list_nodes(session), lambda node: node.code,
        lambda found: tree.save_nodes(session, nodes=found, recording=recording),
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
    stored_targets, save_targets = compare_targets(session, wanted.targets, username=recording.by, by=by)
    yield _sheet("targets", wanted.targets, stored_targets, lambda line: key_of(line.target), save_targets)
    yield _sheet(
        "actions", wanted.actions, [replace(action, id=0, risk_code=None) for action in tree.list_actions(session)],
        lambda action: (action.node_code, action.measure_code, action.action),
        lambda found: tree.save_actions(session, actions=found, recording=recording),
    )  # fmt: skip
    yield _sheet(
        "risks", wanted.risks, risks.list_risks(session), lambda risk: risk.code,
        lambda found: risks.save_risks(session, risks=found, recording=recording),
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


def _settings_sheet(session: Session, wanted: Register) -> _Sheet:
    """Settings hold before measures are read by them; the council's own area is one of kind council."""
    kinds = {area.code: area.kind for area in (*areas.list_areas(session), *wanted.areas)}
    for setting in wanted.settings:
        if setting.name == "council_area" and kinds.get(setting.value) is not AreaKind.COUNCIL:
            message = f"{setting.value} is not an area of kind council, so it cannot be the council's own."
            raise RefusedError([RowProblem(row=0, column="value", message=message, sheet="settings")])

    def save(found: list[SettingLine]) -> None:
        for setting in found:
            save_setting(session, name=setting.name, value=setting.value)

    stored = [SettingLine(name=name, value=value) for name, value in list_settings(session).items()]
    return _sheet("settings", wanted.settings, stored, lambda setting: setting.name, save)


def _breaks(measures: Iterable[Measure]) -> list[tuple[str, SeriesBreak]]:
    return [(measure.code, each) for measure in measures for each in measure.breaks]


def _people_sheet(session: Session, lines: Sequence[AccountLine]) -> _Sheet:
    """Accounts are only ever added; each gets a password by `manage.py user reset-password`."""
    stored = _accounts(session, managed={line.username for line in lines if line.manager})
    usernames = {account.username for account in stored}
    _demand_managers(lines, known=usernames)

    def add(found: list[AccountLine]) -> None:
        for account in found:
            people.add_person(
                session,
                username=account.username,
                name=account.name,
                email=account.email,
                password_hash=passwords.hash_password(passwords.one_time_password()),
                roles=account.roles,
                one_time_since=datetime.now(UTC),
            )
        for account in found:
            if account.manager:
                people.save_manager(session, username=account.username, manager=account.manager)

    _refuse_changed([account for account in lines if account.username in usernames and account not in stored])
    return _sheet("people", lines, stored, lambda account: account.username, add)


def _accounts(session: Session, *, managed: Collection[str]) -> list[AccountLine]:
    """Those there are, as a workbook would name them; with their manager where it names one."""
    return [
        AccountLine(
            username=person.username,
            name=person.name,
            email=person.email,
            roles=tuple(
                (Role(role), unit)
                for role, _, unit in (text.partition("@") for text in person.roles)
                # Somebody who signs off for another for a fortnight has the same account as before.
                if role in LASTING_ROLES
            ),
            manager=(person.manager or "") if person.username in managed else "",
        )
        for person in people.list_people(session, on=get_today(session))
    ]


def _refuse_changed(accounts: Sequence[AccountLine]) -> None:
    if accounts:
        raise RefusedError(
            RowProblem(
                row=0,
                column="username",
                message=f"{account.username} has an account already, with another name, e-mail, manager or other roles."
                " Accounts are changed by an administrator.",
                sheet="people",
            )
            for account in accounts
        )


def _demand_managers(lines: Sequence[AccountLine], *, known: Collection[str]) -> None:
    """A manager has an account already, or is given one by the same sheet."""
    accounts = {*known, *(line.username for line in lines)}
    problems = [
        RowProblem(
            row=0,
            column="manager",
            message=f'{line.username} is managed by "{line.manager}", who has no account. Add one, or leave it empty.',
            sheet="people",
        )
        for line in lines
        if line.manager and (line.manager not in accounts or line.manager == line.username)
    ]
    if problems:
        raise RefusedError(problems)
