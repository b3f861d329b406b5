"""The certificate: an exact check of a schedule that knows nothing of how the schedule was found.

Only `core` is imported: not a line is shared with the search. All arithmetic is in integers and fractions.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from servanda.core.dates import Duration
from servanda.core.forces import DEFAULT_MATERIALITY, Measure, Order
from servanda.core.schedules import Certificate, Moment

if TYPE_CHECKING:
    from servanda.core.forces import Dimension, Force, Withdrawal
    from servanda.core.schedules import Move, Schedule

MOST_FINDINGS = 50
MONTH = Duration(months=1)


def certify(schedule: Schedule, task: Withdrawal) -> Certificate:
    """Check every count, exit, date and rule of the schedule, and every side's exposure at every moment.

    The schedule is valid where nothing is wrong and the exposure found is at most the one that it claims (and at most
    its tolerance). Exposure of a side at a moment is what it has given up by then, less what is verified as given up
    by the other side, should that one stop right there.
    """
    findings = [
        *_terms(schedule, task),
        *_periods(schedule, task),
        *_counts(schedule, task),
        *_halves(schedule, task),
        *_exits(schedule, task),
        *_rules(schedule, task),
    ]
    moments = exposures(schedule, task)
    worst = tuple(
        max((moment for moment in moments if moment.side == side), key=lambda moment: moment.exposure)
        for side in task.sides
        if any(moment.side == side for moment in moments)
    )
    exposure = max((moment.exposure for moment in worst), default=Fraction(0))
    if exposure > schedule.exposure:
        at = max(worst, key=lambda moment: moment.exposure)
        findings.append(
            f"{at.side} is exposed by {_shown(exposure)} in period {at.period} ({at.dimension}), "
            f"which is more than the {_shown(schedule.exposure)} that the schedule claims"
        )
    if schedule.tolerance is not None and exposure > schedule.tolerance:
        findings.append(f"the exposure {_shown(exposure)} is above the tolerance {_shown(schedule.tolerance)}")
    if schedule.bound > exposure:
        findings.append(f"the bound {_shown(schedule.bound)} is above the exposure found, so it is no bound")
    notes = _left_out(task)
    if exposure < schedule.exposure:
        notes.append(f"the exposure is {_shown(exposure)}, less than the {_shown(schedule.exposure)} claimed")
    return Certificate(not findings, tuple(findings[:MOST_FINDINGS]), exposure, worst, moments, tuple(notes))


def _left_out(task: Withdrawal) -> list[str]:
    reasons: dict[str, list[str]] = defaultdict(list)
    for dimension in task.dimensions:
        if dimension.left_out:
            reasons[dimension.left_out].append(dimension.name)
    return [f"not compared, since {reason}: {', '.join(names)}" for reason, names in reasons.items()]


def exposures(schedule: Schedule, task: Withdrawal) -> tuple[Moment, ...]:
    """Every side's exposure at the end of each of its moves, in each dimension that is compared."""
    index = {force.id: number for number, force in enumerate(task.leaving)}
    side = [task.side_of(force) for force in task.leaving]
    last = len(schedule.periods)
    leader = _leader(schedule, task)
    left: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for move in schedule.moves:
        if move.force in index and 1 <= move.period <= last:
            left[index[move.force]].append((move.period, move.count))
    moments = []
    for dimension in task.compared:
        scale = lcm(*(weight.denominator for _, weight in dimension.weights))
        gone = [[0] * (last + 1), [0] * (last + 1)]
        for number, weight in dimension.weights:
            each = weight.numerator * (scale // weight.denominator)
            gone[side[number]][0] += each * task.leaving[number].gone
            for period, count in left[number]:
                gone[side[number]][period] += each * count
        for amounts in gone:
            for period in range(1, last + 1):
                amounts[period] += amounts[period - 1]
        for own in (0, 1):
            waits = schedule.lag
            if schedule.order is Order.SIMULTANEOUS or own == leader:
                waits += 1
            for period in range(1, last + 1):
                seen = gone[1 - own][max(0, period - waits)]
                moments.append(
                    Moment(
                        task.sides[own],
                        period,
                        2 if schedule.order is not Order.SIMULTANEOUS and own != leader else 1,
                        dimension.name,
                        dimension.region,
                        _measured(gone[own][period], scale, dimension, own, schedule.measure),
                        _measured(seen, scale, dimension, 1 - own, schedule.measure),
                    )
                )
    return tuple(moments)


def _measured(amount: int, scale: int, dimension: Dimension, side: int, measure: Measure) -> Fraction:
    found = Fraction(amount, scale)
    return found / dimension.held[side] if measure is Measure.SHARE else found


def _leader(schedule: Schedule, task: Withdrawal) -> int:
    """Whoever leaves in first halves; where nobody does, the side named first."""
    sides = {force.id: task.side_of(force) for force in task.leaving}
    leaders = [sides[move.force] for move in schedule.moves if move.half == 1 and move.force in sides]
    followers = [sides[move.force] for move in schedule.moves if move.half == 2 and move.force in sides]
    return leaders[0] if leaders else 1 - followers[0] if followers else 0


def _shown(value: Fraction) -> str:
    text = str(value)
    return f"{text} ({float(value):.6g})" if len(text) <= 24 else f"{float(value):.9g}"


def _terms(schedule: Schedule, task: Withdrawal) -> list[str]:
    findings = []
    if schedule.lag != task.lag:
        findings.append(f"the schedule assumes a verification lag of {schedule.lag}, the task's is {task.lag}")
    if (schedule.materiality or DEFAULT_MATERIALITY) != task.materiality and schedule.materiality is not None:
        findings.append("the schedule assumes another rule of materiality than the task")
    if not task.compared:
        findings.append("the sides have no capability in common, so nothing can be balanced")
    return findings


def _periods(schedule: Schedule, task: Withdrawal) -> list[str]:
    findings = []
    for number, period in enumerate(schedule.periods, 1):
        if period.number != number:
            findings.append(f"the {number}. period is numbered {period.number}")
        if (period.first is None) != (period.last is None):
            findings.append(f"period {number} has one date only")
        if period.first and period.last and period.last < period.first:
            findings.append(f"period {number} ends before it begins")
    for before, after in zip(schedule.periods, schedule.periods[1:], strict=False):
        if before.last and after.first and after.first != before.last + timedelta(days=1):
            findings.append(f"period {after.number} does not begin on the day after period {before.number} ends")
    dated = [period for period in schedule.periods if period.first and period.last]
    if 0 < len(dated) < len(schedule.periods):
        findings.append("some periods have dates and others have none")
    days = {(period.last - period.first).days + 1 for period in dated if period.first and period.last}
    months = all(p.first and p.last and MONTH.after(p.first) == p.last + timedelta(days=1) for p in dated)
    if len(days) > 1 and not months:
        findings.append(f"the periods are of different length ({min(days)} to {max(days)} days)")
    if any(period.first or period.last for period in task.periods):
        for mine, theirs in zip(schedule.periods, task.periods, strict=False):
            if (mine.first, mine.last) != (theirs.first, theirs.last):
                findings.append(f"period {theirs.number} is not the task's")
    if len(schedule.periods) > len(task.periods):
        findings.append(f"the schedule has {len(schedule.periods)} periods, the deadline leaves {len(task.periods)}")
    return findings


def _counts(schedule: Schedule, task: Withdrawal) -> list[str]:
    forces = {force.id: force for force in task.leaving}
    findings = []
    left: dict[str, list[Move]] = defaultdict(list)
    for move in schedule.moves:
        force = forces.get(move.force)
        if force is None:
            stays = any(other.id == move.force for other in task.forces)
            findings.append(f"{move.force!r} {'is to stay' if stays else 'is no force of the task'}")
            continue
        left[move.force].append(move)
        if not 1 <= move.period <= len(schedule.periods):
            findings.append(f"{move.force} leaves in period {move.period}, of {len(schedule.periods)}")
        if move.count < 1:
            findings.append(f"{move.force}: {move.count} units leave in period {move.period}")
        if move.exit != force.exit:
            findings.append(f"{move.force} leaves through {move.exit!r}; its exit is {force.exit!r}")
    for force in task.leaving:
        moves = left[force.id]
        total = sum(move.count for move in moves)
        if total != force.count:
            findings.append(f"{total} of {force.id} leave; there are {force.count}")
        if force.indivisible and len(moves) > 1:
            findings.append(f"{force.id} is indivisible and leaves in {len(moves)} moves")
        findings += _window(force, moves)
    return findings


def _window(force: Force, moves: list[Move]) -> list[str]:
    findings = []
    for move in moves:
        if force.earliest is not None and move.period < force.earliest:
            findings.append(f"{force.id} leaves in period {move.period}, before period {force.earliest}")
        if force.latest is not None and move.period > force.latest:
            findings.append(f"{force.id} leaves in period {move.period}, after period {force.latest}")
    return findings


def _halves(schedule: Schedule, task: Withdrawal) -> list[str]:
    leader = _leader(schedule, task)
    sides = {force.id: task.side_of(force) for force in task.leaving}
    findings = []
    for move in schedule.moves:
        if move.force not in sides:
            continue
        right = 1 if schedule.order is Order.SIMULTANEOUS or sides[move.force] == leader else 2
        if move.half != right:
            findings.append(f"{move.force} leaves in half {move.half} of period {move.period}; its side's is {right}")
    return findings


def _exits(schedule: Schedule, task: Withdrawal) -> list[str]:
    load: dict[tuple[str, int], int] = defaultdict(int)
    for move in schedule.moves:
        load[move.exit, move.period] += move.count
    capacity = {exit_.id: exit_.capacity for exit_ in task.exits}
    return [
        f"{leaving} leave through {name} in period {period}; its capacity is {capacity[name]}"
        for (name, period), leaving in sorted(load.items())
        if name in capacity and leaving > capacity[name]
    ]


def _rules(schedule: Schedule, task: Withdrawal) -> list[str]:
    periods: dict[str, list[int]] = defaultdict(list)
    for move in schedule.moves:
        periods[move.force].append(move.period)
    findings = []
    for rule in task.precedences:
        ready = max(periods[rule.first], default=0) + task.lag
        begins = min(periods[rule.then], default=None)
        if begins is not None and begins <= ready:
            findings.append(
                f"{rule.then} begins in period {begins}; {rule.first} is gone and verified at the end of period {ready}"
            )
    for ceiling in task.ceilings:
        held = {
            force.id: force.count
            for force in task.leaving
            if force.side == ceiling.side and ceiling.kind in (None, force.kind)
        }
        gone = sum(move.count for move in schedule.moves if move.force in held and move.period <= ceiling.period)
        if sum(held.values()) - gone > ceiling.at_most:
            kept = f"{sum(held.values()) - gone} {ceiling.kind or 'units'}"
            findings.append(
                f"{ceiling.side} keeps {kept} at the end of period {ceiling.period}; the ceiling is {ceiling.at_most}"
            )
    return findings
