"""How many are left, from counts that contradict each other.

A particle filter, week by week: each particle is a possible truth (how many are left, how fast they leave, whether they
still leave at all, how far each source tends to err). What is linear in a source's bias is integrated exactly for each
particle (Rao-Blackwell; Doucet, de Freitas, Murphy and Russell 2000), so that every source's bias is learnt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REMAINING, GONE = "remaining", "gone"
INTERESTED = "interested"
PRIORS = {
    # standard deviations of a source's lasting bias and of a single report, as shares of what it counts
    "A": (0.03, 0.05),
    "B": (0.06, 0.08),
    "C": (0.12, 0.14),
    "D": (0.20, 0.20),
    "E": (0.35, 0.30),
    "F": (0.20, 0.20),
    INTERESTED: (0.45, 0.25),
}
"""By reliability; F is not the worst but unknown. A side's word about its own forces has its own, the widest, bias."""

PARTICLES = 6000
HAZARD = 0.03
"""Chance a week that those who leave stop leaving; they take it up again with a third of it."""
DRIFT, INTERESTED_DRIFT = 0.01, 0.08
"""How far a source's bias wanders in a week; a side that reports what it promised drifts as it stops keeping it."""
ARRIVAL = 0.01
"""Chance a week that some arrive, by an amount of some per cent of the start."""
ALARM = 0.75
"""Chance of a stop from which on it is called one."""
DONE = 0.05
"""Share of the start below which nobody is said to have stopped: reports cannot tell the last few from none."""
LEAST_SPREAD = 0.01
"""Of a report, as a share of the start: small counts are not exact either."""
ASSUMPTIONS = (
    "those who are left become fewer at a rate that is steady up to a factor of two from week to week, or stop",
    "a source errs by a share of what it counts: a lasting one, learnt, and a new one each time",
    "a side's word about its own forces may be wrong in the same direction for ever, and weighs little",
    "reports of one origin were merged before; copies would make the interval too narrow",
)
WARNING = "Reports alone do not replace inspection: a stop that every source overlooks does not show here."


@dataclass(frozen=True, slots=True)
class Count:
    """One report: how many remain, or how many have gone in all, by a day."""

    day: date
    source: str
    value: float
    reliability: str = "F"
    interested: bool = False
    """The source speaks about its own forces, or those it backs."""
    kind: str = REMAINING
    reference: str = ""
    """Where it stands: the claim or document."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known at the end of one week."""

    day: date
    low: float
    middle: float
    high: float
    stopped: float
    """The chance that departures have stopped."""
    informed: bool
    """Whether any report came in since the last estimate."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A report against what was expected from everything before it, its source's bias included."""

    report: Count
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Where it lies: `within`, `above` or `below`."""
        return "below" if self.report.value < self.low else "above" if self.report.value > self.high else "within"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Estimates by week, each report against its expectation, what was learnt of each source, and the alarm."""

    estimates: tuple[Estimate, ...]
    reports: tuple[Checked, ...]
    biases: tuple[tuple[str, float, float], ...]
    """Source, mean bias as a share, its standard deviation."""
    alarm: date | None
    """The first day on which a stop was likelier than the alarm level."""
    assumptions: tuple[str, ...] = ASSUMPTIONS
    warning: str = field(default=WARNING)


@dataclass
class _Particles:
    left: Floats
    start: Floats
    rate: Floats
    """Leaving a week while they leave, as a share of the start."""
    stopped: NDArray[np.bool_]
    bias: Floats
    """Mean of each source's bias."""
    doubt: Floats
    """Variance of it."""
    spread: Floats
    """Each source's spread, as a factor of its prior."""

    def pick(self, chosen: NDArray[np.int64]) -> None:
        for name in ("left", "start", "rate", "stopped", "bias", "doubt", "spread"):
            setattr(self, name, getattr(self, name)[chosen].copy())


def how_many_left(
    reports: Sequence[Count],
    *,
    start: float,
    first: date,
    until: date,
    start_spread: float = 0.15,
    weeks_planned: float | None = None,
    level: float = 0.9,
    alarm: float = ALARM,
    seed: int = 1,
) -> Outlook:
    """Estimate how many are left at the end of each week from `first` to `until`.

    `start` is what is thought to be there on the first day, give or take `start_spread`; `weeks_planned` is how long
    the departure was to take, where that is known. `level` is of the intervals. Reports outside the days are left out.

    Raises:
        ServandaError: numbers or days that cannot be.
    """
    if start <= 0 or not 0 < start_spread <= 2 or not 0 < level < 1 or until < first:
        raise ServandaError("the start, its spread, the level or the days cannot be", "give positive numbers, in order")
    for report in reports:
        if report.value < 0 or report.reliability not in PRIORS or report.kind not in (REMAINING, GONE):
            raise ServandaError(
                f"the report of {report.source} on {report.day} cannot be used "
                f"({report.value:g}, reliability {report.reliability}, {report.kind})",
                "give a count of 0 or more, a reliability from A to F, and remaining or gone",
            )
    inside = sorted((report for report in reports if first <= report.day <= until), key=lambda report: report.day)
    sources = sorted({report.source for report in inside})
    draw = np.random.default_rng(seed)
    cloud = _prior(draw, start, start_spread, weeks_planned, len(sources))
    weight = np.full(PARTICLES, 1.0 / PARTICLES)
    prior_of = {report.source: PRIORS[INTERESTED if report.interested else report.reliability] for report in inside}
    interested = {report.source for report in inside if report.interested}
    for number, source in enumerate(sources):
        cloud.doubt[:, number] = prior_of[source][0] ** 2
    wandering = np.array([(INTERESTED_DRIFT if source in interested else DRIFT) ** 2 for source in sources])
    estimates, checked = [], []
    alarm_day = None
    tail = (1 - level) / 2
    waiting = list(inside)
    day = first
    while day <= until:
        informed = False
        while waiting and waiting[0].day <= day:
            report = waiting.pop(0)
            weight, bounds = _weigh(
                cloud, weight, report, sources.index(report.source), prior_of[report.source][1], start, tail
            )
            checked.append(Checked(report, *bounds))
            informed = True
            if 1.0 / np.sum(weight**2) < PARTICLES / 2:
                weight = _resample(draw, cloud, weight)
        low, middle, high = _quantiles(cloud.left, weight, (tail, 0.5, 1 - tail))
        stopped = float(weight @ (cloud.stopped & (cloud.left > DONE * cloud.start)))
        estimates.append(Estimate(day, low, middle, high, stopped, informed))
        if stopped >= alarm and alarm_day is None:
            alarm_day = day
        _advance(draw, cloud)
        cloud.doubt += wandering
        day += timedelta(weeks=1)
    biases = tuple(
        (
            source,
            float(weight @ cloud.bias[:, n]),
            float(np.sqrt(weight @ (cloud.doubt[:, n] + cloud.bias[:, n] ** 2) - (weight @ cloud.bias[:, n]) ** 2)),
        )
        for n, source in enumerate(sources)
    )
    return Outlook(tuple(estimates), tuple(checked), biases, alarm_day)


