"""What `plan` shows for the table of negotiation: what if, what a month buys, who should go first."""

from __future__ import annotations

import json as json_
from typing import TYPE_CHECKING

from servanda.cli.output import console, emit, page
from servanda.core.problems import ServandaError
from servanda.dossier import planning as door
from servanda.publishing.schedule_table import amount

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from rich.console import Console

    from servanda.core.forces import Measure, Order, Withdrawal
    from servanda.core.schedules import Moment
    from servanda.dossier.planning import FirstMove, Outcome, Plan, WhatIf

_WAYS = (
    ("regardless", "both go on by their dates"),
    ("released", "each waits to be released"),
    ("anew", "planned anew"),
)


def _working(words: str, number: int) -> None:
    """A line on the error stream, so that nobody waits in silence."""
    screen = console(stderr=True)
    if screen.is_terminal:
        screen.print(f"{words}: {number}", markup=False)


def show_what_ifs(
    base: Plan, suppositions: list[str], time_limit: float | None, seed: int, *, json: bool, output: Path | None
) -> None:
    """The plan and each supposition side by side."""
    found = []
    for number, text in enumerate(suppositions, 1):
        _working(f"what if {text}, of {len(suppositions)}", number)
        found.append(door.suppose(base, text, time_limit=time_limit, seed=seed))
    if json:
        values = {"base": _plan_values(base), "what_if": [_what_if_values(each) for each in found]}
        emit(json_.dumps(values, ensure_ascii=False, indent=1), output)
        return
    from rich.table import Table

    measure, schedule = base.schedule.measure, base.schedule
    table = Table(box=None, pad_edge=False)
    for name in ("", "exposure", "against the plan", "worst moment", "ends", "what changes"):
        table.add_column(name)
    table.add_row(
        "as planned",
        amount(schedule.exposure, measure),
        "",
        _worst(base.certificate.worst),
        _end(base, schedule.completion),
        "",
    )
    total = sum(force.count for force in base.task.leaving)
    for each in found:
        table.add_row(f"what if {each.supposition.words}", *[""] * 5)
        for name, words in _WAYS:
            outcome: Outcome | None = getattr(each, name)
            if outcome is None:
                table.add_row(f"  {words}", "impossible", "", "", "", each.why_not)
                continue
            change = [outcome.note] if outcome.note else []
            if outcome.behind:
                change.insert(0, f"{outcome.behind} of {total} units stay behind")
            if name == "anew":
                change.insert(0, f"{each.shifted} of {total} units leave at another time or by another exit")
            table.add_row(
                f"  {words}",
                amount(outcome.exposure, measure),
                _more(outcome.exposure - schedule.exposure, measure),
                _worst(outcome.worst),
                _end(base, outcome.completion),
                "; ".join(change),
            )
    with page(output) as screen:
        screen.print(table)


def _more(change: Fraction, measure: Measure) -> str:
    return "the same" if not change else f"{'+' if change > 0 else '−'}{amount(abs(change), measure)}"


def _worst(moments: tuple[Moment, ...]) -> str:
    if not moments:
        return ""
    moment = max(moments, key=lambda each: each.exposure)
    return f"{moment.side} in period {moment.period}, {moment.dimension}"


def _end(base: Plan, completion: int | None) -> str:
    if completion is None:
        return "does not end"
    change = completion - base.schedule.completion
    late = f" ({change:+d})" if change else ""
    days = {period.number: period.last for period in base.schedule.periods}
    day = days.get(completion)
    return f"period {completion}{late}" + (f", {day.isoformat()}" if day else "")


def _plan_values(base: Plan) -> dict[str, object]:
    return {
        "exposure": str(base.schedule.exposure),
        "bound": str(base.schedule.bound),
        "completion": base.schedule.completion,
        "worst": _moment_values(base.certificate.worst),
    }


def _what_if_values(found: WhatIf) -> dict[str, object]:
    values: dict[str, object] = {"what_if": found.supposition.words}
    for name, _ in _WAYS:
        outcome: Outcome | None = getattr(found, name)
        values[name] = outcome and {
            "exposure": str(outcome.exposure),
            "completion": outcome.completion,
            "behind": outcome.behind,
            "worst": _moment_values(outcome.worst),
            "note": outcome.note,
        }
    return values | {"why_not": found.why_not, "shifted": found.shifted}


def _moment_values(moments: tuple[Moment, ...]) -> list[dict[str, object]]:
    return [
        {
            "side": moment.side,
            "period": moment.period,
            "half": moment.half,
            "dimension": moment.dimension,
            "exposure": str(moment.exposure),
        }
        for moment in moments
    ]


def show_front(
    task: Withdrawal, order: Order, measure: Measure, time_limit: float | None, *, json: bool, output: Path | None
) -> None:
    """How much exposure each further period saves."""
    _working("planning for each number of periods up to", len(task.periods))
    trades = door.trade_off(task, order=order, measure=measure, time_limit=time_limit or 2.0)
    if not trades:
        raise ServandaError("no schedule was found for any length", "widen the exits, or allow more periods")
    if json:
        values = [
            {"periods": trade.periods, "exposure": str(trade.exposure), "bound": str(trade.bound)} for trade in trades
        ]
        emit(json_.dumps({"front": values}, indent=1), output)
        return
    lines = []
    before = None
    for trade in trades:
        saved = "" if before is None else f", {amount(before - trade.exposure, measure)} less"
        end = task.periods[trade.periods - 1].last if trade.periods <= len(task.periods) else None
        day = f" (until {end.isoformat()})" if end else ""
        lines.append(f"{trade.periods:>3} periods{day}: exposure {amount(trade.exposure, measure)}{saved}")
        before = trade.exposure
    emit("\n".join(lines), output)


def print_first_moves(screen: Console, base: Plan) -> None:
    """Which force, moved first, lowers the exposure of the rest most, and whether any does."""
    moves = _first_moves(base)
    for move in moves:
        change = _more(move.change, base.schedule.measure)
        screen.print(f"{move.force} first: {amount(move.exposure, base.schedule.measure)} ({change})", markup=False)
    if not moves:
        words = "no force can go first: each is all that its side has, or leaves a rest that cannot be planned"
        screen.print(words, markup=False)
    elif all(move.change >= 0 for move in moves):
        screen.print("nothing helps: no force, moved first, lowers the exposure", markup=False)


def emit_first_moves(base: Plan, output: Path | None) -> None:
    """The same as JSON."""
    values = [
        {"force": move.force, "exposure": str(move.exposure), "change": str(move.change)} for move in _first_moves(base)
    ]
    emit(json_.dumps({"exposure": str(base.schedule.exposure), "first": values}, indent=1), output)


def _first_moves(base: Plan) -> tuple[FirstMove, ...]:
    _working("forces to try, at most", 12)
    return door.first_moves(base)
