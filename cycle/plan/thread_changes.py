"""One door for whatever a person asks on the page of their own thread: each goes to the verb that carries it out."""

from cycle.plan import thread
from data_access.store.errors import NotFoundError
from performance.ground.people import User
from performance.plan.own_thread import Hanging, Marked, NewObjective, Removed, Reworded, ThreadChange

REFUSALS: tuple[type[Exception], ...] = (thread.ThreadError, NotFoundError)


def carry_out(change: ThreadChange, *, by: User) -> str:
    """Do what was asked, whatever it is, and say so in a sentence. Raises ThreadError or a NotFoundError."""
    match change:
        case Hanging() if change.username == by.username:
            thread.pick_node(change.code, version=change.version, by=by)
            return "Your work hangs on that plan now."
        case Hanging():
            thread.assign_node(change.code, username=change.username, version=change.version, by=by)
            return "Assigned. They see it on their own page, with your name."
        case NewObjective():
            thread.add_objective(change.text, by=by)
            return "The objective is noted."
        case Reworded():
            thread.reword_objective(change.objective_id, text=change.text, version=change.version, by=by)
            return "The new wording is saved."
        case Marked():
            thread.mark_objective(change.objective_id, done=change.done, version=change.version, by=by)
            return "The objective is done." if change.done else "The objective is open again."
        case Removed():
            thread.remove_objective(change.objective_id, version=change.version, by=by)
            return "The objective is removed for good."
