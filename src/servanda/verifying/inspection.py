"""How many sites and units to visit for a wanted chance of detection: exact, also where a visit may overlook a breach.

The number of breached sites among those visited is hypergeometric; each is then noticed with the detection probability,
independently. (Avenhaus and Canty, *Compliance Quantified*, 1996, ch. 2-3, gives the setting; the sums are exact here,
not the approximations for large numbers that are in use.)
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log1p

import numpy as np
from scipy.stats import hypergeom

from servanda.core.problems import ServandaError

MOST_SITES = 1_000_000
ASSUMPTIONS = (
    "sites to visit are drawn at random, each as likely as any other, and nobody knows which before",
    "each visit notices a breach at its site with the given probability, independently of the others",
    "breaches stay where they are while the round lasts",
)


@dataclass(frozen=True, slots=True)
class TwoStages:
    """Within a breached site, `breached` of `units` are in breach; `checked` of them are looked at on a visit."""

    units: int
    breached: int
    checked: int
    detection: float
    """Chance of noticing the breach at one site that is visited."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """An answer: how many to visit, what it promises, or why the goal is out of reach."""

    sites: int
    breached: int
    goal: float
    detection: float
    visits: int | None
    """The least number that reaches the goal in one round; `None` where none does."""
    chance: float
    """Of detection with that number, or with visits to all where the goal is out of reach."""
    rounds: int
    """How many rounds of visiting all the sites reach the goal, where one round does not; else 1."""
    why: str
    stages: TwoStages | None = None
    assumptions: tuple[str, ...] = ASSUMPTIONS


def chance_of_detection(sites: int, breached: int, visits: int, detection: float = 1.0) -> float:
    """The chance that at least one breach is noticed.

    Raises:
        ServandaError: numbers that cannot be.
    """
    _check(sites, breached, detection)
    if not 0 <= visits <= sites:
        raise ServandaError(f"{visits} of {sites} sites cannot be visited", f"give a number from 0 to {sites}")
    found = np.arange(max(0, visits - (sites - breached)), min(breached, visits) + 1)
    missed = float(np.sum(hypergeom.pmf(found, sites, breached, visits) * (1.0 - detection) ** found))
    return min(1.0, max(0.0, 1.0 - missed))


def inspect(
    sites: int,
    breached: int,
    goal: float = 0.95,
    detection: float = 1.0,
    *,
    units: int | None = None,
    breached_units: int = 1,
    checked_units: int | None = None,
) -> Inspection:
    """The least number of sites to visit, by exact search; with `units`, in two stages (sites, then units in a site).

    `breached` is the smallest number of sites in breach that would matter. In two stages `checked_units` are looked at
    in each site; where it is not given, as many as make the fewest checks in all.

    Raises:
        ServandaError: numbers that cannot be.
    """
    _check(sites, breached, detection)
    if not 0 < goal < 1:
        raise ServandaError(f"a goal of {goal:g} cannot be planned for", "give a chance between 0 and 1, as 0.95")
    if units is None:
        return _one_stage(sites, breached, goal, detection, None)
    _check(units, breached_units, detection)
    choices = range(1, units + 1) if checked_units is None else [checked_units]
    answers = []
    for checked in choices:
        noticed = chance_of_detection(units, breached_units, checked, detection)
        answers.append(_one_stage(sites, breached, goal, noticed, TwoStages(units, breached_units, checked, noticed)))
    reached = [answer for answer in answers if answer.visits is not None]
    if reached:
        return min(reached, key=lambda answer: ((answer.visits or 0) * _checked(answer), answer.visits))
    return max(answers, key=lambda answer: answer.chance)


def _checked(answer: Inspection) -> int:
    return answer.stages.checked if answer.stages else 1


def _one_stage(sites: int, breached: int, goal: float, detection: float, stages: TwoStages | None) -> Inspection:
    ceiling = chance_of_detection(sites, breached, sites, detection)
    if ceiling < goal:
        rounds = ceil(log1p(-goal) / (breached * log1p(-detection))) if 0 < detection < 1 else 0
        why = (
            f"even visits to all {sites} sites find {breached} breached with {ceiling:.1%} only, since a visit notices "
            f"a breach with {detection:.0%}; "
            + (f"visit all of them {rounds} times" if rounds else "no number of visits will do")
        )
        return Inspection(sites, breached, goal, detection, None, ceiling, rounds, why, stages)
    low, high = 0, sites
    while low < high:
        middle = (low + high) // 2
        if chance_of_detection(sites, breached, middle, detection) >= goal:
            high = middle
        else:
            low = middle + 1
    chance = chance_of_detection(sites, breached, low, detection)
    why = f"{low} of {sites} sites find at least one of {breached} breached with {chance:.1%}"
    return Inspection(sites, breached, goal, detection, low, chance, 1, why, stages)


def false_alarms(checks: int, specificity: float, *, confirmed: bool = False) -> float:
    """The chance of at least one false alarm in so many checks of sites that are all in order.

    With `confirmed`, an alarm counts only where a second, independent check of the same site raises it again.

    Raises:
        ServandaError: numbers that cannot be.
    """
    if checks < 0 or not 0 <= specificity <= 1:
        raise ServandaError(
            f"{checks} checks with a specificity of {specificity:g} cannot be",
            "give 0 or more checks and a share from 0 to 1",
        )
    wrong = 1 - specificity
    return 1 - (1 - (wrong**2 if confirmed else wrong)) ** checks


def _check(sites: int, breached: int, detection: float) -> None:
    if not 1 <= sites <= MOST_SITES:
        raise ServandaError(f"{sites} sites cannot be inspected", f"give a number from 1 to {MOST_SITES:,}")
    if not 1 <= breached <= sites:
        raise ServandaError(f"{breached} of {sites} cannot be in breach", f"give a number from 1 to {sites}")
    if not 0 < detection <= 1:
        raise ServandaError(f"a detection probability of {detection:g} cannot be", "give a share above 0, up to 1")
