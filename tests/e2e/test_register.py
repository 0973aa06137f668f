"""The register in a real browser: the policy officer documents a measure, the BI team marks a break and retires one."""

from tests.e2e.visitor import Visit, Visitor


def test_a_measure_is_documented_its_series_broken_and_another_retired(visit: Visit, site: str) -> None:
    officer, analyst = visit(site), visit(site)
    _document(officer)
    _break_and_retire(analyst)


def _document(officer: Visitor) -> None:
    officer.sign_in("policy.officer", "/measures?find=fly-tipping")
    officer.expect_words("1 measure.")
    officer.look_at_every_size()
    officer.go("/methodology?measure=WCP1075")
    officer.expect_heading("Fly-tipping incidents")
    officer.unfold("Write the methodology")
    officer.page.get_by_label("How it is worked out").fill("Incidents reported in the month, each counted once.")
    officer.press("Save the methodology")
    officer.expect_words("There is a problem")
    officer.page.get_by_label("Why it changes").first.fill("The audit asked for a formula.")
    officer.press("Save the methodology")
    officer.expect_words("The methodology of Fly-tipping incidents is saved.")
    officer.expect_words("The audit asked for a formula.")
    officer.look_at_every_size()


def _break_and_retire(analyst: Visitor) -> None:
    analyst.sign_in("bi.team", "/methodology?measure=WCP1075")
    analyst.unfold("Mark a break in its series")
    analyst.page.get_by_label("What changed: it stands on every chart").fill("Reports by the app were added")
    analyst.press("Mark the break")
    analyst.expect_words("show a break on 10 November 2017")
    analyst.unfold("Retire it")
    analyst.look_at_every_size()
    analyst.page.get_by_label("Why it changes").nth(2).fill("Nobody uses it")
    analyst.press("Retire it")
    analyst.expect_words("is retired after 10 November 2017.")
    analyst.go("/measure?measure=WCP1075")
    analyst.expect_words("Reports by the app were added")
