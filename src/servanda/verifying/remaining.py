"""How many are left, from counts that contradict each other.

A particle filter, week by week: each particle is a possible truth (how many are left, how fast they leave, whether they
still leave at all, how far each source tends to err). What is linear in a source's bias is integrated exactly for each
particle (Rao-Blackwell; Doucet, de Freitas, Murphy and Russell 2000), so that every source's bias is learnt. What a
side says about its own forces is cut off from the rest (Plummer 2015): its bias is learnt, but it moves no estimate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REMAINING, GONE, LEFT, ARRIVED = "remaining", "gone", "left", "arrived"
KINDS = (REMAINING, GONE, LEFT, ARRIVED)
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

MOST = 1e12
MOST_WEEKS = 1040
PARTICLES = 6000
HAZARD = 0.03
"""Chance a week that those who leave stop leaving; they take it up again with a third of it."""
DRIFT, INTERESTED_DRIFT = 0.004, 0.08
"""How far a source's bias wanders in a week; a side that reports what it promised drifts as it stops keeping it."""
RHYTHMS = (1, 1, 2, 2, 4)
"""Weeks between tranches, each as likely as it is often named; the reports tell which."""
UNEVENNESS = (0.15, 0.3, 0.6)
"""From tranche to tranche, likewise."""
WILD, WILD_SHARE = 3.0, 0.1
"""One report in ten errs three times as much as its source's others."""
PART_SHARE = 0.5
"""How likely a report of departures or arrivals is to speak of a part of them only."""
ARRIVAL = 0.01
"""Chance a week that some arrive, by an amount of some per cent of the start."""
ALARM = 0.64
"""Chance of a stop from which on it is called one, once enough was heard."""
EARLY, FADES = 5.0, 5.0
"""A slow start looks like a stop: what is added at first to the log-odds wanted, and over how many weeks with reports
it falls to a third. Both and `ALARM` were chosen on histories with other seeds than those measured."""
DONE = 0.15
"""Share of the start below which nobody is said to have stopped: reports cannot tell the last few from none."""
LEAST_SPREAD = 0.01
"""Of a report, as a share of the start: small counts are not exact either."""
ASSUMPTIONS = (
    "those who are left become fewer at a rate that is steady up to a factor of two from week to week, or stop",
    "a source errs by a share of what it counts: a lasting one, learnt, and a new one each time",
    "a side's word about its own forces is set beside the estimate and does not move it",
    "a report that some left or arrived may speak of a part of them; it changes little where it stands alone",
    "reports of one origin were merged before; copies would make the interval too narrow",
)
WARNING = "Reports alone do not replace inspection: a stop that every source overlooks does not show here."


@dataclass(frozen=True, slots=True)
class Count:
    """One report: how many remain, or have gone in all, by a day; or how many left or arrived in the days up to it."""

    day: date
    source: str
    value: float
    reliability: str = "F"
    interested: bool = False
    """The source speaks about its own forces, or those it backs."""
    kind: str = REMAINING
    reference: str = ""
    """Where it stands: the claim or document."""
    since: date | None = None
    """Of those who left or arrived: the first day that the report speaks of; `None`: the week up to `day`."""


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
    """Whether any report but a side's about its own forces came in since the last estimate."""


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
    """The first day with a report on which a stop was likelier than the level wanted by then (`level_wanted`)."""
    assumptions: tuple[str, ...] = ASSUMPTIONS
    warning: str = field(default=WARNING)


