"""Review: views of the Explorer saved under a title, and the log of requests for data that they answer.

Whoever explores may keep a view and ask; whoever answers requests says what the answer is, in words and, where there
is one, as a saved view. The version of a request is the lock: of two answers at once the first stands.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from data_access.council.settings_store import get_now
from data_access.review import saved_views
from data_access.review.saved_views import RequestNotFoundError, ViewNotFoundError
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.people import Permission, User
from performance.ground.texts import clean, too_long
from performance.review.saved_views import (
    KEPT,
    LONGEST_TEXT,
    LONGEST_TITLE,
    DataRequest,
    Log,
    SavedView,
    ViewWish,
    alike,
)


class ViewRefusedError(Exception):
    """A view or a request that cannot stand; the sentence says what to do."""


class RequestMovedOnError(ViewRefusedError):
    """Someone else answered meanwhile; `now` is how the request stands."""

    def __init__(self, now: DataRequest) -> None:
        self.now = now
        super().__init__("Someone answered this request meanwhile. Read it again; what you wrote was not sent.")


REFUSALS = (ViewRefusedError, RequestNotFoundError, ViewNotFoundError)


def list_views(*, by: User) -> list[SavedView]:
    """Everybody's views, by title: a view holds no figures, and shows whoever opens it what they may see."""
    with reading() as session:
        demand(session, by, Permission.EXPLORE)
        return saved_views.list_views(session)


def get_view(view_id: int, *, by: User) -> SavedView:
    """One view. Raises ViewNotFoundError."""
    with reading() as session:
        demand(session, by, Permission.EXPLORE)
        return saved_views.get_view(session, view_id=view_id)


def carry_out(wish: ViewWish, *, by: User) -> None:
    """What was asked for on the Explorer. Raises one of REFUSALS."""
    if wish.remove:
        remove_view(wish.remove.id, by=by)
    else:
        save_view(wish.title, wish.query, by=by)


def save_view(title: str, query: Mapping[str, str], *, by: User) -> SavedView:
    """Keep what is looked at. Raises ViewRefusedError without a title, or with nothing chosen."""
    said = _said(title, "Enter a title for this view.", "The title", at_most=LONGEST_TITLE)
    kept = {name: query[name] for name in KEPT if query.get(name)}
    if "m" not in kept:
        raise ViewRefusedError("Choose a measure first: there is nothing to save yet.")
    with transaction() as session:
        user = demand(session, by, Permission.EXPLORE)
        view = saved_views.add_view(session, title=said, query=kept, by=user.username, at=get_now(session))
        _note(session, user, "save view", view.id)
    return view


def remove_view(view_id: int, *, by: User) -> None:
    """Take one's own view off the list, or, for the BI team, anyone's. Raises ViewNotFoundError, ViewRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.EXPLORE)
        view = saved_views.get_view(session, view_id=view_id)
        if view.saved_by != user.username and not user.may(Permission.MAINTAIN_REGISTER):
            raise ViewRefusedError("Only who saved a view, or the BI team, removes it.")
        saved_views.save_view_removed(session, view_id=view_id, by=user.username, at=get_now(session))
        _note(session, user, "remove view", view_id)


def list_requests(words: str = "", *, by: User) -> Log:
    """The log, the newest first; of those that hold the words, where some are given."""
    with reading() as session:
        demand(session, by, Permission.EXPLORE)
        return _log(session, saved_views.list_requests(session, words=words.strip()))


def asked_before(question: str, *, by: User) -> Log:
    """Requests much like this one, so that nobody asks or answers twice."""
    with reading() as session:
        demand(session, by, Permission.EXPLORE)
        return _log(session, alike(question, saved_views.list_requests(session)) if question.strip() else [])


def _log(session: Session, requests: Sequence[DataRequest]) -> Log:
    return Log(requests=tuple(requests), views=tuple(saved_views.list_views(session)), names=names(session))


def ask(question: str, *, asked_for: str = "", by: User) -> DataRequest:
    """Ask for data; `asked_for` says for whom. Raises ViewRefusedError without a question."""
    said = _said(question, "Enter what you want to know.", "What you want to know", at_most=LONGEST_TEXT)
    whom = _said(asked_for, "", "For whom", at_most=LONGEST_TITLE) if asked_for.strip() else ""
    with transaction() as session:
        user = demand(session, by, Permission.EXPLORE)
        request = saved_views.add_request(session, question=said, asked_for=whom, by=user.username, at=get_now(session))
        _note(session, user, "ask for data", request.id)
    return request


def answer(request_id: int, text: str, *, view_id: int | None = None, version: int, by: User) -> DataRequest:
    """Answer a request as it was read. Raises RequestMovedOnError, ViewRefusedError or a NotFoundError."""
    otherwise = "Enter the answer in a sentence or two; a view can stand beside it."
    said = _said(text, otherwise, "The answer", at_most=LONGEST_TEXT)
    with transaction() as session:
        user = demand(session, by, Permission.ANSWER_REQUESTS)
        request = saved_views.get_request(session, request_id=request_id)
        if request.version != version:
            raise RequestMovedOnError(request)
        if view_id is not None:
            saved_views.get_view(session, view_id=view_id)
        answered = saved_views.save_answer(
            session, request_id=request_id, answer=said, view_id=view_id, by=user.username, at=get_now(session)
        )
        _note(session, user, "answer request", request_id)
    return answered


def _said(text: str, otherwise: str, name: str, *, at_most: int) -> str:
    if message := too_long(name, text, at_most=at_most):
        raise ViewRefusedError(f"{message}.")
    said = clean(text).strip()
    if not said:
        raise ViewRefusedError(otherwise)
    return said


def _note(session: Session, user: User, verb: str, number: int) -> None:
    """The words stay where they are: what is hashed into the audit trail cannot be taken out again."""
    add_event(session, at=get_now(session), username=user.username, verb=verb, subject=str(number))
