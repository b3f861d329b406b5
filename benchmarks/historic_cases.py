"""Withdrawals of the past: the exposure of what was done, beside that of what the planner proposes.

Run: python benchmarks/historic_cases.py
"""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from servanda.core.forces import DEFAULT_MATERIALITY, Measure, Order, Withdrawal
from servanda.core.schedules import Move, Schedule
from servanda.dossier.planning import task_from
from servanda.planning.certificate import certify
from servanda.planning.planner import Plan, plan

FOLDER = Path(__file__).parent.parent / "examples" / "withdrawals"


def cases() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def task_of(case: str) -> Withdrawal:
    return task_from(FOLDER / f"{case}.yaml")


def historic(case: str, task: Withdrawal) -> Schedule | None:
    """What was done, as a schedule; `None` where only the agreement is known."""
    moves: dict[str, list[Move]] = defaultdict(list)
    with (FOLDER / "historic.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["count"]):
                moves[row["case"]].append(Move(int(row["period"]), 1, row["force"], int(row["count"])))
    if case not in moves:
        return None
    materiality = None if task.materiality == DEFAULT_MATERIALITY else task.materiality
    return Schedule(
        Order.SIMULTANEOUS,
        Measure.SHARE,
        task.lag,
        task.periods,
        tuple(sorted(moves[case])),
        Fraction(9),
        Fraction(0),
        materiality,
    )


def proposed(task: Withdrawal, order: Order = Order.SIMULTANEOUS) -> Plan:
    return plan(task, order=order, time_limit=4)


def main() -> None:
    print("case | exposure of what was done | proposed, simultaneous | proposed, leapfrog | bound (simultaneous)")
    for case in cases():
        task = task_of(case)
        done = historic(case, task)
        found = proposed(task)
        hopping = proposed(task, Order.LEAPFROG)
        was = "–" if done is None else f"{float(certify(done, task).exposure):.1%}"
        print(
            f"{case} | {was} | {float(found.schedule.exposure):.1%}{' (proven)' if found.optimal else ''} | "
            f"{float(hopping.schedule.exposure):.1%} | {float(found.schedule.bound):.1%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