@dataclass
class _Particles:
    left: Floats
    start: Floats
    rate: Floats
    """Leaving a week while they leave, as a share of the start."""
    unevenness: Floats
    """Of what leaves from one tranche to the next: its standard deviation, as a share."""
    rhythm: NDArray[np.int64]
    """Weeks from one tranche to the next."""
    beat: NDArray[np.int64]
    """In which week of the rhythm a tranche leaves."""
    stopped: NDArray[np.bool_]
    departed: Floats
    """In all, by the end of each week: one column a week, the first before anything had left."""
    arrived: Floats
    bias: Floats
    """Mean of each source's bias."""
    doubt: Floats
    """Variance of it."""
    spread: Floats
    """Each source's spread, as a factor of its prior."""

    def pick(self, chosen: NDArray[np.int64]) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name)[chosen].copy())


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
    the departure was to take, where that is known. `level` is of the intervals, `alarm` the chance of a stop from which
    on it is called one, once enough was heard. Reports outside the days are left out.

    Raises:
        ServandaError: numbers or days that cannot be.
    """
    if not 0 < start <= MOST or not 0 < start_spread <= 2 or not 0 < level < 1:
        raise ServandaError("the start, its spread or the level cannot be", "give positive numbers")
    if not 0 < alarm < 1:
        raise ServandaError(f"an alarm from a chance of {alarm:g} on cannot be", "give a share between 0 and 1")
    if until < first:
        raise ServandaError(
            f"the last day, {until.isoformat()}, is before the first, {first.isoformat()}",
            "name a later last day or an earlier first one",
        )
    if weeks_planned is not None and not 0 < weeks_planned <= MOST_WEEKS:
        raise ServandaError(
            f"a departure over {weeks_planned:g} weeks cannot be", f"give more than 0, up to {MOST_WEEKS}"
        )
    if (until - first).days > 7 * MOST_WEEKS:
        raise ServandaError(
            f"from {first.isoformat()} to {until.isoformat()} are more than {MOST_WEEKS} weeks",
            "name a later first day or an earlier last one",
        )
    for report in reports:
        if not 0 <= report.value <= MOST or report.reliability not in PRIORS or report.kind not in KINDS:
            raise ServandaError(
                f"the report of {report.source} on {report.day} cannot be used "
                f"({report.value:g}, reliability {report.reliability}, {report.kind})",
                "give a count of 0 or more, a reliability from A to F, and remaining, gone, left or arrived",
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
    heard = 0
    tail = (1 - level) / 2
    waiting = list(inside)
    day = first
    while day <= until:
        informed = False
        while waiting and waiting[0].day <= day:
            report = waiting.pop(0)
            weight, bounds = _weigh(
                cloud,
                weight,
                report,
                sources.index(report.source),
                prior_of[report.source][1],
                start,
                tail,
                _weeks_of(report, first),
            )
            checked.append(Checked(report, *bounds))
            informed = informed or not report.interested
            if 1.0 / np.sum(weight**2) < PARTICLES / 2:
                weight = _resample(draw, cloud, weight)
        low, middle, high = _quantiles(cloud.left, weight, (tail, 0.5, 1 - tail))
        stopped = float(weight @ (cloud.stopped & (cloud.left > DONE * cloud.start)))
        estimates.append(Estimate(day, low, middle, high, stopped, informed))
        heard += informed
        if alarm_day is None and informed and stopped >= level_wanted(heard, alarm):
            alarm_day = day
        _advance(draw, cloud, len(estimates))
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


def level_wanted(heard: int, alarm: float = ALARM) -> float:
    """Which chance of a stop raises the alarm after so many weeks with reports: it falls towards `alarm`."""
    return 1 / (1 + (1 - alarm) / alarm * math.exp(-EARLY * math.exp(-heard / FADES)))


def _prior(draw: np.random.Generator, start: float, spread: float, weeks: float | None, sources: int) -> _Particles:
    begun = start * np.exp(draw.normal(-0.5 * spread**2, spread, PARTICLES))
    if weeks is None:
        rate = 1.0 / np.exp(draw.uniform(np.log(8), np.log(150), PARTICLES))
    else:
        rate = np.exp(draw.normal(0.0, 0.35, PARTICLES)) / max(1.0, weeks)
    rhythm = draw.choice(RHYTHMS, PARTICLES)
    return _Particles(
        left=begun.copy(),
        start=begun,
        rate=rate,
        unevenness=draw.choice(UNEVENNESS, PARTICLES),
        rhythm=rhythm,
        beat=draw.integers(0, rhythm),
        stopped=draw.random(PARTICLES) < (0.02 if weeks is not None else 0.25),
        departed=np.zeros((PARTICLES, 1)),
        arrived=np.zeros((PARTICLES, 1)),
        bias=np.zeros((PARTICLES, sources)),
        doubt=np.zeros((PARTICLES, sources)),
        spread=np.exp(draw.normal(0.0, 0.3, (PARTICLES, sources))),
    )


def _advance(draw: np.random.Generator, cloud: _Particles, week: int) -> None:
    """One week on."""
    number = len(cloud.left)
    change = draw.random(number)
    cloud.stopped = np.where(cloud.stopped, change >= HAZARD / 3, change < HAZARD)
    cloud.rate = cloud.rate * np.exp(draw.normal(0.0, 0.03, number))
    shape = 1.0 / cloud.unevenness**2
    tranche = cloud.start * cloud.rate * cloud.rhythm * draw.gamma(shape) / shape
    leaving = np.where(week % cloud.rhythm == cloud.beat, tranche, 0.0)
    arriving = np.where(draw.random(number) < ARRIVAL, cloud.start * draw.exponential(0.03, number), 0.0)
    leaving = np.minimum(cloud.left, np.where(cloud.stopped, 0.0, leaving))
    cloud.left = cloud.left - leaving + arriving
    cloud.departed = np.column_stack([cloud.departed, cloud.departed[:, -1] + leaving])
    cloud.arrived = np.column_stack([cloud.arrived, cloud.arrived[:, -1] + arriving])


def _weeks_of(report: Count, first: date) -> int:
    """For how many weeks, the last one included, a report of departures or arrivals speaks."""
    if report.since is None:
        return 1
    return max(1, -(-((report.day - max(report.since, first)).days + 1) // 7))


def _truth(cloud: _Particles, report: Count, weeks: int) -> Floats:
    """What a report without error would say, for each particle."""
    if report.kind == REMAINING:
        return cloud.left
    if report.kind == GONE:
        return np.maximum(0.0, cloud.start - cloud.left)
    moved = cloud.departed if report.kind == LEFT else cloud.arrived
    before: Floats = moved[:, max(0, moved.shape[1] - 1 - weeks)]
    now: Floats = moved[:, -1]
    return now - before


def _weigh(
    cloud: _Particles,
    weight: Floats,
    report: Count,
    source: int,
    spread: float,
    start: float,
    tail: float,
    weeks: int,
) -> tuple[Floats, tuple[float, float]]:
    """Bayes' rule for one report; also the interval in which it was expected."""
    truth = _truth(cloud, report, weeks)
    noise = (cloud.spread[:, source] * spread * truth) ** 2 + (LEAST_SPREAD * start) ** 2
    expected = truth * (1 + cloud.bias[:, source])
    variance = truth**2 * cloud.doubt[:, source] + noise
    deviation = np.sqrt(variance)
    draws = expected[:, None] + deviation[:, None] * np.array([-1.3, -0.5, 0.0, 0.5, 1.3])
    low, _, high = _quantiles(draws.ravel(), np.repeat(weight / 5, 5), (tail, 0.5, 1 - tail))
    off = (report.value - expected) / deviation
    # now and then a report is wild: it must not overturn the rest
    wild = np.exp(-0.5 * (off / WILD) ** 2) / WILD
    likelihood = ((1 - WILD_SHARE) * np.exp(-0.5 * off**2) + WILD_SHARE * wild) / deviation
    if report.kind in (LEFT, ARRIVED):
        # who reports that some left, or came, may have seen a part only, anything from none to all
        part = (report.value <= expected) / np.maximum(expected, LEAST_SPREAD * start)
        likelihood = (1 - PART_SHARE) * likelihood + PART_SHARE * part
        gain = np.zeros_like(truth)
    else:
        gain = truth * cloud.doubt[:, source] / variance
    # a side that repeats its promise while nobody leaves would otherwise hide the stop
    updated = weight if report.interested else weight * likelihood
    total = updated.sum()
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
