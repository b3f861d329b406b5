"""How many to inspect, how soon a breach shows, how many are left. SciPy and NumPy are imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servanda.verifying.inspection import Inspection, TwoStages, chance_of_detection, false_alarms, inspect
    from servanda.verifying.remaining import ARRIVED, GONE, LEFT, REMAINING, Count, Estimate, Outlook, how_many_left
    from servanda.verifying.visits import Delay, Visit, calendar, delay

__all__ = [
    "ARRIVED",
    "GONE",
    "LEFT",
    "REMAINING",
    "Count",
    "Delay",
    "Estimate",
    "Inspection",
    "Outlook",
    "TwoStages",
    "Visit",
    "calendar",
    "chance_of_detection",
    "delay",
    "false_alarms",
    "how_many_left",
    "inspect",
]

_HOME = {
    "Inspection": "inspection",
    "TwoStages": "inspection",
    "chance_of_detection": "inspection",
    "false_alarms": "inspection",
    "inspect": "inspection",
    "ARRIVED": "remaining",
    "GONE": "remaining",
    "LEFT": "remaining",
    "REMAINING": "remaining",
    "Count": "remaining",
    "Estimate": "remaining",
    "Outlook": "remaining",
    "how_many_left": "remaining",
    "Delay": "visits",
    "Visit": "visits",
    "calendar": "visits",
    "delay": "visits",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'servanda.verifying' has no attribute {name!r}")
    return getattr(import_module(f"servanda.verifying.{_HOME[name]}"), name)
