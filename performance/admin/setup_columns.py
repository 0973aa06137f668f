"""The setup workbook's sheets and columns: what each is for, what it may hold, and an example of it.

One definition: the import reads by it, the empty workbook is drawn from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from performance.admin.council import WORKBOOK_SETTINGS
from performance.ground.figures import Profile
from performance.ground.measures import Accumulation, CommentaryRule, ContentKind, Perspective, Polarity, ToleranceKind
from performance.ground.organisation import ActionStatus, AreaKind, NodeKind, UnitKind
from performance.ground.people import LASTING_ROLES
from performance.ground.periods import Frequency, YearBasis

# A row whose first cell begins so is a worked example, and a sheet so named is for people: both are read past.
EXAMPLE, READ_ME = "example:", "read me"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: what goes in it in plain words, and what the worked example says.

    `choices` are the words it may hold; `codes_of` is the sheet whose first column holds the codes it may name.
    A cell that holds more than its choice (ROLE@UNIT) is `open_ended`.
    """

    name: str
    note: str
    example: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    codes_of: str = ""
    open_ended: bool = False


@dataclass(frozen=True, kw_only=True)
class SheetColumns:
    """A sheet: what it is for, and its columns in order. `added` are what exports write beside them; read past."""

    says: str
    columns: Sequence[Column]
    added: Sequence[str] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.is_required)


def is_example(first_cell: str) -> bool:
    return first_cell.strip().casefold().startswith(EXAMPLE)


def is_read_me(sheet: str) -> bool:
    return sheet.strip().casefold() == READ_ME


def _must(name: str, note: str, example: str, *, words: Iterable[str] = (), of: str = "") -> Column:
    return replace(_may(name, note, example, words=words, of=of), is_required=True)


def _may(name: str, note: str, example: str = "", *, words: Iterable[str] = (), of: str = "") -> Column:
    return Column(name=name, note=note, example=example, choices=tuple(words), codes_of=of)


_YES_NO = ("yes", "no")
_FROM = _may("valid_from", "The first day it holds, as 2018-04-01. Empty: it always did.", "2018-04-01")
_TO = _may("valid_to", "The last day it holds, as 2022-03-31. Empty: it still does.")

