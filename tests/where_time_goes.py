"""A pytest plugin: where a run's time goes, by kind and by folder, and which browser tests needed a second try.

Seconds are those of the tests with what is set up for them, added up over all workers; the wall clock shows fewer.
"""

from collections import defaultdict
from pathlib import PurePosixPath
from typing import NamedTuple

import pytest

# The section of a failing browser's test that says what went on around it.
SCENE = "what went on at the machine"
_MOST = 1200  # characters of a failure
_DATABASES = {
    "sqlite_database",
    "database_on_both",
    "database_on_one",
    "database_url",
    "migrated_file",
    "migrated_database",
}


class _Spent(NamedTuple):
    seconds: float = 0.0
    tests: int = 0


def pytest_itemcollected(item: pytest.Item) -> None:
    if _DATABASES & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.database)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Table(), "where-time-goes-table")


class _Table:
    """Adds up what the workers report, and prints it at the end."""

    def __init__(self) -> None:
        self._by: dict[str, dict[str, _Spent]] = {"kind": defaultdict(_Spent), "folder": defaultdict(_Spent)}
        self._again: list[pytest.TestReport] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for by, name in (("kind", _kind(report)), ("folder", _folder(report))):
            spent = self._by[by][name]
            self._by[by][name] = _Spent(spent.seconds + report.duration, spent.tests + (report.when == "call"))
        if report.outcome == "rerun":
            self._again.append(report)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        whole = sum(spent.seconds for spent in self._by["kind"].values())
        if not whole:
            return
        for by, found in self._by.items():
            terminalreporter.section(f"where the time goes, by {by}")
            for name, spent in sorted(found.items(), key=lambda each: -each[1].seconds):
                share = spent.seconds / whole
                terminalreporter.line(f"{spent.seconds:8.1f} s  {share:6.1%}  {spent.tests:5d} tests  {name}")
        if self._again:
            terminalreporter.section("tried a second time: a fault to mend")
            for report in self._again:
                terminalreporter.line(report.nodeid)
                terminalreporter.line(_reason(report))
                for title, words in report.sections:
                    if title == SCENE:
                        terminalreporter.line(words)


def _reason(report: pytest.TestReport) -> str:
    """What went wrong at the first try, in a line or two."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return f"{crash.path}:{crash.lineno}: {crash.message[:_MOST]}" if crash else report.longreprtext[-_MOST:]


def _folder(report: pytest.TestReport) -> str:
    """By the house's own: a room within it is not told apart."""
    return str(PurePosixPath(*PurePosixPath(report.nodeid.partition("::")[0]).parent.parts[:2]))


def _kind(report: pytest.TestReport) -> str:
    if "browser" in report.keywords:
        return "browser"
    if _folder(report) == "tests/pages":
        return "pages"
    if "postgresql" in report.nodeid:
        return "PostgreSQL"
    return "SQLite" if "database" in report.keywords else "rules"
