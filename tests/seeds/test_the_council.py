"""The demonstration council has everything the cycle needs, and nothing that names a person."""

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from performance.ground.measures import Accumulation, ContentKind, Perspective, Polarity
from performance.ground.organisation import AreaKind, NodeKind, UnitKind
from performance.ground.people import Role
from performance.ground.periods import Frequency, Period, YearBasis, parse_period
from performance.ground.reckoning.rag import Rag
from performance.plan.targets import check_target
from tests.seeds.conftest import COUNCIL, SEEDS, TODAY, Council, rows

# A title of a post has one of these words; a person's name has none.
POST = re.compile(
    r"Director|Head of|Manager|Officer|Analyst|Administrator|Councillor|Lead|Team|Service|Governance|Housing"
)
WARD_SETTINGS = ("ward_population", "ward_deprivation")


def test_the_register_is_read_without_a_problem(council: Council) -> None:
    assert [problem.in_words for problem in council.problems] == []


def test_the_published_figures_are_read_without_a_problem(council: Council) -> None:
    assert [problem.in_words for problem in council.published.problems] == []


def test_three_directorates_and_their_services_and_teams(council: Council) -> None:
    kinds = {unit.code: unit.kind for unit in council.register.organisation}
    counted = Counter(kinds.values())

    assert counted[UnitKind.DIRECTORATE] == 3
    assert counted[UnitKind.SERVICE] >= 12
    assert counted[UnitKind.TEAM] == 2


def test_one_service_moved_between_directorates(council: Council) -> None:
    placed = [unit for unit in council.register.organisation if unit.code == "SKILLS"]

    assert [(unit.parent_code, unit.valid_from, unit.valid_to) for unit in placed] == [
        ("PEOPLE", date(2014, 4, 1), date(2017, 3, 31)),
        ("PLACE", date(2017, 4, 1), None),
    ]


def test_three_priorities_seven_outcomes_and_their_objectives(council: Council) -> None:
    counted = Counter(node.kind for node in council.register.plan)

    assert counted[NodeKind.PRIORITY] == 3
    assert counted[NodeKind.OUTCOME] == 7
    assert counted[NodeKind.OBJECTIVE] == 21
    assert all(node.why and node.owner_role for node in council.register.plan)


def test_the_twenty_wards_the_region_and_england(council: Council) -> None:
    kinds = {area.code: area.kind for area in council.register.areas}

    assert [code for code, kind in kinds.items() if kind is AreaKind.WARD] == [
        f"E050013{number}" for number in range(21, 41)
    ]
    assert kinds["E12000005"] is AreaKind.REGION
    assert kinds["E92000001"] is AreaKind.NATION
    assert {row["ward_code"] for row in rows("illustrative_wards")} == {
        code for code, kind in kinds.items() if kind is AreaKind.WARD
    }


def test_every_kind_perspective_polarity_accumulation_and_frequency_occurs(council: Council) -> None:
    measures = council.measures.values()

    assert len(measures) >= 45
    assert {measure.content_kind for measure in measures} == set(ContentKind)
    assert min(Counter(measure.content_kind for measure in measures).values()) >= 2
    assert {measure.perspective for measure in measures} == set(Perspective)
    assert {measure.polarity for measure in measures} == set(Polarity)
    assert {measure.accumulation for measure in measures} == set(Accumulation)
    assert {measure.frequency for measure in measures} == set(Frequency)
    assert {measure.year_basis for measure in measures} == set(YearBasis)


def test_every_measure_says_what_it_is_where_it_comes_from_and_how(council: Council) -> None:
    for measure in council.measures.values():
        assert re.fullmatch(r"WCP\d{4}", measure.code)
        assert measure.definition, measure.code
        assert measure.source, measure.code
        assert measure.methodology, measure.code
        assert measure.objective_code, measure.code
        assert measure.owner_role, measure.code


def test_a_measure_without_a_target_says_why(council: Council) -> None:
    aimed = {line.target.measure_code for line in council.register.targets}
    without = [measure for code, measure in council.measures.items() if code not in aimed]

    assert without
    assert all(measure.no_target_reason for measure in without)
    assert all(measure.polarity is not Polarity.CONTEXT for code, measure in council.measures.items() if code in aimed)


def test_every_target_could_be_set_on_its_measure(council: Council) -> None:
    for line in council.register.targets:
        assert check_target(line.target, council.measures[line.target.measure_code]) == []
        assert line.rationale


def test_the_particular_cases_are_there(council: Council) -> None:
    measures = council.measures
    titles = Counter(measure.title for measure in measures.values())

    assert [title for title, times in titles.items() if times == 2] == ["Complaints answered within timescale"]
    assert measures["WCP1031"].cycle_months == 60
    assert measures["WCP1044"].may_be_negative
    assert measures["WCP1092"].active_to == date(2016, 3, 31)
    assert {code for code, measure in measures.items() if measure.breaks} == {"WCP1042", "WCP1071"}
    assert any(line.target.number == 0 for line in council.register.targets)
    assert any(line.target.bounds for line in council.register.targets)
    assert sum(measure.seasonal for measure in measures.values()) >= 3
    assert any(
        measure.methodology_reviewed_on and (TODAY - measure.methodology_reviewed_on).days > 365
        for measure in measures.values()
        if measure.is_active(Period.month(2017, 9))
    )


