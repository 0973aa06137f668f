"""What a query raises when exactly one row was asked for and there is none."""


class NotFoundError(LookupError):
    """There is no such thing; the message names it in the council's words."""
