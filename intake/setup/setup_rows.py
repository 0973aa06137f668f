"""Rows of the setup workbook about places, people and the plan."""

from intake.files.cells import Cells
from intake.files.tables import Table
from performance.admin.council import WORKBOOK_SETTINGS, SettingError, checked_setting
from performance.ground.incoming import AccountLine, Known, SettingLine
from performance.ground.organisation import (
    Action,
    ActionStatus,
    Area,
    AreaKind,
    ComparatorMembership,
    NodeKind,
    PlanNode,
    Risk,
    Unit,
    UnitKind,
)
from performance.ground.people import LASTING_ROLES, Role


class Codes:
    """The codes that rows may refer to: those the database knows and those of the sheets themselves."""

    def __init__(self, known: Known) -> None:
        self.measures = dict(known.measures)
        self._known: dict[str, set[str]] = {
            "areas": set(known.areas),
            "organisation": set(known.unit_codes),
            "plan": set(known.node_codes),
            "comparator_groups": set(known.group_names),
            "measures": set(known.measures),
        }

    def add(self, sheet: str, table: Table) -> None:
        """Take in the codes of a sheet about to be read, so that its rows may refer to each other."""
        if sheet in self._known:
            self._known[sheet] |= {row.cells.get(table.columns[0], "").strip() for row in table.rows} - {""}

    def of(self, sheet: str) -> set[str]:
        return self._known[sheet]


def read_setting(cells: Cells, codes: Codes) -> SettingLine:
    """A setting and its value; the council's own area is one of the areas."""
    name = cells.plain("name").casefold().replace(" ", "_")
    if name not in WORKBOOK_SETTINGS:
        cells.object("name", f'"{cells.plain("name")}" is not a setting. Settings are: {", ".join(WORKBOOK_SETTINGS)}.')
        return SettingLine(name=name, value="")
    if name == "council_area":
        return SettingLine(name=name, value=cells.code("value", known=codes.of("areas"), where="list of areas"))
    try:
        return SettingLine(name=name, value=checked_setting(name, cells.text("value")))
    except SettingError as fault:
        cells.object("value", str(fault))
        return SettingLine(name=name, value="")


def read_area(cells: Cells, codes: Codes) -> Area:
    valid_from, valid_to = cells.days()
    return Area(
        code=cells.code("area_code"),
        name=cells.text("name", needed=True),
        kind=cells.choice("kind", AreaKind),
        parent_code=optional(cells, "parent_code", codes, "areas"),
        valid_from=valid_from,
        valid_to=valid_to,
        aliases=_parts(cells.text("aliases")),
    )


def read_unit(cells: Cells, codes: Codes) -> Unit:
    valid_from, valid_to = cells.days()
    kind = cells.choice("kind", UnitKind)
    parent = optional(cells, "parent_code", codes, "organisation")
    if (kind is UnitKind.COUNCIL) is not (parent is None) and not cells.problems:
        cells.object("parent_code", "The council has no parent, and every other unit has one.")
    return Unit(
        code=cells.code("unit_code"),
        name=cells.text("name", needed=True),
        kind=kind,
        parent_code=parent,
        owner_role=cells.text("owner_role"),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def read_node(cells: Cells, codes: Codes) -> PlanNode:
    valid_from, valid_to = cells.days()
    return PlanNode(
        code=cells.code("node_code"),
        title=cells.text("title", needed=True),
        kind=cells.choice("kind", NodeKind),
        parent_code=optional(cells, "parent_code", codes, "plan"),
        unit_code=optional(cells, "unit_code", codes, "organisation"),
        owner_role=cells.text("owner_role"),
        why=cells.text("why"),
        evidence=_several(cells, "evidence", codes, "measures"),
        lessons=cells.text("lessons"),
        reviewed_on=cells.day("reviewed_on"),
        position=cells.whole("order", default=0, low=0, high=100_000) or 0,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def read_membership(cells: Cells, codes: Codes) -> ComparatorMembership:
    valid_from, valid_to = cells.days()
    group = cells.text("group_name", needed=True)
    if len(group) > 80:
        cells.object("group_name", "The name of a group has 80 characters at most.")
    return ComparatorMembership(
        group_name=group,
        area_code=cells.code("area_code", known=codes.of("areas"), where="list of areas"),
        rank=cells.whole("rank", default=None, low=1, high=1000),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def read_action(cells: Cells, codes: Codes) -> Action:
    starts_on, ends_on = cells.days("starts_on", "ends_on")
    node = optional(cells, "node_code", codes, "plan")
    measure = optional(cells, "measure_code", codes, "measures")
    if node is None and measure is None and not cells.problems:
        cells.object("node_code", "An action belongs to a node of the plan or to a measure. Give one of them.")
    return Action(
        id=0,
        node_code=node,
        measure_code=measure,
        action=cells.text("action", needed=True),
        responsible_role=cells.text("responsible_role"),
        result=cells.text("result"),
        starts_on=starts_on,
        ends_on=ends_on,
        resources=cells.text("resources"),
        status=cells.choice("status", ActionStatus, ActionStatus.NOT_STARTED),
    )


def read_risk(cells: Cells, codes: Codes) -> Risk:
    return Risk(
        code=cells.code("risk_code"),
        title=cells.text("title", needed=True),
        cause=cells.text("cause"),
        event=cells.text("event"),
        effect=cells.text("effect"),
        likelihood=cells.whole("likelihood", default=None, low=1, high=5),
        impact=cells.whole("impact", default=None, low=1, high=5),
        owner_role=cells.text("owner_role"),
        node_code=optional(cells, "node_code", codes, "plan"),
        measure_code=optional(cells, "measure_code", codes, "measures"),
        mitigation=cells.text("mitigation"),
    )


def read_account(cells: Cells, codes: Codes) -> AccountLine:
    username = cells.plain("username").lower()
    if not username or len(username) > 80:
        cells.object("username", "username is empty or longer than 80 characters.")
    roles = [_role(cells, part, codes) for part in cells.plain("roles").split("|") if part.strip()]
    return AccountLine(
        username=username,
        name=cells.text("name", needed=True),
        email=cells.text("email"),
        roles=tuple(role for role in roles if role),
        manager=cells.plain("manager").lower(),
    )


def _role(cells: Cells, text: str, codes: Codes) -> tuple[Role, str] | None:
    role, _, unit = text.strip().partition("@")
    if role not in LASTING_ROLES or unit not in codes.of("organisation"):
        cells.object("roles", f'"{text.strip()}" is not ROLE@UNIT. Roles are: {", ".join(LASTING_ROLES)}.')
        return None
    return Role(role), unit


def optional(cells: Cells, column: str, codes: Codes, sheet: str) -> str | None:
    """A code that may be left empty, and is otherwise one of the sheet's or the database's."""
    return cells.code(column, known=codes.of(sheet), where=f"sheet {sheet}", required=False) or None


def _several(cells: Cells, column: str, codes: Codes, sheet: str) -> tuple[str, ...]:
    """Codes that are the sheet's or the database's, with | between them."""
    found = _parts(cells.text(column))
    for code in found:
        if code not in codes.of(sheet):
            cells.object(column, f'There is no "{code}" in the sheet {sheet} or in the register.')
    return found


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
