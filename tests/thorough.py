"""How often what rests on chance is tried: a few times with all tests, many by `make attack` and `make faults`."""

import os

WHOLE = os.environ.get("TRIALS") == "whole"


def trials(few: int, many: int) -> int:
    return many if WHOLE else few
