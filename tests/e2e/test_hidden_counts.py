"""A councillor meets a hidden number and reads why, at a desk and on a telephone."""

from tests.e2e.visitor import Visit

HIDDEN = "/wards?measure=WCP1085&period=2017-07-01/P3M&ward=E05001340"


def test_a_councillor_reads_why_a_ward_is_hidden(visit: Visit, site: str) -> None:
    councillor = visit(site)
    councillor.sign_in("councillor", HIDDEN)
    councillor.expect_heading("Wards")
    councillor.expect_words("hidden to protect people. From 1 to 4 people in a ward could be recognised")
    councillor.expect_words("A hidden number need not be a small one.")
    councillor.look_at_every_size()