SETUP_SHEETS: Mapping[str, SheetColumns] = {
    "settings": SheetColumns(
        says="What the council is called, and the numbers that hold for all of it.",
        columns=(
            _must("name", "Which setting.", "council_name", words=tuple(WORKBOOK_SETTINGS)),
            _must("value", "What it is to be: a name, an area code, or a number.", "Seaborough District Council"),
        ),
    ),
    "areas": SheetColumns(
        says="The council itself, its wards, and the places it is compared with.",
        columns=(
            _must("area_code", "The area's official code (GSS), nine signs.", "E07009999"),
            _must("name", "Its name as people say it: charts and sentences use it.", "Seaborough"),
            _must("kind", "What kind of place it is. Exactly one is the council.", "council", words=AreaKind),
            _may("parent_code", "The code of the area it lies in: a ward in the council, a council in a region.",
                 "E12000009", of="areas"),
            _FROM,
            _TO,
            _may("aliases", "Other names it goes by in files, with | between them.", "Seaborough DC|Borough of Sea"),
        ),
    ),
    "organisation": SheetColumns(
        says="The council's own units: itself, directorates, services and teams.",
        columns=(
            _must("unit_code", "A short code that never changes: letters, digits, dot, dash, underscore.", "WASTE"),
            _must("name", "What the unit is called.", "Waste and recycling"),
            _must("kind", "What kind of unit it is. Exactly one is the council.", "service", words=UnitKind),
            _may("parent_code", "The code of the unit it belongs to. Empty only for the council.", "PLACE",
                 of="organisation"),
            _may("owner_role", "The role that answers for it: a title, never a person's name.", "Head of Waste"),
            _FROM,
            _TO,
        ),
    ),
    "plan": SheetColumns(
        says="The Corporate Plan: priorities, their outcomes, their objectives, and the plans of services below.",
        columns=(
            _must("node_code", "A short code for this line of the plan.", "OB1.2"),
            _must("title", "Its wording in the plan.", "Streets that people are proud of"),
            _must("kind", "Where it stands in the golden thread.", "objective", words=NodeKind),
            _may("parent_code", "The code of what it serves: an objective its outcome, an outcome its priority.",
                 "OC1", of="plan"),
            _may("unit_code", "The unit that answers for it.", "WASTE", of="organisation"),
            _may("owner_role", "The role that owns it: a title, never a person's name.", "Head of Waste"),
            _may("why", "Why it matters, in a sentence or two.", "Clean streets are what residents ask for first."),
            _may("evidence", "Codes of measures that show why, with | between them.", "SEA01"),
            _may("lessons", "What was learnt from the plan before.", "Two smaller rounds did better than one large."),
            _may("reviewed_on", "The day the plan was last reviewed, as 2019-01-31.", "2019-01-31"),
            _may("order", "A number: smaller stands higher among its neighbours.", "2"),
            _FROM,
            _TO,
        ),
    ),
    "comparator_groups": SheetColumns(
        says="Groups of councils that measures are compared with, a row for each council in a group.",
        columns=(
            _must("group_name", "What the group is called.", "Nearest neighbours"),
            _must("area_code", "The code of a council in it.", "E07009999", of="areas"),
            _may("rank", "1 for the most similar, then 2, 3 and so on.", "1"),
            _FROM,
            _TO,
        ),
    ),
    "measures": SheetColumns(
        says="What is measured, how, and who answers for it.",
        columns=(
            _must("measure_code", "A short code that never changes.", "SEA01"),
            _must("title", "What is measured, in words a resident understands.", "Household waste recycled"),
            _must("unit", "percent, number, pounds, days, years, score, per 1,000, per 10,000, per 100,000; or any "
                  "other text.", "percent"),
            _must("polarity", "What is good: higher, lower, within a range, context (neither), or a rise that is "
                  "wanted though it looks bad.", "higher", words=Polarity),
            _must("accumulation", "in_period: each period by itself. cumulative: a running total. snapshot: on a day. "
                  "rolling: over the months before.", "in_period", words=Accumulation),
            _must("frequency", "How often a figure is due.", "monthly", words=Frequency),
            _must("organisation_unit", "The unit that reports it.", "WASTE", of="organisation"),
            _may("objective", "The line of the plan it hangs on.", "OB1.2", of="plan"),
            _may("multiplier", "What numerator / denominator is multiplied by. Empty: 100 for percent, N for per N, "
                 "else 1.", "100"),
            _may("decimals", "How many decimal places are shown, 0 to 6.", "1"),
            _may("definition", "What it means, in a sentence.", "Of household waste, the share sent for recycling."),
            _may("numerator_definition", "What is counted: the numerator.", "Tonnes sent for recycling"),
            _may("denominator_definition", "What it is divided by: the denominator. With one, the measure is a ratio.",
                 "Tonnes of household waste"),
            _may("polarity_note", "Why high or low is good, where people would ask.", ""),
            _may("is_share", "yes where the numerator is part of the denominator.", "yes", words=_YES_NO),
            _may("may_be_negative", "yes where a figure below 0 can be right.", "no", words=_YES_NO),
            _may("year_basis", "Which year it runs by.", "financial", words=YearBasis),
            _may("cycle_months", "After how many months a running total starts anew. Empty: 12.", "12"),
            _may("content_kind", "What kind of measure it is.", "corporate_plan", words=ContentKind),
            _may("perspective", "Its place on the balanced scorecard.", "customer", words=Perspective),
            _may("owner_role", "The role that answers for it: a title, never a person's name.", "Head of Waste"),
            _may("tolerance", "How far off target is still amber. Empty: the council's own default.", "3"),
            _may("tolerance_kind", "Whether the tolerance is percent of the target or absolute, in the unit.",
                 "percent", words=ToleranceKind),
            _may("counts_people", "yes where it counts people: small numbers are then hidden.", "no", words=_YES_NO),
            _may("seasonal", "yes where months are compared with the same month last year.", "yes", words=_YES_NO),
            _may("meaningful_change", "The smallest change worth calling one, in the unit.", "0.5"),
            _may("lag_days", "How many days after the period's end the figure is due.", "30"),
            _may("source", "Where the figures come from.", "Weighbridge records"),
            _may("collection_method", "How they are collected.", "Monthly extract from the weighbridge"),
            _may("rationale", "Why this is measured.", "Recycling costs less than disposal."),
            _may("formula", "How it is worked out, in words.", "Tonnes recycled / tonnes collected x 100"),
            _may("quality_notes", "What a reader should know about the data.", "January is provisional until March."),
            _may("target_basis", "How its targets are chosen.", "Best quarter of similar councils"),
            _may("methodology", "Anything more about the method.", ""),
            _may("methodology_reviewed_on", "The day the method was last reviewed.", "2018-05-31"),
            _may("statutory_reference", "Its number in national lists.", "NI 192"),
            _may("comparator_group", "The group it is compared with.", "Nearest neighbours", of="comparator_groups"),
            _may("no_target_reason", "Why it has no target, where it has none.", ""),
            _may("active_from", "The first day it is asked for.", "2018-04-01"),
            _may("active_to", "The last day it is asked for. Empty: it still is.", ""),
            _may("replaces", "The code of the measure it took the place of.", "", of="measures"),
            _may("illustrative", "yes where its figures are invented, as in a demonstration.", "no", words=_YES_NO),
            _may("commentary_rule", "When its owner is asked to say why. red_or_change: when red, or when the process "
                 "really changed. off_target_or_change: amber too. change: only then. never: not asked. Empty: "
                 "red_or_change.", "red_or_change", words=CommentaryRule),
            _may("median_of", "The code of the measure whose mean this is the median of: they are shown side by side.",
                 "", of="measures"),
        ),
    ),
    "series_breaks": SheetColumns(
        says="Days on which a measure began to be counted differently, so that before and after do not compare.",
        columns=(
            _must("measure_code", "The measure.", "SEA01", of="measures"),
            _must("on", "The first day of the new way.", "2018-10-01"),
            _must("reason", "What changed, in a sentence: it stands under the chart.", "Street sweepings left out"),
        ),
    ),
    "targets": SheetColumns(
        says="Targets already agreed, for a month, a quarter or a whole year.",
        columns=(
            _must("measure_code", "The measure.", "SEA01", of="measures"),
            _must("area_code", "The place: usually the council.", "E07009999", of="areas"),
            _must("period", "2019/20, Q1 2019/20, 2019-06, or 2019-04-01/P1Y.", "2019/20"),
            _may("target", "The number to reach. Empty where lower and upper are given.", "48"),
            _may("lower", "For a measure within a range: the lower end.", ""),
            _may("upper", "For a measure within a range: the upper end.", ""),
            _may("profile", "How a year's target falls on its months.", "flat", words=Profile),
            _may("rationale", "Why this target.", "Two points above last year"),
        ),
        added=("revision", "effective_from", "proposed_by", "decided_by", "decided_at"),
    ),
    "actions": SheetColumns(
        says="What is being done, for a line of the plan or for a measure.",
        columns=(
            _may("node_code", "The line of the plan it serves. Give this or a measure.", "OB1.2", of="plan"),
            _may("measure_code", "The measure it is to move. Give this or a line of the plan.", "", of="measures"),
            _must("action", "What will be done.", "New food waste round in the north"),
            _may("responsible_role", "The role that does it: a title, never a person's name.", "Collections Manager"),
            _may("result", "What is expected of it.", "Two points more recycling"),
            _may("starts_on", "Its first day.", "2019-04-01"),
            _may("ends_on", "The day it is to be done by.", "2019-09-30"),
            _may("resources", "What it needs.", "One vehicle, three crew"),
            _may("status", "Where it stands.", "not_started", words=ActionStatus),
        ),
    ),
    "risks": SheetColumns(
        says="What could go wrong.",
        columns=(
            _must("risk_code", "A short code.", "RK01"),
            _must("title", "The risk in a few words.", "Recycling market falls"),
            _may("cause", "What could bring it about.", "Fewer buyers for paper"),
            _may("event", "What would happen.", "Loads are turned away"),
            _may("effect", "What that would do.", "Recycling falls and costs rise"),
            _may("likelihood", "From 1, rare, to 5, almost certain.", "3"),
            _may("impact", "From 1, slight, to 5, severe.", "3"),
            _may("owner_role", "The role that owns it: a title, never a person's name.", "Head of Waste"),
            _may("node_code", "The line of the plan it threatens.", "OB1.2", of="plan"),
            _may("measure_code", "The measure it threatens.", "SEA01", of="measures"),
            _may("mitigation", "What is done about it.", "Two-year contract with a fixed price"),
        ),
    ),
    "people": SheetColumns(
        says="Accounts to make. Each person then gets a first password from an administrator.",
        columns=(
            _must("username", "What they sign in with.", "waste.manager"),
            _must("name", "How the app names them.", "Waste Services Manager"),
            _may("email", "Where they can be written to.", "waste.manager@example.org"),
            Column(name="roles", note="ROLE@UNIT: pick the role, then type the unit's code. Several with | between.",
                   example="service_manager@WASTE", open_ended=True,
                   choices=tuple(f"{role}@" for role in LASTING_ROLES)),
            _may("manager", "The username of their manager, who reads the objectives they note for themselves."),
        ),
    ),
}  # fmt: skip
