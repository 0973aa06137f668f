"""What Home says of each thing that is due from a person or waits for them: drawn on the page, and told by mail."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cycle.do.delivery import Unsaid
from cycle.do.return_view import Owed
from cycle.do.signing_off import Waiting
from cycle.home.desk import Question
from cycle.revise.recovery.plans_due import PlansDue
from cycle.revise.recovery.view import PlanSummary
from performance.do.returns import SIGN_OFF_WITHIN
from performance.ground.organisation import Unit
from performance.ground.periods import Period, day_in_words
from performance.home.lines import Line, Opens
from performance.revise.risks import RiskEntry

_MOST_CODES = 5


class Returns:
    """Returns that want something of the person: each on one line, with what its actions want beside its figures."""

    def __init__(self, unsaid: Iterable[Unsaid]) -> None:
        self._unsaid = {(each.unit.code, each.period): each for each in unsaid}

    def question(self, asked: Question, *, in_full: bool = True) -> Line:
        """A return that came back; what was asked, in full, is for the page alone."""
        when = f" on {day_in_words(asked.asked_on)}" if asked.asked_on else ""
        said = f"Returned by {asked.asked_by}{when}"
        if asked.question and in_full:
            said = f"{asked.asked_by} asked{when}: {asked.question}"
        return self._line(asked.unit, asked.period, "returned with a question", said)

    def owed(self, owed: Owed, *, today: date) -> Line:
        """A return to enter, with its state and its day."""
        return self._line(owed.unit, owed.period, owed.in_words, _due(owed, today))

    def unsaid(self) -> Iterator[tuple[Unsaid, Line]]:
        """Actions nobody has spoken for this month, a line a service, of those that had no line yet."""
        for each in list(self._unsaid.values()):
            yield each, self._line(each.unit, each.period, "", "")

    def _line(self, unit: Unit, period: Period, wants: str, detail: str) -> Line:
        actions = self._unsaid.pop((unit.code, period), None)
        words = [wants, _to_speak_for(actions) if actions else ""]
        return Line(
            label=f"{unit.name}, {period.in_words}: {'; '.join(filter(None, words))}",
            detail=". ".join(filter(None, [detail.removesuffix("."), _how_each_stood(actions) if actions else ""])),
            opens=Opens.MY_RETURN,
            query=(("unit", unit.code), ("period", period.iso)),
        )


def waiting(each: Waiting, *, today: date) -> Line:
    """A return to sign off, with who sent it and by when; or why this person may not."""
    stored = each.stored
    detail = f"Submitted by {each.submitted_by}"
    if stored.submitted_at is not None:
        sent = stored.submitted_at.astimezone().date()
        detail += f" on {day_in_words(sent)}. {_by(sent + SIGN_OFF_WITHIN, today, 'Sign off')}"
    return Line(
        label=f"{each.unit.name}, {stored.period.in_words}",
        detail=each.why_not or detail,
        opens=Opens.SIGN_OFF,
        query=(("unit", stored.unit_code), ("period", stored.period.iso)),
    )


def plans(due: PlansDue) -> Iterator[tuple[PlanSummary, str, Line]]:
    """Recovery plans that wait for the person, each with what is wanted of them, as a word and as a line."""
    wanted = (
        ("agree", due.to_agree, "agree it or say what is missing"),
        ("tolerate", due.to_answer, "say whether the measure is tolerated"),
        ("judge", due.to_judge, "say whether it worked"),
    )
    for wish, found, words in wanted:
        for each in found:
            label = f"Recovery plan {each.plan.reference}, {each.off.measure.title}: {words}"
            query = (("plan", each.plan.reference),)
            yield each, wish, Line(label=label, detail=each.progress, opens=Opens.RECOVERY_PLAN, query=query)
    for each in due.to_update:
        month = Period.containing(each.today, months=1).previous
        label = f"Recovery plan {each.plan.reference}, {each.off.measure.title}: say how it went in {month.in_words}"
        said = f"{each.course.course.in_words}. {each.progress}"
        where = (("unit", each.off.measure.unit_code), ("period", month.iso))
        yield each, f"say {month.iso}", Line(label=label, detail=said, opens=Opens.MY_RETURN, query=where)


def risks(due: Sequence[RiskEntry], *, in_full: bool = True) -> Line | None:
    """Risks to look at again, on one line however many, by their codes; what they are called and how high they are is
    for the page alone."""
    if not due:
        return None
    first, *others = due
    title = f", {first.risk.title}" if in_full else ""
    if not others:
        return Line(
            label=f"Risk {first.code}{title}: look at it again", detail=_since(first, in_full=in_full),
            opens=Opens.RISK, query=(("risk", first.code),),
        )  # fmt: skip
    codes = ", ".join(each.code for each in due[:_MOST_CODES])
    more = f" and {len(due) - _MOST_CODES} more" if len(due) > _MOST_CODES else ""
    return Line(label=f"{len(due)} risks to look at again", detail=f"{codes}{more}. The highest is {first.code}{title}",
                opens=Opens.RISKS)  # fmt: skip


def _since(risk: RiskEntry, *, in_full: bool) -> str:
    due = f"It was to be looked at by {day_in_words(risk.review_due)}" if risk.review_due else "Nobody has yet"
    return f"{due}. {risk.in_words}" if in_full else due


def _to_speak_for(unsaid: Unsaid) -> str:
    return f"{unsaid.actions} action{'' if unsaid.actions == 1 else 's'} to speak for"


def _how_each_stood(unsaid: Unsaid) -> str:
    late = f" {unsaid.late} past the end that was set." if unsaid.late else ""
    return f"Say how each action stood: on track, late or done.{late}"


def _due(owed: Owed, today: date) -> str:
    if owed.locks_on is not None and owed.locks_on < today:
        return f"Locked since {day_in_words(owed.locks_on)}: ask the BI team to reopen what is missing"
    locks = f", locks on {day_in_words(owed.locks_on)}" if owed.locks_on else ""
    if not owed.late:
        return f"{_by(owed.due_on, today, 'On time')}{locks}"
    days = (today - owed.due_on).days
    return f"Late by {days} day{'' if days == 1 else 's'}: due by {_weekday(owed.due_on)}{locks}"


def _by(day: date, today: date, what: str) -> str:
    """On time by Friday 17 November 2017 (7 days left)."""
    left = (day - today).days
    if left < 0:
        return f"{what} by {_weekday(day)} ({-left} day{'' if left == -1 else 's'} ago)"
    return (
        f"{what} by {_weekday(day)} ({'today' if not left else f'{left} day' + ('' if left == 1 else 's') + ' left'})"
    )


def _weekday(day: date) -> str:
    return f"{day:%A} {day_in_words(day)}"
