"""One door for whatever a form gives to change a recovery plan: each goes to the verb that carries it out."""

from cycle.revise.recovery import decisions, planning, progress
from performance.ground.organisation import Action
from performance.ground.people import User
from performance.ground.periods import Period
from performance.revise.recovery_changes import (
    ActionUpdate,
    Agreement,
    Cause,
    Change,
    Closure,
    Deciding,
    Drafting,
    Following,
    Judgement,
    MovedAction,
    MovedMilestone,
    NewMilestone,
    Note,
    OtherCourse,
    Share,
    ToleranceAnswer,
    ToleranceAsked,
)


def change_plan(plan_id: int, change: Change, *, version: int, by: User) -> str:
    """Carry out what a form gave, whatever it is, and say so in a sentence. Raises PlanError."""
    match change:
        case ActionUpdate() | MovedAction() | Note() | OtherCourse():
            return _follow(plan_id, change, version=version, by=by)
        case Agreement() | ToleranceAsked() | ToleranceAnswer() | Closure() | Judgement():
            return _decide(plan_id, change, version=version, by=by)
        case _:
            return _draft(plan_id, change, version=version, by=by)


def _draft(plan_id: int, change: Drafting, *, version: int, by: User) -> str:
    match change:
        case Cause(text=text, whys=whys, partners=partners):
            planning.save_cause(plan_id, cause=text, whys=whys, partners=partners, version=version, by=by)
            return "The cause is saved."
        case Share(measure_code=code, joins=True):
            planning.share_plan(plan_id, measure_code=code, version=version, by=by)
            return "The plan is to bring this measure back as well. Set a milestone for it."
        case Share(measure_code=code):
            planning.unshare_plan(plan_id, measure_code=code, version=version, by=by)
            return "The measure is taken out of the plan."
        case NewMilestone(number=number, period=period, note=note, measure_code=code):
            planning.add_milestone(
                plan_id, number=number, period=period, note=note, measure_code=code, version=version, by=by
            )
            return "The milestone is added. It ticks itself when the figure arrives."
        case MovedMilestone(milestone_id=milestone, to=None):
            planning.remove_milestone(plan_id, milestone, version=version, by=by)
            return "The milestone is taken out."
        case MovedMilestone(milestone_id=milestone, to=Period() as to, because=because):
            planning.move_milestone(plan_id, milestone, to=to, because=because, version=version, by=by)
            return "The milestone is moved. Its first date stays in sight."
        case Action():
            planning.add_action(plan_id, action=change, version=version, by=by)
            return "The action is added."
    raise AssertionError(change)


def _follow(plan_id: int, change: Following, *, version: int, by: User) -> str:
    match change:
        case ActionUpdate(action_id=action, status=status, shows=shows):
            progress.save_action_status(plan_id, action, status=status, shows=shows, version=version, by=by)
            return "The action is up to date."
        case MovedAction(action_id=action, to=to, because=because):
            progress.move_action(plan_id, action, to=to, because=because, version=version, by=by)
            return "The action is moved. Its first end stays in sight."
        case Note(month=month, text=text):
            progress.add_note(plan_id, month=month, text=text, version=version, by=by)
            return "The note is added."
        case OtherCourse(course=course, because=because):
            progress.say_course(plan_id, course=course, because=because, version=version, by=by)
            return "Your view of its course stands until the next figure arrives."


def _decide(plan_id: int, change: Deciding, *, version: int, by: User) -> str:
    match change:
        case Agreement():
            decisions.agree_plan(plan_id, version=version, by=by)
            return "The plan is agreed. It is in progress from its first note."
        case ToleranceAsked(until=until, because=because):
            decisions.ask_to_tolerate(plan_id, until=until, because=because, version=version, by=by)
            return "Asked. Someone else who agrees plans approves it or not."
        case ToleranceAnswer(approves=True):
            decisions.tolerate_plan(plan_id, version=version, by=by)
            return "The measure is tolerated until that day. Then it calls for a plan again."
        case ToleranceAnswer(because=because):
            decisions.decline_tolerance(plan_id, because=because, version=version, by=by)
            return "It is not tolerated. The plan goes on, with your reason among its notes."
        case Closure(kept_by_role=role, because=because, actions_left=left):
            decisions.close_plan(
                plan_id, kept_by_role=role, because=because, actions_left=left, version=version, by=by
            )  # fmt: skip
            return "The plan is closed. Say next whether it worked."
        case Judgement(verdict=verdict, what_worked=worked, what_did_not=did_not, advice=advice):
            decisions.judge_plan(
                plan_id, verdict=verdict, what_worked=worked, what_did_not=did_not, advice=advice,
                version=version, by=by,
            )  # fmt: skip
            return "Your judgement is kept, and is a lesson that other services can find."
