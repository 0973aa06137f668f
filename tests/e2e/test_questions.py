"""A question goes from a councillor's ward to the service and back; a doubt from the BI team to whoever answers."""

from playwright.sync_api import expect

from tests.e2e.visitor import Visit

WARD = "/wards?measure=WCP1075&period=2017-09&ward=E05001321"


def test_a_councillor_asks_about_a_ward_and_reads_the_answer(visit: Visit, site: str) -> None:
    councillor, manager = visit(site), visit(site)
    councillor.sign_in("councillor", WARD)
    councillor.unfold("Ask a question")
    councillor.page.get_by_label("Your question").fill("Is the market behind it?")
    councillor.press("Ask the service")
    councillor.expect_words("Your question is with the service.")
    councillor.look_at_every_size()

    manager.sign_in("waste.manager")
    link = manager.page.get_by_role("link", name="Fly-tipping incidents, Bilston East, September 2017")
    expect(link).to_contain_text("a question to answer")
    link.click()
    manager.expect_heading("Wards")
    manager.page.get_by_label("Your answer").fill("No. One shop was cleared out.")
    manager.press("Send the answer")
    manager.expect_words("Your answer is sent.")
    manager.look_at_every_size()

    councillor.go("/")
    councillor.expect_words("Is the market behind it?")
    councillor.look_at_every_size()
    councillor.go(WARD)
    councillor.expect_words("The service answered on")
    councillor.press("It is settled")
    councillor.expect_words("The question is settled.")


def test_the_bi_team_doubts_and_every_part_of_data_quality_reads_well(visit: Visit, site: str) -> None:
    analyst, manager = visit(site), visit(site)
    analyst.sign_in("bi.team", "/data-quality?period=2017-09&show=checks")
    analyst.page.get_by_label("What do you doubt, and why").fill("Twice August?")
    analyst.press("Doubt it")
    analyst.expect_words("Your doubt is with the service")
    analyst.look_at_every_size()
    for part in ("came", "dimensions", "restated", "remind"):
        analyst.go(f"/data-quality?period=2017-09&show={part}")
        analyst.look_at_every_size()
    manager.sign_in("waste.manager", "/measure?measure=WCP1072")
    manager.expect_words("Twice August?")
    manager.look_at_every_size()