def _prior(draw: np.random.Generator, start: float, spread: float, weeks: float | None, sources: int) -> _Particles:
    begun = start * np.exp(draw.normal(-0.5 * spread**2, spread, PARTICLES))
    if weeks is None:
        rate = 1.0 / np.exp(draw.uniform(np.log(8), np.log(150), PARTICLES))
    else:
        rate = np.exp(draw.normal(0.0, 0.35, PARTICLES)) / max(1.0, weeks)
    return _Particles(
        left=begun.copy(),
        start=begun,
        rate=rate,
        stopped=draw.random(PARTICLES) < (0.02 if weeks is not None else 0.25),
        bias=np.zeros((PARTICLES, sources)),
        doubt=np.zeros((PARTICLES, sources)),
        spread=np.exp(draw.normal(0.0, 0.3, (PARTICLES, sources))),
    )


def _advance(draw: np.random.Generator, cloud: _Particles) -> None:
    """One week on."""
    number = len(cloud.left)
    change = draw.random(number)
    cloud.stopped = np.where(cloud.stopped, change >= HAZARD / 3, change < HAZARD)
    cloud.rate = cloud.rate * np.exp(draw.normal(0.0, 0.03, number))
    leaving = cloud.start * cloud.rate * draw.gamma(4.0, 0.25, number)
    arriving = np.where(draw.random(number) < ARRIVAL, cloud.start * draw.exponential(0.03, number), 0.0)
    cloud.left = np.maximum(0.0, cloud.left - np.where(cloud.stopped, 0.0, leaving)) + arriving


def _weigh(
    cloud: _Particles,
    weight: Floats,
    report: Count,
    source: int,
    spread: float,
    start: float,
    tail: float,
) -> tuple[Floats, tuple[float, float]]:
    """Bayes' rule for one report; also the interval in which it was expected."""
    truth = cloud.left if report.kind == REMAINING else np.maximum(0.0, cloud.start - cloud.left)
    noise = (cloud.spread[:, source] * spread * truth) ** 2 + (LEAST_SPREAD * start) ** 2
    expected = truth * (1 + cloud.bias[:, source])
    variance = truth**2 * cloud.doubt[:, source] + noise
    deviation = np.sqrt(variance)
    draws = expected[:, None] + deviation[:, None] * np.array([-1.3, -0.5, 0.0, 0.5, 1.3])
    low, _, high = _quantiles(draws.ravel(), np.repeat(weight / 5, 5), (tail, 0.5, 1 - tail))
    off = (report.value - expected) / deviation
    # Student's t with five degrees of freedom: one wild report does not overturn the rest
    likelihood = np.exp(-3.0 * np.log1p(off**2 / 5.0)) / deviation
    updated = weight * likelihood
    total = updated.sum()
    gain = truth * cloud.doubt[:, source] / variance
    cloud.bias[:, source] += gain * (report.value - expected)
    cloud.doubt[:, source] *= 1 - gain * truth
    found = updated / total if total > 0 else weight
    return found, (max(0.0, low), high)


def _resample(draw: np.random.Generator, cloud: _Particles, weight: Floats) -> Floats:
    """Systematic resampling, with a small jitter of what would otherwise never change."""
    number = len(weight)
    points = (draw.random() + np.arange(number)) / number
    chosen = np.minimum(np.searchsorted(np.cumsum(weight), points), number - 1)
    cloud.pick(chosen)
    cloud.left *= np.exp(draw.normal(0.0, 0.005, number))
    cloud.spread *= np.exp(draw.normal(0.0, 0.03, cloud.spread.shape))
    return np.full(number, 1.0 / number)


def _quantiles(values: Floats, weight: Floats, wanted: tuple[float, float, float]) -> tuple[float, float, float]:
    order = np.argsort(values)
    cumulated = np.cumsum(weight[order])
    places = np.minimum(np.searchsorted(cumulated, np.array(wanted) * cumulated[-1]), len(values) - 1)
    low, middle, high = values[order][places]
    return float(low), float(middle), float(high)
