"""For whom figures are read: whose small counts of people they see, and whether what nobody has signed off is for them
(docs/domain.md, Disclosure)."""

from dataclasses import dataclass, replace

from performance.ground.measures import Measure
from performance.ground.people import Permission, User


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What somebody may read of figures: small counts of people of the services in `units`, or of `every` one; and
    figures that are not signed off yet, if `unsigned`.

    Two people with the same `Reader` read the same, so that it stands in the key of whatever is kept for both.
    """

    units: frozenset[str] = frozenset()
    every: bool = False
    unsigned: bool = False

    def sees_small_counts(self, measure: Measure) -> bool:
        """Small counts of people are for the service that submits them and for the BI team."""
        return self.every or measure.unit_code in self.units

    def of(self, measure: Measure) -> "Reader":
        """The same as to this measure and those of its service, and shared by all who see as much of them."""
        return replace(self, units=self.units & {measure.unit_code})

    @property
    def at_large(self) -> "Reader":
        """As whoever sees the same with no service of their own: for what is one for the whole council."""
        return replace(self, units=frozenset())

    @property
    def for_everybody(self) -> "Reader":
        """Without any small count of people, whoever asks: for what is handed round."""
        return Reader(unsigned=self.unsigned)


PUBLIC = Reader()
"""Who reads what is published, and no small count of anybody."""
OFFICER = Reader(unsigned=True)
"""An officer with no service of their own: what everyone sees who may see scorecards."""
IN_FULL = Reader(every=True, unsigned=True)
"""The operator, and rules that must hold whatever the asker may see: what they find is not shown."""


def reader_of(user: User) -> Reader:
    """Whoever sees scorecards reads figures as they come in; everybody else what has been signed off."""
    every = user.may(Permission.MAINTAIN_REGISTER)
    return Reader(
        units=frozenset() if every else user.units_where(Permission.ENTER_FIGURES),
        every=every,
        unsigned=user.may(Permission.VIEW_SCORECARDS),
    )
