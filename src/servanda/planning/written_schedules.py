"""Schedules as JSON: written by the planner, read by the certifier, and by whoever wants to check by other means."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from servanda.core.forces import Measure, Order, Period
from servanda.core.problems import Location, Problem, ProblemsFound, ServandaError
from servanda.core.schedules import Move, Schedule

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_FRACTION = 4000


def schedule_json(schedule: Schedule) -> dict[str, object]:
    """The schedule as plain values. Fractions are strings, exact; `materiality` appears where it is not the default."""
    found: dict[str, object] = {
        "order": str(schedule.order),
        "measure": str(schedule.measure),
        "lag": schedule.lag,
        "periods": [
            {
                "n": period.number,
                "from": period.first.isoformat() if period.first else None,
                "to": period.last.isoformat() if period.last else None,
            }
            for period in schedule.periods
        ],
        "moves": [
            {"period": move.period, "half": move.half, "force": move.force, "count": move.count, "exit": move.exit}
            for move in schedule.moves
        ],
        "exposure": str(schedule.exposure),
        "bound": str(schedule.bound),
    }
    if schedule.materiality is not None:
        found["materiality"] = str(schedule.materiality)
    if schedule.tolerance is not None:
        found["tolerance"] = str(schedule.tolerance)
    return found


def read_schedule(path: Path) -> Schedule:
    """A schedule from a JSON file.

    Raises:
        ProblemsFound: every part that is missing or of the wrong kind.
        ServandaError: the file cannot be read, or is no JSON.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ServandaError(f"{path} cannot be read ({error.strerror})", "name a schedule that exists") from None
    except UnicodeDecodeError:
        raise ServandaError(f"{path} is not UTF-8 text", "name a schedule that `plan --json` wrote") from None
    return parse_schedule(text, str(path))


def parse_schedule(text: str, file: str = "schedule") -> Schedule:
    """A schedule from JSON text. See `read_schedule`."""
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        problem = Problem(Location(file, line), "this is not JSON", "name a schedule that `plan --json` wrote", "json")
        raise ProblemsFound((problem,)) from None
    reader = _Reader(file)
    schedule = reader.schedule(found)
    if reader.problems or schedule is None:
        raise ProblemsFound(tuple(reader.problems))
    return schedule


class _Reader:
    """Reads plain values; what is wrong with them is gathered in `problems`."""

    def __init__(self, file: str) -> None:
        self.at = Location(file, 1)
        self.problems: list[Problem] = []

    def problem(self, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.at, what, remedy, "schedule"))

    def schedule(self, found: Any) -> Schedule | None:
        if not isinstance(found, dict):
            self.problem("the schedule is not an object", "name a schedule that `plan --json` wrote")
            return None
        needed = ("order", "measure", "lag", "periods", "moves", "exposure", "bound")
        for key in needed:
            if key not in found:
                self.problem(f"{key!r} is missing", f"a schedule has {', '.join(needed)}")
        if self.problems:
            return None
        order = self._one_of("order", found["order"], tuple(Order))
        measure = self._one_of("measure", found["measure"], tuple(Measure))
        lag = self._whole("lag", found["lag"], 0)
        periods = tuple(
            self._period(index, entry) for index, entry in enumerate(self._entries("periods", found["periods"]), 1)
        )
        moves = tuple(self._move(index, entry) for index, entry in enumerate(self._entries("moves", found["moves"]), 1))
        exposure, bound = self._fraction("exposure", found["exposure"]), self._fraction("bound", found["bound"])
        extra = {
            key: self._fraction(key, found[key]) for key in ("materiality", "tolerance") if found.get(key) is not None
        }
        if self.problems:
            return None
        return Schedule(
            Order(order),
            Measure(measure),
            lag,
            periods,
            moves,
            exposure,
            bound,
            extra.get("materiality"),
            extra.get("tolerance"),
        )

    def _entries(self, key: str, found: Any) -> list[dict[str, Any]]:
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            self.problem(f"{key!r} is not a list of objects", "name a schedule that `plan --json` wrote")
            return []
        return found

    def _one_of(self, key: str, found: Any, allowed: tuple[str, ...]) -> str:
        if found not in allowed:
            self.problem(f"{key} is {found!r}", f"use one of {', '.join(allowed)}")
            return allowed[0]
        return str(found)

    def _whole(self, key: str, found: Any, least: int) -> int:
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            self.problem(f"{key} is {found!r}", f"write a whole number from {least} on")
            return least
        return found

    def _text(self, key: str, found: Any) -> str:
        if not isinstance(found, str):
            self.problem(f"{key} is {found!r}", "write text")
            return ""
        return found

    def _fraction(self, key: str, found: Any) -> Fraction:
        if isinstance(found, str) and len(found) <= LONGEST_FRACTION and "e" not in found.casefold():
            try:
                return Fraction(found)
            except (ValueError, ZeroDivisionError):
                pass
        self.problem(f"{key} is {found!r}", "write an exact fraction as text, such as '1/13'")
        return Fraction(0)

    def _day(self, key: str, found: Any) -> date | None:
        if found is None:
            return None
        try:
            return date.fromisoformat(found)
        except (TypeError, ValueError):
            self.problem(f"{key} is {found!r}", "write a day such as 2021-10-08, or null")
            return None

    def _period(self, index: int, found: dict[str, Any]) -> Period:
        where = f"period {index}: "
        return Period(
            self._whole(where + "n", found.get("n"), 1),
            self._day(where + "from", found.get("from")),
            self._day(where + "to", found.get("to")),
        )

    def _move(self, index: int, found: dict[str, Any]) -> Move:
        where = f"move {index}: "
        return Move(
            self._whole(where + "period", found.get("period"), 1),
            self._whole(where + "half", found.get("half"), 1),
            self._text(where + "force", found.get("force")),
            self._whole(where + "count", found.get("count"), 1),
            self._text(where + "exit", found.get("exit", "")),
        )
