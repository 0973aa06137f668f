"""Settings a council can read and change, the day and moment it is, and whether anything has changed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import exists, func, literal, select
from sqlalchemy.orm import Session

from data_access.models import AreaRow, FigureRow, SettingRow
from data_access.store.versions import NEWEST, note_read
from performance.ground.reckoning.unusual import CheckLimits

# What holds until a council says otherwise (docs/domain.md names each and its reason).
DEFAULTS = {
    "council_name": "Your council",
    "council_area": "",
    "default_tolerance": "5",
    "earlier_tolerances": "",
    "fixed_today": "",
    "demonstration": "no",
    "demonstration_accounts": "",
    "reds_running": "2",
    "slim_chance": "10",
    "periods_back": "3",
    "small_number_threshold": "5",
    "usual_range": "4",
    "unchanged_periods": "1",
    "lock_after_working_days": "10",
    "holidays_region": "ENG",
    "ward_population": "",
    "ward_deprivation": "",
}


_READ = "settings read"
_KEPT, _AREAS = SettingRow.__table__.c, AreaRow.__table__.c
_VERSION = "data version"
# One question for all that every verb and every page asks first. The name of the council's own area comes with the
# settings: charts and sentences call the council by it.
_ALL = select(_KEPT.name, _KEPT.value).union_all(
    select(literal("council_place"), _AREAS.name).where(
        _AREAS.code == select(_KEPT.value).where(_KEPT.name == "council_area").scalar_subquery()
    ),
    select(literal(_VERSION), func.coalesce(NEWEST, "")),
)


def get_setting(session: Session, *, name: str) -> str:
    """The setting's value, or its default. Raises KeyError for a name that is no setting."""
    return list_settings(session)[name]


def list_settings(session: Session) -> dict[str, str]:
    """Every setting by name, defaults included; read once a session, since everything asks for them.

    `council_place` is no setting: it is the name of the council's own area, or the council's until there is one.
    """
    return {name: value for name, value in _read(session).items() if name != _VERSION}


def find_data_version(session: Session) -> str:
    """A text that differs whenever anything that is shown has changed. For readings: it holds until they end."""
    return _read(session)[_VERSION]


def _read(session: Session) -> dict[str, str]:
    note_read(session, "settings", "areas")
    found: dict[str, str] | None = session.info.get(_READ)
    if found is None:
        found = DEFAULTS | {name: value for name, value in session.connection().execute(_ALL)}
        found = {"council_place": found["council_name"]} | found
        session.info[_READ] = found
    return found


def read_anew(session: Session) -> None:
    """Ask for the settings once more: others may have changed them since this session read them."""
    session.info.pop(_READ, None)


def save_setting(session: Session, *, name: str, value: str) -> None:
    """Keep a setting. A new default tolerance holds from today on: what is past keeps the one it was rated by."""
    if name not in DEFAULTS:
        raise KeyError(name)
    if name == "default_tolerance" and session.scalar(select(exists(select(FigureRow.id)))):
        _keep_earlier_tolerance(session, value)
    session.merge(SettingRow(name=name, value=value))
    session.flush()
    read_anew(session)


def get_today(session: Session) -> date:
    """The day it is: the real one, unless the demonstration's database is fixed to a day."""
    return today_by(list_settings(session))


def today_by(council: Mapping[str, str]) -> date:
    """The day it is by settings read before."""
    fixed = council["fixed_today"]
    return date.fromisoformat(fixed) if fixed else datetime.now(UTC).astimezone().date()


def get_now(session: Session) -> datetime:
    """The moment it is, in UTC; on a fixed day, that day at the real time of day."""
    now = datetime.now(UTC)
    fixed = get_setting(session, name="fixed_today")
    return datetime.combine(date.fromisoformat(fixed), now.timetz()) if fixed else now


def get_default_tolerance(session: Session) -> Decimal:
    """The council-wide tolerance in percent of the target."""
    return Decimal(get_setting(session, name="default_tolerance"))


def get_check_limits(session: Session) -> CheckLimits:
    """What the council calls unusual."""
    return CheckLimits(
        usual_range=Decimal(get_setting(session, name="usual_range")),
        unchanged_periods=int(get_setting(session, name="unchanged_periods")),
    )


def list_earlier_tolerances(session: Session) -> list[tuple[date, Decimal]]:
    """What the council-wide tolerance was before it changed, up to and including each day, the oldest first."""
    kept = get_setting(session, name="earlier_tolerances").split()
    return [(date.fromisoformat(day), Decimal(percent)) for day, _, percent in (each.partition("=") for each in kept)]


def _keep_earlier_tolerance(session: Session, value: str) -> None:
    """Of several changes in a day only the first ends what held until the day before."""
    settings = list_settings(session)
    before, kept = settings["default_tolerance"], settings["earlier_tolerances"].split()
    yesterday = (get_today(session) - timedelta(days=1)).isoformat()
    if before != value and not any(each.startswith(yesterday) for each in kept):
        save_setting(session, name="earlier_tolerances", value=" ".join([*kept, f"{yesterday}={before}"]))
