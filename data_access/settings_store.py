"""Settings a council can read and change, and the day and moment it is."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from data_access.models import AreaRow, SettingRow

# What holds until a council says otherwise (docs/domain.md names each and its reason).
DEFAULTS = {
    "council_name": "Your council",
    "council_area": "",
    "default_tolerance": "5",
    "fixed_today": "",
    "demonstration": "no",
    "demonstration_accounts": "",
    "reds_running": "2",
    "small_number_threshold": "5",
}


_READ = "settings read"
_KEPT, _AREAS = SettingRow.__table__.c, AreaRow.__table__.c
# The name of the council's own area comes with them: charts and sentences call the council by it.
_ALL = select(_KEPT.name, _KEPT.value).union_all(
    select(literal("council_place"), _AREAS.name).where(
        _AREAS.code == select(_KEPT.value).where(_KEPT.name == "council_area").scalar_subquery()
    )
)


def get_setting(session: Session, *, name: str) -> str:
    """The setting's value, or its default. Raises KeyError for a name that is no setting."""
    return list_settings(session)[name]


def list_settings(session: Session) -> dict[str, str]:
    """Every setting by name, defaults included; read once a session, since everything asks for them.

    `council_place` is no setting: it is the name of the council's own area, or the council's until there is one.
    """
    if _READ not in session.info:
        found = DEFAULTS | {name: value for name, value in session.connection().execute(_ALL)}
        session.info[_READ] = {"council_place": found["council_name"]} | found
    return dict(session.info[_READ])


def save_setting(session: Session, *, name: str, value: str) -> None:
    if name not in DEFAULTS:
        raise KeyError(name)
    session.merge(SettingRow(name=name, value=value))
    session.flush()
    session.info.pop(_READ, None)


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
