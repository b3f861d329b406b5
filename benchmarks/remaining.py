"""How many are left: calibration of the filter on simulated histories, beside the median of recent reports.

The alarm on a stop stands beside an oracle's (`remaining_oracle.py`), which knows how the histories are made, and
beside what one more source would be worth: an inspectorate that counts each week.

Run: python benchmarks/remaining.py [--histories 300] [--weeks 40] [--seed 20000]
"""

from __future__ import annotations

import argparse
import platform
import statistics
from datetime import timedelta
from typing import TYPE_CHECKING

import remaining_oracle
from remaining_histories import FIRST, PLANNED, START, history, tally
from servanda.verifying.remaining import how_many_left

if TYPE_CHECKING:
    from datetime import date

    from servanda.verifying.remaining import Count


def median_of_recent(reports: list[Count], day: date) -> float:
    """The baseline: the median of the last four weeks' reports; before the first, the start."""
    recent = [report.value for report in reports if day - timedelta(weeks=4) < report.day <= day]
    earlier = [report.value for report in reports if report.day <= day][-1:]
    return statistics.median(recent or earlier or [START])


def measure(histories: int, weeks: int, *, stops: bool, seed: int = 0, inspected: bool = False) -> dict[str, float]:
    """The filter on so many histories: its error beside the median's, its intervals, its alarms."""
    errors, baseline, held, held_while_left = [], [], [], []
    cases = [history(seed + number, weeks, stops=stops, inspected=inspected) for number in range(histories)]
    alarms = []
    for case in cases:
        found = how_many_left(
            case.reports, start=START, first=FIRST, until=FIRST + timedelta(weeks=weeks), weeks_planned=PLANNED
        )
        for week, estimate in enumerate(found.estimates):
            if week == 0:
                continue
            truth = case.truth[week]
            errors.append((estimate.middle - truth) ** 2)
            baseline.append((median_of_recent(case.reports, estimate.day) - truth) ** 2)
            held.append(estimate.low - 0.5 <= truth <= estimate.high + 0.5)
            if truth > 0:
                held_while_left.append(held[-1])
        alarms.append(None if found.alarm is None else (found.alarm - FIRST).days // 7)
    return {
        "rmse": statistics.fmean(errors) ** 0.5,
        "median_rmse": statistics.fmean(baseline) ** 0.5,
        "held": statistics.fmean(held),
        "held_while_left": statistics.fmean(held_while_left),
        **tally(cases, alarms),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20000, help="the first of the histories' seeds")
    parser.add_argument("--without-oracle", action="store_true")
    arguments = parser.parse_args()
    number, weeks, seed = arguments.histories, arguments.weeks, arguments.seed
    print(f"{platform.processor() or platform.machine()}, {number} histories of {weeks} weeks, seeds from {seed}")
    _measured("Servanda", number, weeks, seed, inspected=False)
    if not arguments.without_oracle:
        going, stopping = ([history(seed + n, weeks, stops=stops) for n in range(number)] for stops in (False, True))
        for name, on, over in remaining_oracle.rows(going, stopping, weeks):
            _alarms(name, on, over)
    _measured("Servanda, with an inspectorate", number, weeks, seed, inspected=True)


def _measured(name: str, number: int, weeks: int, seed: int, *, inspected: bool) -> None:
    going, stopping = (measure(number, weeks, stops=stops, seed=seed, inspected=inspected) for stops in (False, True))
    for what, found in (("departures go on", going), ("departures stop", stopping)):
        print(
            f"{name}, {what}: RMSE {found['rmse']:.0f}, median of reports {found['median_rmse']:.0f} "
            f"(ratio {found['rmse'] / found['median_rmse']:.2f}); 90 % interval held {found['held']:.1%}, "
            f"in weeks when somebody was left {found['held_while_left']:.1%}",
            flush=True,
        )
    _alarms(name, going, stopping)


def _alarms(name: str, going: dict[str, float], stopping: dict[str, float]) -> None:
    print(
        f"{name}: false alarms {going['false_alarms']:.1%} (go on), {stopping['false_alarms']:.1%} (before a "
        f"stop); alarm within 4 weeks {stopping['within_4']:.1%}, within 5 {stopping['within_5']:.1%}; "
        f"median {stopping['median_delay']:g} weeks; missed {stopping['missed']:.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
