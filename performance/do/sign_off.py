"""Signing off by exception: which figures of a submitted return to read first, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from performance.do.answers import check_line, stored_answer
from performance.do.returns import MyReturn, ReturnLine
from performance.ground.commentary import read_commentary
from performance.ground.figures import Figure, FigureStatus
from performance.ground.organisation import ReturnStatus
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.unusual import Check


@dataclass(frozen=True, kw_only=True)
class SignOffLine:
    """A submitted figure with the reasons to look at it first; none for most.

    `was` is the figure as it stood before this submission, or when the return went back; None where nothing changed.
    """

    line: ReturnLine
    reasons: tuple[str, ...]
    was: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class SignOff:
    """A submitted return as its approver reads it. `why_not` says why this person may not sign it off, if so.

    `asked` are the questions, by measure code, with which it went back the last time; `question` the one about it all.
    """

    return_: MyReturn
    lines: tuple[SignOffLine, ...]
    why_not: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    came_back: bool = False

    @property
    def standing_in_words(self) -> str:
        """What became of the return, by whom and when; why it waits for somebody else, where it waits."""
        stored, who = self.return_.stored, self.return_.decided_by or "The head of service"
        if stored is None or stored.status is ReturnStatus.DRAFT:
            return "The service has not submitted these figures, so there is nothing to sign off yet."
        when = f" on {day_in_words(stored.decided_at.astimezone().date())}" if stored.decided_at else ""
        if stored.status is ReturnStatus.APPROVED:
            return f"{who} signed these figures off{when}. They are locked."
        if stored.status is ReturnStatus.RETURNED:
            return f"{who} sent these figures back{when}. They wait for sign-off again once they are submitted again."
        return self.why_not

    @property
    def read_first(self) -> tuple[SignOffLine, ...]:
        return tuple(each for each in self.lines if each.reasons)

    @property
    def rest(self) -> tuple[SignOffLine, ...]:
        return tuple(each for each in self.lines if not each.reasons)


def sign_off_lines(return_: MyReturn, stood: Mapping[str, Figure]) -> tuple[SignOffLine, ...]:
    """The figures that were provided, each with the reasons to look at it first; reds before all others.

    `stood` are the figures by measure code as they were known before this submission.
    """
    lines = [_since(return_, line, stood) for line in return_.lines if line.is_provided]
    return tuple(sorted(lines, key=lambda each: each.line.rating(each.line.current) is not Rag.RED))


def lines_since(return_: MyReturn, stood: Mapping[str, Figure], *, asked: Mapping[str, str]) -> tuple[SignOffLine, ...]:
    """The figures of a return that came back: those that changed since, or were asked about, are to be read, with
    what a first submission would say of them; what was read before and stands as it was is not said again.

    `stood` are the figures by measure code as they were known when it went back.
    """
    found = []
    for line in return_.lines:
        if line.current is None:
            continue
        was = stood.get(line.measure.code)
        changed = was is None or not was.same_content(line.current)
        reasons = [f"Asked when it went back: {asked[line.measure.code]}"] if line.measure.code in asked else []
        if changed:
            reasons.append("New since it went back" if was is None else "Changed since it went back")
        elif reasons:
            reasons.append("Not changed since it went back")
        if reasons:
            reasons += _reasons(line)
        found.append(SignOffLine(line=line, reasons=tuple(reasons), was=was if changed else None))
    return tuple(sorted(found, key=lambda each: each.was is None))


def _since(return_: MyReturn, line: ReturnLine, stood: Mapping[str, Figure]) -> SignOffLine:
    was, reasons = None, list(_reasons(line))
    if line.current and line.current.revision > 1 and _is_of(return_, line.current):
        was = stood.get(line.measure.code)
        reasons.append("Changed in this submission")
    return SignOffLine(line=line, reasons=tuple(reasons), was=was)


def _is_of(return_: MyReturn, figure: Figure) -> bool:
    return return_.stored is not None and figure.recorded_at == return_.stored.submitted_at


def _reasons(line: ReturnLine) -> Iterator[str]:
    figure, now, before = line.current, line.rating(line.current), line.rating_before
    if figure is None:
        return
    if now is Rag.RED:
        yield "Off target, outside tolerance"
    if before is not None and before is not now and now.is_rated and before.is_rated:
        yield f"Was {before.in_words.lower()} in {line.period.previous.in_words}"
    if confirmed := read_commentary(figure.commentary).confirmed:
        yield f"Unusual, and confirmed as right: {confirmed}"
    elif unusual := _unusual(line):
        yield f"Unusual, and nobody has said why: {unusual}"
    if figure.status is FigureStatus.ESTIMATED:
        yield "An estimate"


def _unusual(line: ReturnLine) -> str:
    """What the form would ask about a figure that came another way, as by a file. Who says "same again" has said so."""
    asked = check_line(line, stored_answer(line)).questions
    about = [each for each in asked if each.check in {Check.SLIP, Check.FELL, Check.UNUSUAL, Check.WARDS}]
    return about[0].message.removeprefix("Check: ").removesuffix(". Confirm it or change it") if about else ""