def test_published_measures_have_the_councils_figure_and_those_of_others(council: Council) -> None:
    of_wards = {row["value"] for row in rows("settings") if row["name"] in WARD_SETTINGS}
    codes = {code for code, measure in council.measures.items() if not measure.illustrative} - of_wards

    assert len(of_wards) == 2
    assert len(codes) >= 15
    for code in codes:
        areas = {area for measure, area in council.figures if measure == code}
        assert COUNCIL in areas
        assert len(areas) >= 10, code
    with_region_and_nation = [
        code for code in codes if {(code, "E12000005"), (code, "E92000001")} <= council.figures.keys()
    ]
    assert len(with_region_and_nation) >= 12


def test_residents_of_the_wards_add_up_to_the_citys_and_scores_of_deprivation_do_not(council: Council) -> None:
    residents, scores = (_by_area(council, name) for name in WARD_SETTINGS)

    assert residents.pop(COUNCIL) == sum(residents.values()) == 259926
    assert COUNCIL not in scores
    assert len(residents) == len(scores) == 20


def test_the_wards_facts_are_those_of_the_source(council: Council, shared_data: Path) -> None:
    """Mid-2017, and the edition of 2015 and no other."""
    residents, scores = (_by_area(council, name) for name in WARD_SETTINGS)
    del residents[COUNCIL]

    assert residents == _of_the_source(shared_data, "ward_population", "all_ages", period="mid-2017")
    assert scores == _of_the_source(shared_data, "ward_imd_2004_2019", "avg_score", edition="IMD 2015")


def _by_area(council: Council, setting: str) -> dict[str, Decimal]:
    """What the measure that the setting names says of each area, in its one period."""
    (code,) = (row["value"] for row in rows("settings") if row["name"] == setting)
    lines = [line.figure for line in council.published.lines if line.figure.measure_code == code]
    assert len({figure.period for figure in lines}) == 1
    assert council.measures[code].polarity is Polarity.CONTEXT
    return {figure.area_code: figure.value for figure in lines if figure.value is not None}


def _of_the_source(shared_data: Path, name: str, column: str, **those: str) -> dict[str, Decimal]:
    with (shared_data / "wards" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["ward_code"]: Decimal(row[column])
            for row in csv.DictReader(file)
            if all(row[key] == value for key, value in those.items())
        }


def test_case_files_are_assured_by_theme_by_use_and_by_risk(council: Council) -> None:
    """The same files are read for every theme, so no theme has more of them than were audited."""
    assured = [
        measure
        for measure in council.measures.values()
        if measure.content_kind is ContentKind.QUALITY_ASSURANCE and measure.unit_code == "CHILD"
    ]
    audited = council.figures["WCP1012", COUNCIL]

    assert [measure.code for measure in assured] == [f"WCP10{number}" for number in (12, 15, 16, 17, 18, 19)]
    for code in ("WCP1015", "WCP1016", "WCP1017", "WCP1019"):
        for period, figure in council.figures[code, COUNCIL].items():
            assert figure.denominator is not None
            assert figure.denominator <= (audited[period].denominator or 0)
    september = [council.line(measure.code, "2017-09") for measure in assured]
    assert all(isinstance(line.value, Decimal) and line.rag is not Rag.RED for line in september)


def test_nothing_published_is_known_before_it_was_due(council: Council) -> None:
    for line in council.published.lines:
        figure = line.figure
        assert council.measures[figure.measure_code].due_on(figure.period) <= TODAY, figure


def test_englands_total_of_entrants_to_youth_justice_is_no_comparator(council: Council) -> None:
    assert ("WCP1005", "E92000001") not in council.figures
    assert "3,071" in council.measures["WCP1005"].methodology


def test_a_financial_year_named_by_its_last_month_is_read_as_the_year_it_was(council: Council) -> None:
    looked_after = council.figures["WCP1001", COUNCIL]

    assert str(looked_after[Period.year(2015)].value) == "112"
    assert str(looked_after[Period.year(2016)].value) == "108"


def test_published_figures_are_the_facts_of_the_source(council: Council) -> None:
    def value(code: str, period: str, area: str = COUNCIL) -> str:
        return str(council.figures[code, area][parse_period(period)].value)

    assert value("WCP1042", "2015-09-01/P1Y") == "11.3"
    assert value("WCP1044", "2015-09-01/P1Y") == "-0.13"
    assert value("WCP1035", "2013-01-01/P3Y") == "57.7"
    assert value("WCP1074", "2015-04-01/P1Y") == "37.2"
    assert value("WCP1055", "2016-01-01/P1Y", "E92000001") == "74.2"
    assert value("WCP1006", "2016-04-01/P1Y") == "16.3"


def test_every_role_has_an_account_and_the_sign_in_page_shows_one_of_each(council: Council) -> None:
    roles = {account.username: {role for role, _ in account.roles} for account in council.register.people}
    shown = [row["username"] for row in rows("sign_in_page")]

    lasting = set(Role) - {Role.DEPUTY}  # a head names a deputy for a time, which no account brings
    assert set.union(*roles.values()) == lasting
    assert set.union(*(roles[username] for username in shown)) == lasting
    assert len(shown) == len(lasting)


def test_people_are_titles_of_posts_and_write_from_an_example_address(council: Council) -> None:
    titles = {
        *(account.name for account in council.register.people),
        *(unit.owner_role for unit in council.register.organisation),
        *(node.owner_role for node in council.register.plan),
        *(measure.owner_role for measure in council.measures.values()),
    }

    assert [title for title in titles if not POST.search(title)] == []
    assert all(account.email.endswith("@example.org") for account in council.register.people)


def test_every_file_is_utf_8_and_explained() -> None:
    explained = (SEEDS / "README.md").read_text(encoding="utf-8")

    for path in sorted(SEEDS.rglob("*.csv")):
        path.read_text(encoding="utf-8")
        assert path.relative_to(SEEDS).as_posix() in explained, path.name
