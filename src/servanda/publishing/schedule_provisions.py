"""A schedule as provisions of an accord: staged and reciprocal, so that `status` tracks each tranche."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from servanda.core.forces import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servanda.core.forces import Force, Withdrawal
    from servanda.core.schedules import Move, Schedule

INSTRUMENT = "withdrawal-schedule"


def schedule_provisions(
    schedule: Schedule,
    task: Withdrawal,
    *,
    title: str = "Schedule of mutual withdrawal",
    parties: Mapping[str, str] | None = None,
    verifier: str | None = None,
) -> str:
    """YAML text of an accord with one tentative instrument, which the accord's loader accepts as it is.

    Each owner of forces (the side, where no owner is given) owes one provision; each of its tranches is a stage with
    its day and its number, released by the verified stage of the other side that the schedule waits for. `parties` maps
    names of owners to ids that an accord has already; the others are declared in the text.
    """
    known = dict(parties or {})
    owed = _owed(schedule, task)
    names = dict.fromkeys(name for name, _ in owed)
    ids = {name: known.get(name) or _slug(name) for name in names}
    side_of = {_debtor(force, task): force.side for force in task.leaving}
    provisions = {name: f"{ids[name]}-withdraws" for name in names}
    stages = {name: sorted({period for owner, period in owed if owner == name}) for name in names}
    lines = [f"accord: {_quoted(title)}", "parties:"]
    for name in names:
        if name not in known:
            lines.append(f"  {ids[name]}: {{name: {_quoted(name)}, side: {_quoted(_slug(side_of[name]))}}}")
    if verifier is not None:
        lines.append(f"  {_slug(verifier)}: {{name: {_quoted(verifier)}}}")
    if lines[-1] == "parties:":
        lines.pop()
    lines += ["instruments:", f"  - id: {INSTRUMENT}", f"    title: {_quoted(title)}", "    status: tentative"]
    first = schedule.periods[0].first
    if first is not None:
        lines.append(f"    signed: {first.isoformat()}")
    if verifier is not None:
        lines.append(f"    verifier: {_slug(verifier)}")
    lines.append("    provisions:")
    for name in names:
        total = sum(move.count for period in stages[name] for move in owed[name, period])
        words = f"{name} withdraws {total} in {len(stages[name])} tranches, as the other side does."
        lines += [
            f"      - id: {provisions[name]}",
            f"        text: {_quoted(words)}",
            f"        debtors: [{ids[name]}]",
            "        action: withdraw",
            f"        quantity: {total} units",
            "        stages:",
        ]
        for period in stages[name]:
            lines.append(_stage(schedule, task, name, period, owed[name, period], side_of, provisions, stages))
    return "\n".join(lines) + "\n"


def provision_of(task: Withdrawal) -> dict[str, str]:
    """For each force that leaves, the id of the provision by which its departure is owed."""
    return {force.id: f"{_slug(_debtor(force, task))}-withdraws" for force in task.leaving}


def _owed(schedule: Schedule, task: Withdrawal) -> dict[tuple[str, int], list[Move]]:
    forces = {force.id: force for force in task.forces}
    owed: dict[tuple[str, int], list[Move]] = defaultdict(list)
    for move in schedule.moves:
        force = forces[move.force]
        owed[_debtor(force, task), move.period].append(move)
    return owed


def _debtor(force: Force, task: Withdrawal) -> str:
    """The owner; with its side, where it has forces on both; the side, where no owner is given."""
    if not force.owner:
        return force.side
    sides = {other.side for other in task.leaving if other.owner == force.owner}
    return force.owner if len(sides) == 1 else f"{force.owner} ({force.side})"


def _stage(
    schedule: Schedule,
    task: Withdrawal,
    name: str,
    period: int,
    moves: list[Move],
    side_of: dict[str, str],
    provisions: dict[str, str],
    stages: dict[str, list[int]],
) -> str:
    forces = {force.id: force for force in task.forces}
    words = "; ".join(
        f"{move.count} of {move.force}"
        + (f" from {forces[move.force].site}" if forces[move.force].site else "")
        + (f" through {move.exit}" if move.exit else "")
        for move in moves
    )
    last = schedule.periods[period - 1].last
    parts = [f"text: {_quoted(words)}", f"quantity: {sum(move.count for move in moves)} units"]
    parts.append(f"deadline: {last.isoformat()}" if last else f"deadline: {{none: {_quoted(f'period {period}')}}}")
    waits = schedule.lag + (1 if schedule.order is Order.SIMULTANEOUS or moves[0].half == 1 else 0)
    releases = []
    for other in provisions:
        if side_of[other] != side_of[name]:
            before = sum(1 for each in stages[other] if each <= period - waits)
            if before:
                releases.append(f"{{fulfilled: {provisions[other]}, stage: {before}, verified: true}}")
    if releases:
        parts.append(f"after: [{', '.join(releases)}]")
    return "          - {" + ", ".join(parts) + "}"


def _quoted(text: str) -> str:
    """A double-quoted YAML scalar: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "party"
