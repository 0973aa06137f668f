"""Risks where figures are looked at: those of measures, and those of a part of the council with all below it.

They answer nothing to those who do not see risks, whose pages are shown without.
"""

from collections.abc import Callable, Collection

from cycle.ground.series.scoring import CORPORATE
from cycle.revise.risks import Register, list_overdue, list_register
from performance.ground.organisation import units_below
from performance.ground.people import Permission, User
from performance.revise.risks import RiskEntry


def risks_of_measures(codes: Collection[str], *, by: User) -> list[RiskEntry]:
    """Open risks of any of the measures, the highest first."""
    return _open(lambda each, _: each.risk.measure_code in codes, by)


def risks_of_scope(scope: str, codes: Collection[str], *, by: User) -> list[RiskEntry]:
    """Open risks of a scorecard's scope, the highest first: of its measures, of the unit or the node and all
    below it; of the whole council every one."""

    def belongs(each: RiskEntry, register: Register) -> bool:
        return (
            scope == CORPORATE
            or each.risk.measure_code in codes
            or each.risk.node_code in units_below(scope, register.node_parents.items())
            or register.unit_of[each.code] in units_below(scope, register.parents.items())
        )

    return _open(belongs, by)


def risks_due(*, by: User) -> list[RiskEntry]:
    """Open risks that this person keeps and that should have been looked at again by today, the highest first."""
    if not (by.may(Permission.VIEW_RISKS) and by.may(Permission.KEEP_RISKS)):
        return []
    own = by.units_where(Permission.KEEP_RISKS)
    return [each for each, unit in list_overdue(by=by) if unit in own]


def _open(belongs: Callable[[RiskEntry, Register], bool], by: User) -> list[RiskEntry]:
    if not by.may(Permission.VIEW_RISKS):
        return []
    register = list_register(by=by)
    return [each for each in register.entries if each.is_open and belongs(each, register)]
