"""The planner beside its peers on generated instances: exposure, proven bound, ratios, seconds, one row an instance.

The whole table:   python benchmarks/planning.py
A part of it:      python benchmarks/planning.py --sizes 200 1000 --kinds distinct --seeds 1 2 --peer-seconds 30
Without solvers:   python benchmarks/planning.py --peers equal greedy annealing
In several sittings: python benchmarks/planning.py --results FILE (what stands in the file is not run again)
"""

import argparse
import json
import os
import platform
import statistics
import time
from fractions import Fraction
from pathlib import Path

import planning_peers
from planning_instances import Recipe, instance
from planning_peers import PEERS
from servanda.core.forces import Measure, Order
from servanda.core.schedules import Schedule
from servanda.planning import best_so_far
from servanda.planning.arrays import arrays_of
from servanda.planning.best_so_far import moves_of
from servanda.planning.certificate import certify
from servanda.planning.planner import plan


def machine() -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    return f"{model}, {os.cpu_count()} cores, {load}, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 50, 200, 1000, 10_000])
    parser.add_argument("--kinds", nargs="+", choices=["distinct", "groups"], default=["distinct", "groups"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--orders", nargs="+", choices=[str(order) for order in Order], default=["simultaneous"])
    parser.add_argument("--lag", type=int, default=0)
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--peer-seconds", type=float, default=60, help="for HiGHS and CP-SAT; annealing has 10")
    parser.add_argument("--results", type=Path, help="a file that every row is added to, and read from")
    parser.add_argument(
        "--processor-time",
        action="store_true",
        help="count processor seconds (not the solvers)",
    )
    parser.add_argument("--budgets", type=float, nargs="+", default=[10, 60], help="seconds for the planner")
    arguments = parser.parse_args()
    if arguments.processor_time:
        best_so_far.clock = planning_peers.clock = time.process_time
    print(machine())
    heads = [*arguments.peers, *(f"ours {budget:g} s" for budget in arguments.budgets)]
    print("instance | order | " + " | ".join(heads) + " | bound | gap | seconds | best peer / ours")
    plan(instance(Recipe(10, False, 99)), time_limit=1)
    for size in arguments.sizes:
        for kind in arguments.kinds:
            for order in arguments.orders:
                gaps = [
                    known_or_run(Recipe(size, kind == "groups", seed, lag=arguments.lag), order, arguments)
                    for seed in arguments.seeds
                ]
                print(f"{size:,} {kind} {order}: median gap {statistics.median(gaps):.2%}", flush=True)


def known_or_run(recipe: Recipe, order: str, arguments: argparse.Namespace) -> float:
    """A row's gap; the row is printed, and taken from the file of results where it stands there."""
    key = f"{recipe.name} | {order} | lag {recipe.lag} | {' '.join(arguments.peers)} | {arguments.budgets}"
    known = {}
    if arguments.results is not None and arguments.results.exists():
        lines = arguments.results.read_text(encoding="utf-8").splitlines()
        known = {entry["key"]: entry for entry in map(json.loads, lines)}
    if key not in known:
        gap, text = row(recipe, order, arguments)
        known[key] = {"key": key, "gap": gap, "row": text}
        if arguments.results is not None:
            with arguments.results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(known[key], ensure_ascii=False) + "\n")
    print(known[key]["row"], flush=True)
    return float(known[key]["gap"])


def row(recipe: Recipe, order_name: str, arguments: argparse.Namespace) -> tuple[float, str]:
    """Run the planner and its peers on one instance: the gap, and the row of the table."""
    task, order = instance(recipe), Order(order_name)
    arrays = arrays_of(task, order, Measure.SHARE)
    shown, peers = [], []
    for name in arguments.peers:
        leaving = PEERS[name](arrays, 10 if name == "annealing" else arguments.peer_seconds)
        if leaving is None:
            shown.append("–")
            continue
        schedule = Schedule(
            order, Measure.SHARE, task.lag, task.periods, moves_of(leaving, task, order), Fraction(9), Fraction(0)
        )
        found = certify(schedule, task)
        peers.append(float(found.exposure))
        shown.append(f"{float(found.exposure):.5f}" + ("" if found.valid else "!"))
    ours = []
    seconds = []
    for budget in arguments.budgets:
        started = best_so_far.clock()
        found = plan(task, order=order, time_limit=budget)
        seconds.append(best_so_far.clock() - started)
        ours.append(found)
        shown.append(f"{float(found.schedule.exposure):.5f}{'*' if found.optimal else ''}")
    best = ours[-1]
    ratio = f"{min(peers) / float(best.schedule.exposure):.3f}" if peers else "–"
    return best.gap, (
        f"{recipe.name} | {order} | {' | '.join(shown)} | {float(best.schedule.bound):.5f} | {best.gap:.2%} | "
        f"{' + '.join(f'{value:.1f}' for value in seconds)} | {ratio}"
    )


if __name__ == "__main__":
    main()
