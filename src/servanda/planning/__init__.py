"""Forces in, a balanced schedule of departures out, with a certificate that knows nothing of how it was found.

Names are loaded when they are first used: the search's compiled kernel and OR-Tools take a second to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servanda.planning.best_so_far import Progress
    from servanda.planning.certificate import certify
    from servanda.planning.planner import Aim, Plan, plan
    from servanda.planning.relax import Infeasible
    from servanda.planning.section import forces_from_accord
    from servanda.planning.tables import read_exits_csv, read_forces_csv
    from servanda.planning.terms import periods_of, periods_until, withdrawal_of
    from servanda.planning.written_schedules import parse_schedule, read_schedule, schedule_json

__all__ = [
    "Aim",
    "Infeasible",
    "Plan",
    "Progress",
    "certify",
    "forces_from_accord",
    "parse_schedule",
    "periods_of",
    "periods_until",
    "plan",
    "read_exits_csv",
    "read_forces_csv",
    "read_schedule",
    "schedule_json",
    "withdrawal_of",
]

_HOME = {
    "certify": "certificate",
    "Aim": "planner",
    "Plan": "planner",
    "Progress": "best_so_far",
    "plan": "planner",
    "Infeasible": "relax",
    "parse_schedule": "written_schedules",
    "read_schedule": "written_schedules",
    "schedule_json": "written_schedules",
    "forces_from_accord": "section",
    "read_exits_csv": "tables",
    "read_forces_csv": "tables",
    "periods_of": "terms",
    "periods_until": "terms",
    "withdrawal_of": "terms",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'servanda.planning' has no attribute {name!r}")
    return getattr(import_module(f"servanda.planning.{_HOME[name]}"), name)
