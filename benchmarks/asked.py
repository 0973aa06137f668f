"""What is measured: each page of the menu as whom, and, where a page shows one thing at a time, each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.signed_in import a_secret_of
from components.frame.navigation import PAGES, PageEntry
from performance.ground.people import PERMISSIONS, Role
from serving.browsers import cookie_name

# The demonstration's account that a page is measured as: the first whose role may open it.
ACCOUNTS = {Role.HEAD: "place.director", Role.POLICY_OFFICER: "policy.officer", Role.BI_TEAM: "bi.team"}
# By page, what its rows are called and what each of them asks for; a page without any is asked for nothing. None of the
# measure's rows is of the one saved between two readings: of others, what was worked out should still be there.
QUERIES = {
    "scorecard": {
        "": "",
        "A to Z": "order=name",
        "over time": "layout=time",
        "money": "layout=money",
        "staffing": "layout=people",
        "quality assurance": "layout=quality",
        "one service": "scope=WASTE",
    },
    "measure": {
        "trend": "measure=WCP1011",
        "usual ups and downs": "measure=WCP1011&view=usual",
        "compare councils": "measure=WCP1042&view=compare",
        "year on year": "measure=WCP1011&view=season",
        "numerator": "measure=WCP1011&view=counts",
    },
    "wards": {
        "": "measure=WCP1053",
        "against the council": "measure=WCP1053&colour=compared",
        "change": "measure=WCP1053&period=2017-09&before=2017-06",
    },
    "explorer": {
        "empty": "",
        "lines": "m=WCP1032,WCP1042&a=ours,E92000001&as=line",
        "bars": "m=WCP1032,WCP1042&a=ours,E92000001&as=bars",
        "dots": "m=WCP1032,WCP1042&a=ours,E92000001&as=dots",
        "quarters": "m=WCP1072,WCP1075&over=quarter&as=line",
        "years": "m=WCP1072,WCP1075&over=year&as=table",
        "maps": "m=WCP1053,WCP1075&as=map",
        "table": "m=WCP1032,WCP1042&a=ours,E92000001&as=table",
    },
    "data-quality": {
        "came": "period=2017-09",
        "checks": "period=2017-09&show=checks",
        "dimensions": "period=2017-09&show=dimensions",
        "restated": "period=2017-09&show=restated",
        "remind": "period=2017-09&show=remind",
    },
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page, and what its address asks it for; of those of one page the first is number 0."""

    entry: PageEntry
    number: int = 0
    words: str = ""
    query: str = ""

    @property
    def page(self) -> str:
        return name_of(self.entry)

    @property
    def sheet(self) -> str:
        """What its bare copy is called: the first as its page is, so that a menu of copies is as long as the app's."""
        return f"{self.page}.{self.number}" if self.number else self.page

    @property
    def title(self) -> str:
        return f"{self.entry.title}: {self.words}" if self.words else self.entry.title


def name_of(entry: PageEntry) -> str:
    return entry.url_path or "home"


def headers_of(entry: PageEntry) -> dict[str, str]:
    """The cookie of a browser at which someone is signed in who may open the page."""
    username = next(name for role, name in ACCOUNTS.items() if entry.needs in PERMISSIONS[role])
    return {"Cookie": f"{cookie_name(secure=False)}={a_secret_of(username)}"}


def list_asked(only: Sequence[str] = ()) -> Iterator[Asked]:
    """Every page of the menu, or those whose addresses are given, as often as there is something to ask it for."""
    for entry in PAGES:
        if entry.linked and (not only or name_of(entry) in only):
            asked = QUERIES.get(name_of(entry), {"": ""})
            for number, (words, query) in enumerate(asked.items()):
                yield Asked(entry=entry, number=number, words=words, query=query)
