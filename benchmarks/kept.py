"""What was measured, as JSON beside the table that is read, for whoever compares one run with another; and how a run
ends."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from settings import ROOT

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def keep(name: str, rows: Sequence["DataclassInstance"], **more: Any) -> None:
    """Write var/benchmarks/NAME.json and say so: the rows under `rows`, and whatever else was measured."""
    path = ROOT / "var" / "benchmarks" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"rows": [asdict(row) for row in rows], **more}, indent=1) + "\n")
    print(f"\nThe same as JSON: {path.relative_to(ROOT)}")


def end(outside: Sequence[str]) -> None:
    """Say what lies outside what is aimed at, once everything is measured: then the run ends as one that failed."""
    if outside:
        print(f"Outside what is aimed at, {len(outside)}: {'; '.join(outside)}.", flush=True)
        raise SystemExit(1)
    print("All of it is within what is aimed at.", flush=True)
