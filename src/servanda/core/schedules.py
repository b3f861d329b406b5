"""Schedules of departures: tranches, what they expose each side to, and the exact certificate of a schedule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from servanda.core.forces import Measure, Order, Period


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """So many units of one force leave in one half of one period. Where both sides move at once, the half is 1."""

    period: int
    half: int
    force: str
    count: int
    exit: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """All tranches of a withdrawal, with what is claimed of them."""

    order: Order
    measure: Measure
    lag: int
    periods: tuple[Period, ...]
    moves: tuple[Move, ...]
    exposure: Fraction
    """The worst exposure of any side at any moment, in any dimension."""
    bound: Fraction
    """Proven: no schedule for this task in this order has a worst exposure below it."""
    materiality: Fraction | None = None
    """Where it differs from the default rule."""
    tolerance: Fraction | None = None

    @property
    def completion(self) -> int:
        """The last period in which anything leaves; 0 where nothing does."""
        return max((move.period for move in self.moves), default=0)


@dataclass(frozen=True, slots=True)
class Moment:
    """What one side risks at one moment, in one dimension, if the other stops right there."""

    side: str
    period: int
    half: int
    dimension: str
    region: str | None
    own: Fraction
    """Gone of its own by then, as a share or an amount."""
    seen: Fraction
    """Verified as gone of the other side's."""

    @property
    def exposure(self) -> Fraction:
        """Its disadvantage; negative where it is ahead."""
        return self.own - self.seen


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an exact check of a schedule found."""

    valid: bool
    findings: tuple[str, ...]
    """Why it is refused; empty where it is valid."""
    exposure: Fraction
    worst: tuple[Moment, ...]
    """The worst moment of each side that has one, in the order of the sides."""
    moments: tuple[Moment, ...] = field(repr=False, default=())
    """Every side, period and dimension."""
    notes: tuple[str, ...] = ()
    """What is worth knowing and is no fault: dimensions left out, a bound that is not re-proven here."""
