"""What a memo says of a figure that is hidden by now: that it is hidden, and nothing else of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.series.hidden_by_now import hidden_by_now
from cycle.ground.series.hiding import council_series
from data_access.plan.register import list_measures
from performance.ground.periods import Period
from performance.ground.readers import OFFICER
from performance.ground.values import Absence
from performance.revise.meetings import ReviewItem

ASKED = "What was asked of it was asked of a figure that is hidden by now."


def without_hidden(session: Session, items: Sequence[ReviewItem]) -> tuple[ReviewItem, ...]:
    """The items as they may be read: a memo stays as it was opened, but for what it must not tell any more.

    A fact names its period, and where a colour lasted the first one of that colour: of all from one to the other it
    tells. What a rule asked of such a figure tells its colour as well.
    """
    codes = {each.measure_code for each in items if each.measure_code and each.fact}
    measures = [each for each in list_measures(session) if each.code in codes and each.counts_people]
    hidden = hidden_by_now(session, {each.code for each in measures}, reader=OFFICER)
    asked = [each for each in measures if hidden[each.code]]
    if not asked:
        return tuple(items)
    area = council_area(session)
    own = council_series(session, measures=asked, area=area, reader=OFFICER)
    titles = {each.code: each.title for each in asked}
    known = {code: hidden[code].union(series.figures) for (code, _), series in own.items()}
    return tuple(
        _hidden(each, titles[code])
        if (code := each.measure_code or "") in known
        and _tells_of(_of_figure(each.fact, titles[code]), known[code], hidden[code])
        else each
        for each in items
    )


def _tells_of(fact: str, known: Collection[Period], hidden: Collection[Period]) -> bool:
    named = [each for each in known if each.in_words in fact]
    if not named or Absence.SUPPRESSED.in_words in fact:  # it was hidden when the memo was opened
        return False
    first, last = min(each.start for each in named), max(each.end for each in named)
    return any(first <= each.start and each.end <= last for each in hidden)


def _of_figure(fact: str, title: str) -> str:
    """Of a fact the part that tells of the figure, after what was decided earlier; all of it, where that is not told
    apart."""
    at = fact.rfind(f"{title}: ")
    return fact[max(at, 0) :]


def _hidden(item: ReviewItem, title: str) -> ReviewItem:
    before = item.fact.removesuffix(_of_figure(item.fact, title))
    fact = f"{before}{title}: {Absence.SUPPRESSED.in_words}."
    if not item.rule:
        return replace(item, fact=fact)
    return replace(item, fact=fact, question=ASKED, first_question="")
