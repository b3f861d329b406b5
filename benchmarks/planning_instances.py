"""The published generator of planning instances: two sides, three capabilities, two to four regions, 20,000 troops."""

import random
from dataclasses import dataclass
from fractions import Fraction

from servanda.core.forces import Exit, Force, Withdrawal
from servanda.core.problems import Location
from servanda.planning.terms import periods_of, withdrawal_of

TROOPS = 20_000
PERIODS = 13
SITES = 8
CAPABILITIES = ("manpower", "firepower", "air")
KINDS = {
    # manpower, firepower and air power per head, and how common the kind is
    "infantry": (1.0, 0.5, 0.2, 0.55),
    "armour": (0.6, 1.5, 0.3, 0.25),
    "air defence": (0.7, 0.6, 1.2, 0.20),
}


@dataclass(frozen=True)
class Recipe:
    """Names one instance: the same recipe always gives the same one."""

    units: int
    grouped: bool
    seed: int
    periods: int = PERIODS
    lag: int = 0

    @property
    def name(self) -> str:
        return f"{self.units:,} {'in groups' if self.grouped else 'units'}, seed {self.seed}"


def instance(recipe: Recipe) -> Withdrawal:
    """Sides of unequal strength and make-up. Distinct units differ in size and quality; groups are of identical units.

    Sizes are log-normal (sigma 0.5) and scaled so that 20,000 troops leave in all, 55 to 65 per cent of them the
    first side's. A unit stands at one of eight sites; a site bears fully on its own region and by 10 to 60 per cent on
    each other one. Four hubs, each with 40 per cent more capacity than an even departure needs.
    """
    random_ = random.Random(f"servanda {recipe.units} {recipe.grouped} {recipe.seed}")
    regions = [f"region {n}" for n in range(1, random_.randint(2, 4) + 1)]
    sites = [_site(n, regions, random_) for n in range(SITES)]
    share = random_.uniform(0.55, 0.65)
    numbers = {"north": max(2, round(recipe.units * random_.uniform(0.45, 0.55)))}
    numbers["south"] = recipe.units - numbers["north"]
    forces: list[Force] = []
    for side, number in numbers.items():
        troops = TROOPS * (share if side == "north" else 1 - share)
        counts = _split(number, random_) if recipe.grouped else [1] * number
        sizes = [random_.lognormvariate(0, 0.5) for _ in counts]
        scale = troops / sum(size * count for size, count in zip(sizes, counts, strict=True))
        for n, (count, size) in enumerate(zip(counts, sizes, strict=True), 1):
            kind = random_.choices(list(KINDS), [rate for *_, rate in KINDS.values()])[0]
            *per_head, _ = KINDS[kind]
            heads = size * scale
            site = random_.randrange(SITES)
            forces.append(
                Force(
                    id=f"{side}-{n}",
                    side=side,
                    kind=kind,
                    count=count,
                    site=f"site {site + 1}",
                    influence=sites[site],
                    exit=f"hub {random_.randint(1, 4)}",
                    capabilities=tuple(
                        (name, Fraction(max(1, round(heads * each * random_.lognormvariate(0, 0.25) * 100)), 100))
                        for name, each in zip(CAPABILITIES, per_head, strict=True)
                    ),
                    at=Location("generated", len(forces) + 1),
                )
            )
    hubs = []
    for hub in range(1, 5):
        through = sum(force.count for force in forces if force.exit == f"hub {hub}")
        hubs.append(Exit(f"hub {hub}", -(-through * 14 // (10 * recipe.periods)) + 1, Location("generated", hub)))
    return withdrawal_of(forces, periods_of(recipe.periods), hubs, sides=("north", "south"), lag=recipe.lag)


def _split(number: int, random_: random.Random) -> list[int]:
    """Groups whose number grows with the square root of the units', as kinds and sites do."""
    groups = max(2, min(number, round(4 + 0.6 * number**0.5)))
    weights = [random_.uniform(0.3, 1.0) for _ in range(groups)]
    counts = [max(1, int(number * weight / sum(weights))) for weight in weights]
    counts[0] += number - sum(counts)
    return counts


def _site(number: int, regions: list[str], random_: random.Random) -> tuple[tuple[str, Fraction], ...]:
    """Influence on every region: full on its own, weaker on the others."""
    home = regions[number % len(regions)]
    return tuple(
        (region, Fraction(1) if region == home else Fraction(random_.randint(10, 60), 100)) for region in regions
    )
