"""One door for whatever a form gives to change a recovery plan: each goes to the verb that carries it out."""

from cycle import revise
from performance.organisation import Action
from performance.people import User
from performance.periods import Period
from performance.recovery_changes import (
    ActionUpdate,
    Cause,
    Change,
    Decision,
    MovedMilestone,
    NewMilestone,
    Note,
)


def change_plan(plan_id: int, change: Change, *, version: int, by: User) -> str:
    """Carry out what a form gave, whatever it is, and say so in a sentence. Raises PlanError."""
    match change:
        case Cause(text=text):
            revise.save_cause(plan_id, cause=text, version=version, by=by)
            return "The cause is saved."
        case NewMilestone(number=number, period=period, note=note):
            revise.add_milestone(plan_id, number=number, period=period, note=note, version=version, by=by)
            return "The milestone is added. It ticks itself when the figure arrives."
        case MovedMilestone(milestone_id=milestone, to=None):
            revise.remove_milestone(plan_id, milestone, version=version, by=by)
            return "The milestone is taken out."
        case MovedMilestone(milestone_id=milestone, to=Period() as to):
            revise.move_milestone(plan_id, milestone, to=to, version=version, by=by)
            return "The milestone is moved. Its first date stays in sight."
        case Action():
            revise.add_action(plan_id, action=change, version=version, by=by)
            return "The action is added."
        case _:
            return _follow_plan(plan_id, change, version=version, by=by)


def _follow_plan(plan_id: int, change: Change, *, version: int, by: User) -> str:
    match change:
        case ActionUpdate(action_id=action, status=status):
            revise.save_action_status(plan_id, action, status=status, version=version, by=by)
            return "The action is up to date."
        case Note(month=month, text=text):
            revise.add_note(plan_id, month=month, text=text, version=version, by=by)
            return "The note is added."
        case Decision(closes=True):
            revise.close_plan(plan_id, version=version, by=by)
            return "The plan is closed."
        case _:
            revise.agree_plan(plan_id, version=version, by=by)
            return "The plan is agreed. It is in progress from its first note."
