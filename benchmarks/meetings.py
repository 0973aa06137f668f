"""A meeting of twenty items and more, minuted as it is talked about: what each saving of an item costs.

`python -m benchmarks.meetings`

The memo of the whole council is opened on the demonstration, and its items are minuted one after another over a real
connection: what was said is typed, the button pressed, and the time taken until the page is drawn again with the item
kept. Beside it the same is done, turn by turn, on bare pages with the same elements, which keep nothing.
"""

import os
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.copy_page import bare_script
from benchmarks.kept import end, keep
from benchmarks.saving import save_a_figure
from benchmarks.servers import app_server, bare_server, environment, file_of, load_demonstration
from benchmarks.signed_in import a_secret_of
from benchmarks.visitor import Visitor
from cycle.revise.meetings import agenda
from data_access.council.people import find_user
from data_access.council.settings_store import get_today
from data_access.store.database import reading
from performance.ground.people import User
from serving.browsers import cookie_name

USERNAME, PAGE = "policy.officer", "review-meeting"
AT_LEAST = 20  # items of a meeting
LONGEST = 1000.0  # milliseconds: nobody waits longer for a saving
ALLOWED = 1.5  # of app/bare
ANSWER = {"Answer": "The crews know their rounds now; two streets are still too narrow for them."}
DECISION = {"Decision": "Ask the best how they do it", "Who carries it out (role)": "Policy Officer",
            "By when": "2017/12/15"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """Milliseconds until an item is kept and the page drawn: the middle of `savings`, and the longest of them."""

    what: str
    savings: int
    app: float
    longest: float
    bare: float
    stock: float

    @property
    def verdict(self) -> str:
        """What lies outside what is wanted; empty where nothing does."""
        outside = {"app/bare": self.app / self.bare > ALLOWED, "longest": self.longest > LONGEST}
        names = ", ".join(name for name, is_outside in outside.items() if is_outside)
        return f"  <- outside: {names}" if names else ""


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        os.environ.update(environment(folder))
        load_demonstration(folder)
        user, today = _officer()
        number = agenda.open_meeting(
            "Third quarter", forum="Wider Leadership Team", scope="corporate", held_on=today, by=user
        )
        items = len(agenda.get_meeting(number, by=user).items)
        if items < AT_LEAST:
            raise RuntimeError(f"The memo has {items} items: it is to have {AT_LEAST} at least.")
        headers = {"Cookie": f"{cookie_name(secure=False)}={a_secret_of(USERNAME)}"}
        site = stack.enter_context(app_server(folder))
        ours = Visitor(site=site, page_name=PAGE, query=f"meeting={number}", headers=headers)
        ours.open()
        ours.rerun()
        theirs = []
        for kind in ("bare", "stock"):
            script = bare_script(ours.drawn, stock=kind == "stock", link_to=file_of(PAGE))
            bare = stack.enter_context(bare_server(folder / kind, {PAGE: script}, stock=kind == "stock"))
            theirs.append(Visitor(site=bare, page_name=PAGE))
            theirs[-1].open()
            theirs[-1].rerun()
        rows = _measure(ours, theirs, items)
        for visitor in (ours, *theirs):
            visitor.close()
        kept = agenda.get_meeting(number, by=user).minuted
        if kept != items:
            raise RuntimeError(f"Of {items} items {kept} were kept: what was measured is something else.")
    print(f"A memo of {items} items, each minuted. longest: at most {LONGEST:.0f} ms. app/bare: at most {ALLOWED}.\n")
    print(f"{'what':34}{'savings':>9}{'app ms':>9}{'longest':>9}{'bare ms':>9}{'app/bare':>10}{'stock ms':>10}")
    for row in rows:
        print(
            f"{row.what:34}{row.savings:9}{row.app:9.1f}{row.longest:9.1f}{row.bare:9.1f}{row.app / row.bare:10.2f}"
            f"{row.stock:10.1f}{row.verdict}"
        )
    keep("meetings", rows, items=items, longest=LONGEST, allowed=ALLOWED)
    end([row.what for row in rows if row.verdict])


def _measure(ours: Visitor, theirs: Sequence[Visitor], items: int) -> list[Row]:
    """Each item once, in the memo's order: the first of all is cold, and some come right after a figure."""
    times: dict[str, list[list[float]]] = {}
    for place in range(1, items + 1):
        what, said = "an answer", ANSWER
        if place == 1:
            what = "the first since the server began"
        elif place % 3 == 0:
            what, said = "a decision, which is an action", ANSWER | DECISION
        elif place % 8 == 0:
            what = "after a figure was saved"
            save_a_figure()
        times.setdefault(what, []).append([1000 * _minute(each, place, said) for each in (ours, *theirs)])
    return [_row(what, found) for what, found in times.items()]


def _row(what: str, found: Sequence[Sequence[float]]) -> Row:
    app, bare, stock = (statistics.median(column) for column in zip(*found, strict=True))
    longest = max(ours for ours, *_ in found)
    return Row(what=what, savings=len(found), app=app, longest=longest, bare=bare, stock=stock)


def _minute(visitor: Visitor, place: int, said: Mapping[str, str]) -> float:
    return visitor.press(f"Keep item {place}", said)


def _officer() -> tuple[User, date]:
    """Who minutes, and the council's today."""
    with reading() as session:
        today = get_today(session)
        found = find_user(session, username=USERNAME, on=today)
    if found is None:
        raise LookupError(f"There is no account {USERNAME}.")
    return found, today


if __name__ == "__main__":
    main()
