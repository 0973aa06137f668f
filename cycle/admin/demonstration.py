"""The demonstration council: loaded into an empty database, as if it had been at work for years.

The register and boundaries come in through the doors that any council's files use, and figures are read by the same
reader. What was recorded and done in the past (figures, returns signed off, plans opened) is written down with its own
dates, which the verbs, being of today, cannot.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cycle.admin.outlines import import_boundaries
from cycle.admin.setup import import_setup
from cycle.ground import passwords
from cycle.ground.council import OPERATOR
from data_access.council import areas, people
from data_access.council.settings_store import get_now, get_today, list_settings, save_setting
from data_access.do.figures import add_figures
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from data_access.story import revise, risks, told
from performance.ground.figures import Figure
from performance.ground.incoming import Demonstration

PASSWORD = passwords.OF_THE_DEMONSTRATION

NOT_ASKED_FOR = (
    "The database that DATABASE_URL names is empty and stays so. Begin it with `manage.py user add` and "
    "`manage.py import setup`, or load the demonstration, whose accounts all have one published password, with "
    "`manage.py demo`."
)


STILL_ONE = (
    "This database still is the demonstration: its accounts have a published password, its day never moves on, and its "
    "figures stand beside yours. Bring a council of your own into an empty one, which DATABASE_URL names."
)


class NotEmptyError(RuntimeError):
    """A demonstration is not mixed with a council's own data."""

    def __init__(self) -> None:
        super().__init__("The database is not empty. Name an empty one with DATABASE_URL to load the demonstration.")


def is_empty() -> bool:
    """Whether nobody has put anything into the database yet."""
    with reading() as session:
        return not areas.list_areas(session) and not people.list_unit_codes(session)


def is_demonstration() -> bool:
    """Whether the database was begun as the demonstration: it stays one, whatever is brought into it later."""
    with reading() as session:
        return list_settings(session)["demonstration"] == "yes"


def list_open_to_anybody() -> list[str]:
    """The demonstration's accounts, by username, at which the published password still signs in.

    None in a council's own database, and where nothing can be read.
    """
    try:
        with reading() as session:
            if list_settings(session)["demonstration"] != "yes":
                return []
            known = people.list_people(session, on=get_today(session))
            hashes = {each.username: people.find_password_hash(session, username=each.username) for each in known}
    except SQLAlchemyError:
        return []  # whoever opens the app is told what stands in the way
    return [username for username, hashed in hashes.items() if passwords.is_published(hashed)]


def load(demonstration: Demonstration) -> None:
    """Load it all. Raises NotEmptyError, and changes nothing, where there is anything already."""
    if not is_empty():
        raise NotEmptyError
    _save_settings(demonstration.settings)
    import_setup(demonstration.register, source="the demonstration's register")
    import_boundaries(demonstration.boundaries, source="the demonstration's hexagons")
    _add_past([*_published(demonstration), *demonstration.illustrative], demonstration.past)
    _open_accounts(account.username for account in demonstration.register.people)


def _save_settings(settings: Mapping[str, str]) -> None:
    with transaction() as session:
        for name, value in settings.items():
            save_setting(session, name=name, value=value)
        _record(session, "set up demonstration", after={"settings": len(settings)})


def _published(demonstration: Demonstration) -> Iterable[Figure]:
    """The published figures, each recorded on the day its source was due, for none could have been known before."""
    today = date.fromisoformat(demonstration.settings["fixed_today"])
    measures = {measure.code: measure for measure in demonstration.register.measures}
    for line in demonstration.published.lines:
        due = measures[line.figure.measure_code].due_on(line.figure.period)
        moment = datetime.combine(min(due, today), time(), UTC)
        yield replace(line.figure, revision=1, recorded_at=moment, recorded_by=OPERATOR)


def _add_past(figures: Sequence[Figure], past: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    with transaction() as session:
        add_figures(session, figures=figures)
        told.add_returns(session, rows=past["returns"])
        told.save_targets_in_time(session)
        told.add_targets(session, rows=past["targets"])
        revise.add_recovery(
            session,
            plans=past["recovery_plans"],
            shares=past["recovery_shares"],
            whys=past["recovery_whys"],
            milestones=past["recovery_milestones"],
            actions=past["recovery_actions"],
            notes=past["recovery_notes"],
            courses=past["recovery_courses"],
        )
        revise.add_lessons(session, plans=past["recovery_plans"], rows=past["lessons"])
        revise.add_feedback(session, rows=past["feedback"])
        revise.add_meetings(session, rows=past["meetings"], items=past["meeting_items"])
        risks.add_risk_history(session, rows=past["risk_history"])
        told.add_deputies(session, rows=past["deputies"])
        told.add_deliveries(session, rows=past["deliveries"])
        told.add_challenges(session, rows=past["questions"])
        told.add_saved_views(session, rows=past["saved_views"])
        told.add_data_requests(session, rows=past["data_requests"])
        counts = {"figures": len(figures)} | {name: len(rows) for name, rows in past.items()}
        _record(session, "load demonstration", after=counts)


def _open_accounts(usernames: Iterable[str]) -> None:
    """One password for all, printed on the sign-in page: there is nothing here to protect."""
    hashed = passwords.hash_password(PASSWORD)
    with transaction() as session:
        for username in usernames:
            people.save_password(session, username=username, password_hash=hashed, one_time_since=None)
        _record(session, "open demonstration accounts")


def _record(session: Session, verb: str, *, after: Mapping[str, int] | None = None) -> None:
    add_event(session, at=get_now(session), username=OPERATOR, verb=verb, subject="", after=after)
