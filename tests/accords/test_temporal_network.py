"""Contradictions against an oracle: a set of constraints holds if some whole-numbered moments satisfy it."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.accords.consistency.temporal_network import Constraint, contradictions, smallest_contradiction

MOMENTS = ("origin", "a", "b", "c", "d")
constraints = st.lists(
    st.builds(
        lambda pair, days, number: Constraint(pair[0], pair[1], days, f"{number}"),
        st.permutations(MOMENTS).map(lambda order: order[:2]),
        st.integers(-2, 2),
        st.integers(0, 10**9),
    ),
    max_size=8,
    unique_by=lambda constraint: constraint.reason,
)


def can_hold(some: tuple[Constraint[str], ...]) -> bool:
    """By trial of all moments that matter: with days from −2 to 2, a solution lies within 8 days of the origin."""
    moments = [moment for moment in MOMENTS if any(moment in (one.later, one.earlier) for one in some)]
    if not moments:
        return True
    lowest = min((one.days for one in some), default=0) * len(moments)
    reach = max(abs(lowest), 1)
    for values in product(range(reach + 1), repeat=len(moments)):
        at = dict(zip(moments, values, strict=True))
        if all(at[str(one.later)] - at[str(one.earlier)] <= one.days for one in some):
            return True
    return False


@settings(max_examples=150, deadline=None)
@given(constraints)
def test_the_smallest_contradictory_set_is_contradictory_and_smallest(given_constraints: list[Constraint[str]]) -> None:
    found = smallest_contradiction(given_constraints, "origin")
    if found is None:
        assert can_hold(tuple(given_constraints))
        return
    assert not can_hold(found)
    for smaller in combinations(given_constraints, len(found) - 1):
        assert can_hold(smaller), (smaller, found)


@settings(max_examples=150, deadline=None)
@given(constraints)
def test_every_set_reported_is_contradictory_and_the_rest_can_hold(given_constraints: list[Constraint[str]]) -> None:
    by_reason = {constraint.reason: constraint for constraint in given_constraints}
    found = contradictions(given_constraints, "origin", limit=100)
    for reasons in found:
        assert not can_hold(tuple(by_reason[reason] for reason in reasons))
    assert len(set(found)) == len(found)
    assert bool(found) == (smallest_contradiction(given_constraints, "origin") is not None)


def test_a_contradiction_is_found_though_a_moment_beside_it_is_moved_often() -> None:
    beside = [Constraint("b", "origin", -2, "1"), Constraint("a", "b", 1, "2"), Constraint("a", "d", -2, "3")]
    found = smallest_contradiction([*beside, Constraint("origin", "a", 0, "4")], "origin")
    assert found is not None
    assert {one.reason for one in found} == {"1", "2", "4"}


def test_a_long_chain_is_followed() -> None:
    chain = [Constraint(f"m{number}", f"m{number + 1}", -1, f"{number}") for number in range(500)]
    closing = Constraint("m500", "m0", 499, "closing")
    assert smallest_contradiction([*chain, Constraint("m500", "m0", 500, "closing")], "origin") is None
    found = smallest_contradiction([*chain, closing], "origin")
    assert found is not None
    assert len(found) == 501
