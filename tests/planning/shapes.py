"""Withdrawals of every shape, for the laws that all of them obey."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from servanda.core.forces import Exit, Force, Order, Withdrawal
from servanda.core.problems import Location
from servanda.planning.terms import periods_of, withdrawal_of

AT = Location("test", 1)


@st.composite
def withdrawals(draw: st.DrawFn, *, most_forces: int = 5, most_count: int = 6) -> Withdrawal:
    """Small withdrawals with regions, exits with room, indivisible forces and a lag."""
    number = draw(st.integers(2, 6))
    past = draw(st.integers(0, 3)) == 0
    forces = []
    for side in ("east", "west"):
        for n in range(draw(st.integers(1, most_forces))):
            forces.append(
                Force(
                    id=f"{side}-{n}",
                    side=side,
                    count=draw(st.integers(1, most_count)),
                    indivisible=draw(st.integers(0, 5)) == 0,
                    gone=draw(st.sampled_from([0, 0, 0, 1, 2])) if past else 0,
                    influence=draw(
                        st.sampled_from(
                            [
                                (("north", Fraction(1)),),
                                (("south", Fraction(1)),),
                                (("north", Fraction(1)), ("south", Fraction(1, 3))),
                            ]
                        )
                    ),
                    exit=draw(st.sampled_from(["port", "airfield", ""])),
                    capabilities=(
                        ("men", Fraction(draw(st.integers(1, 40)), 4)),
                        ("guns", Fraction(draw(st.integers(0, 9)))),
                    ),
                    at=AT,
                )
            )
    exits = []
    for name in ("port", "airfield"):
        through = [force for force in forces if force.exit == name]
        largest = max((force.count for force in through if force.indivisible), default=1)
        even = -(-sum(force.count for force in through) // number)
        exits.append(Exit(name, even + largest * len(through) + draw(st.integers(0, 5)), AT))
    return withdrawal_of(forces, periods_of(number), exits, lag=draw(st.integers(0, 2)))


orders = st.sampled_from(list(Order))
