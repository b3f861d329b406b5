"""Forces, exits and terms: what a planner needs to know to let two sides leave in balance. Exact numbers only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.problems import Location

STRENGTH = "strength"
"""The capability that is assumed, one for each unit of a force, where no capability is given at all."""

DEFAULT_MATERIALITY = Fraction(1, 20)


class Order(StrEnum):
    """Who moves when within a period.

    `simultaneous`: both sides at once. `alternating`: the side named first leads and the other answers within the
    period. `leapfrog`: alternating, led by whichever side makes the better plan, from half a tranche on.
    """

    SIMULTANEOUS = "simultaneous"
    ALTERNATING = "alternating"
    LEAPFROG = "leapfrog"


class Measure(StrEnum):
    """What is compared: the share of a side's own initial capability that is gone, or the amount."""

    SHARE = "share"
    ABSOLUTE = "absolute"


@dataclass(frozen=True, slots=True)
class Force:
    """A number of identical units of one side at one site, which leave through one exit.

    `capabilities` are per unit. A force that is `indivisible` leaves whole, in one period.
    """

    id: str
    side: str
    count: int
    at: Location
    owner: str = ""
    kind: str = ""
    indivisible: bool = False
    site: str = ""
    influence: tuple[tuple[str, Fraction], ...] = ()
    """Regions that it bears upon, each with a weight; 1 is its full capability."""
    exit: str = ""
    """Empty where its way out has no limit."""
    capabilities: tuple[tuple[str, Fraction], ...] = ()
    earliest: int | None = None
    """First period in which any of it may leave."""
    latest: int | None = None
    """Period by whose end all of it has left."""
    stays: bool = False
    """A host force: it does not leave, and is shown in absolute strengths only."""
    gone: int = 0
    """Units that had left, verified, before the first period; negative where more have arrived since than left."""

    @property
    def region(self) -> str:
        """The region that it bears upon most, or nothing."""
        return max(self.influence, key=lambda entry: entry[1])[0] if self.influence else ""


@dataclass(frozen=True, slots=True)
class Exit:
    """A hub through which forces leave; `capacity` is units per period, both sides together."""

    id: str
    capacity: int
    at: Location


@dataclass(frozen=True, slots=True)
class Precedence:
    """`then` may begin only when `first` has left and its departure has been verified."""

    first: str
    then: str
    at: Location


@dataclass(frozen=True, slots=True)
class Ceiling:
    """By the end of a period, a side may keep at most so many units (of one kind, where it is given)."""

    side: str
    period: int
    at_most: int
    at: Location
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Goods of different kinds that answer each other: one side's weapons against the other's soldiers."""

    id: str
    kinds: tuple[tuple[str, str], ...]
    """For each side, the kind of force that counts."""
    at: Location


@dataclass(frozen=True, slots=True)
class Period:
    """One period of the timetable. The dates, where known, include both days."""

    number: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A capability, over the whole theatre or in one region, in which the sides are compared."""

    capability: str
    region: str | None
    held: tuple[Fraction, Fraction]
    """What each side held at the start, before anything had left."""
    weights: tuple[tuple[int, Fraction], ...]
    """For each force that bears on it: the force's index, and what one of its units contributes."""
    left_out: str | None = None
    """Why it is not compared; `None` where it is."""

    @property
    def name(self) -> str:
        """As it is shown."""
        return self.capability if self.region is None else f"{self.capability} in {self.region}"


@dataclass(frozen=True)
class Withdrawal:
    """The whole task: who is to leave, through what, by when, and on which terms."""

    sides: tuple[str, str]
    """The first leads where moves alternate."""
    forces: tuple[Force, ...]
    periods: tuple[Period, ...]
    exits: tuple[Exit, ...] = ()
    lag: int = 0
    """Periods that the verification of a tranche takes."""
    precedences: tuple[Precedence, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    materiality: Fraction = field(default=DEFAULT_MATERIALITY)
    """A region counts for a capability where each side holds at least this share of its own capability there."""

    def side_of(self, force: Force) -> int:
        """0 for the first side, 1 for the second."""
        return self.sides.index(force.side)

    @cached_property
    def leaving(self) -> tuple[Force, ...]:
        """The forces that are to leave; host forces stay."""
        return tuple(force for force in self.forces if not force.stays)

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Every capability over the theatre and in each region, also those that are left out, with the reason.

        Indices of forces refer to `leaving`.
        """
        return (*self._over_theatre(), *self._in_regions(), *self._exchanged())

    @property
    def compared(self) -> tuple[Dimension, ...]:
        """The dimensions in which the sides are compared."""
        return tuple(dimension for dimension in self.dimensions if dimension.left_out is None)

    @cached_property
    def _capabilities(self) -> tuple[dict[str, Fraction], ...]:
        if any(force.capabilities for force in self.leaving):
            return tuple(dict(force.capabilities) for force in self.leaving)
        return tuple({STRENGTH: Fraction(1)} for _ in self.leaving)

    def _dimension(self, capability: str, region: str | None, weights: dict[int, Fraction]) -> Dimension:
        held = [Fraction(0), Fraction(0)]
        for index, weight in weights.items():
            force = self.leaving[index]
            held[self.side_of(force)] += weight * (force.count + force.gone)
        reason = None
        if min(held) <= 0:
            holder = self.sides[0] if held[0] > 0 else self.sides[1] if held[1] > 0 else None
            reason = f"only {holder} holds it" if holder else "nobody holds it"
        return Dimension(capability, region, (held[0], held[1]), tuple(sorted(weights.items())), reason)

    def _over_theatre(self) -> tuple[Dimension, ...]:
        names = dict.fromkeys(name for capabilities in self._capabilities for name in capabilities)
        return tuple(
            self._dimension(
                name,
                None,
                {index: own[name] for index, own in enumerate(self._capabilities) if own.get(name)},
            )
            for name in names
        )

    def _in_regions(self) -> tuple[Dimension, ...]:
        regions = dict.fromkeys(region for force in self.leaving for region, _ in force.influence)
        found = []
        theatres = self._over_theatre()
        for region in regions:
            share = [dict(force.influence).get(region, Fraction(0)) for force in self.leaving]
            for theatre in theatres:
                weights = {index: weight * share[index] for index, weight in theatre.weights if share[index]}
                local = self._dimension(theatre.capability, region, weights)
                if local.held == theatre.held and len(regions) == 1:
                    continue
                thin = [
                    side
                    for side, here, all_ in zip(self.sides, local.held, theatre.held, strict=True)
                    if here < self.materiality * all_
                ]
                if local.left_out is None and thin:
                    words = (
                        "hold less than {:.0%} of their own" if len(thin) > 1 else "holds less than {:.0%} of its own"
                    )
                    reason = f"{' and '.join(thin)} {words.format(float(self.materiality))} there"
                    local = Dimension(local.capability, region, local.held, local.weights, reason)
                found.append(local)
        return tuple(found)

    def _exchanged(self) -> tuple[Dimension, ...]:
        return tuple(
            self._dimension(
                exchange.id,
                None,
                {
                    index: Fraction(1)
                    for index, force in enumerate(self.leaving)
                    if (force.side, force.kind) in exchange.kinds
                },
            )
            for exchange in self.exchanges
        )
