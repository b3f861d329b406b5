"""How many are left: calibration of the filter on simulated histories, beside the median of recent reports.

Run: python benchmarks/remaining.py [--histories 150] [--weeks 40]
"""

import argparse
import platform
import random
import statistics
import time
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.verifying.remaining import Count, how_many_left

START = 8000
FIRST = date(2021, 1, 4)


@dataclass(frozen=True)
class History:
    """A simulated truth and what was reported of it. The simulation is not the filter's model: see `history`."""

    truth: list[float]
    reports: list[Count]
    stop: int | None
    planned: int


def history(seed: int, weeks: int, *, stops: bool) -> History:
    """Departures in tranches every week or two, 26 weeks planned, paces from 60 to 130 per cent of the plan.

    Three kinds of source: a mission in four weeks of five, an outlet in two of five, and the side itself, which
    reports the plan (not the truth) most weeks. Biases last; single errors are heavier-tailed than normal.
    """
    random_ = random.Random(f"{seed} {weeks} {stops}")
    planned = 26
    start = START * random_.uniform(0.85, 1.15)
    pace = random_.uniform(0.6, 1.3) / planned
    every = random_.randint(1, 2)
    stop = random_.randint(6, 16) if stops else None
    left, truth = start, []
    for week in range(weeks + 1):
        truth.append(left)
        if (stop is None or week < stop) and week % every == every - 1:
            left = max(0.0, left - start * pace * every * random_.uniform(0.7, 1.3))
        if random_.random() < 0.01:
            left += start * random_.uniform(0, 0.05)
    kinds = [
        ("mission", "B", False, 0.06, 0.08, 0.8),
        ("outlet", "C", False, 0.12, 0.15, 0.4),
        ("the side itself", "D", True, 0.1, 0.05, 0.7),
    ]
    reports = []
    for source, reliability, interested, bias_spread, spread, rate in kinds:
        bias = random_.gauss(0, bias_spread)
        for week in range(weeks + 1):
            if random_.random() >= rate:
                continue
            seen = max(0.0, START * (1 - week / planned)) if interested else truth[week]
            error = random_.gauss(0, spread) * (2.5 if random_.random() < 0.08 else 1)
            value = max(0.0, round(seen * (1 + bias + error), -1))
            reports.append(Count(FIRST + timedelta(weeks=week), source, value, reliability, interested))
    return History(truth, reports, stop, planned)


def median_of_recent(reports: list[Count], day: date) -> float:
    """The baseline: the median of the last four weeks' reports; before the first, the start."""
    recent = [report.value for report in reports if day - timedelta(weeks=4) < report.day <= day]
    earlier = [report.value for report in reports if report.day <= day][-1:]
    return statistics.median(recent or earlier or [START])


def measure(histories: int, weeks: int, *, stops: bool, seed: int = 0) -> dict[str, float]:
    errors, baseline, held, total, alarms, delays = [], [], 0, 0, 0, []
    for number in range(histories):
        case = history(seed + number, weeks, stops=stops)
        found = how_many_left(
            case.reports,
            start=START,
            first=FIRST,
            until=FIRST + timedelta(weeks=weeks),
            weeks_planned=case.planned,
        )
        for week, estimate in enumerate(found.estimates):
            if week == 0:
                continue
            truth = case.truth[week]
            errors.append((estimate.middle - truth) ** 2)
            baseline.append((median_of_recent(case.reports, estimate.day) - truth) ** 2)
            held += estimate.low - 0.5 <= truth <= estimate.high + 0.5
            total += 1
        if found.alarm is not None:
            at = (found.alarm - FIRST).days // 7
            if case.stop is None:
                alarms += case.truth[at] > 0.01 * START
            elif at >= case.stop:
                delays.append(at - case.stop)
            else:
                alarms += 1
    return {
        "rmse": statistics.fmean(errors) ** 0.5,
        "median_rmse": statistics.fmean(baseline) ** 0.5,
        "held": held / total,
        "false_alarms": alarms / histories,
        "median_delay": statistics.median(delays) if delays else float("nan"),
        "missed": histories - len(delays) - alarms if stops else 0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=150)
    parser.add_argument("--weeks", type=int, default=40)
    arguments = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, {arguments.histories} histories of {arguments.weeks} weeks")
    for stops in (False, True):
        started = time.perf_counter()
        found = measure(arguments.histories, arguments.weeks, stops=stops)
        seconds = time.perf_counter() - started
        print(
            f"{'a stop' if stops else 'no stop':8} RMSE {found['rmse']:.0f}, "
            f"median of reports {found['median_rmse']:.0f} "
            f"(ratio {found['rmse'] / found['median_rmse']:.2f}); 90 % interval held {found['held']:.1%}; "
            f"false alarms {found['false_alarms']:.1%}; delay {found['median_delay']:.1f} weeks, "
            f"missed {found['missed']:.0f}; {seconds:.0f} s"
        )


if __name__ == "__main__":
    main()
