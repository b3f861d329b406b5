"""One story in many outlets is one origin: by its quotes, by its whole text, by the agency that it is credited to."""

from __future__ import annotations

import random
from dataclasses import replace

from servanda.core.accord import Party, Relation, Source
from servanda.core.claims import ClaimRecord
from servanda.core.likeness import sketch_of
from servanda.core.vocabulary import Standing
from servanda.judging import judge
from servanda.judging.origins import _MANY

from .builders import AT, LATER, LEAVE, accord, claim, day, one, provision

WORDS = ("troops", "left", "village", "border", "dawn", "convoy", "route", "camp", "valley", "rain", "bridge", "market")


def story(seed: int) -> str:
    chance = random.Random(seed)
    return "\n".join(" ".join(chance.choice(WORDS) for _ in range(18)) + "." for _ in range(12))


def told(name: str, on: int, *, seed: int | None = None, wire: str | None = None, **more: object) -> ClaimRecord:
    """A report that they had not left, in an outlet and in words of its own, and the text around it."""
    quote = f"{name} {name}ly told in words {name} alone {name}s"
    made = claim(name, on, negative=True, quote=quote, publisher=f"Outlet {name}", **more)  # type: ignore[arg-type]
    sketch = b"" if seed is None else sketch_of(story(seed))
    return replace(made, document=replace(made.document, sketch=sketch, wire=wire))


def standing(*records: ClaimRecord) -> Standing:
    return one(LEAVE, list(records), 80).standing


def test_two_outlets_that_print_one_story_corroborate_nothing() -> None:
    assert standing(told("a", 32, seed=1), told("b", 33, seed=1)) is Standing.REPORTED
    assert standing(told("a", 32, seed=1), told("b", 33, seed=2)) is Standing.CORROBORATED
    assert standing(told("a", 32), told("b", 33)) is Standing.CORROBORATED, "texts that nobody has are not alike"


def test_copies_follow_soon() -> None:
    assert standing(told("a", 32, seed=1), told("b", 47, seed=1)) is Standing.CORROBORATED
    chain = [told("a", 32, seed=1), told("b", 40, seed=1), told("c", 48, seed=1)]
    assert standing(*chain) is Standing.REPORTED


def test_two_outlets_that_credit_one_agency_corroborate_nothing() -> None:
    assert standing(told("a", 32, wire="Reuters"), told("b", 60, wire="Reuters")) is Standing.REPORTED
    assert standing(told("a", 32, wire="Reuters"), told("b", 33, wire="AFP")) is Standing.CORROBORATED
    agency = replace(claim("own", 31, negative=True), document=replace(claim("own", 31).document, publisher="Reuters"))
    assert standing(told("a", 32, wire="Reuters"), agency) is Standing.REPORTED


def test_who_is_named_is_the_origin_whatever_text_it_stands_in() -> None:
    roe, poe = told("a", 32, seed=1, source="Jane Roe"), told("b", 33, seed=1, source="John Poe")
    assert standing(roe, poe) is Standing.CORROBORATED


def test_a_story_of_the_debtors_own_agency_is_its_own_word() -> None:
    made = accord(
        provision(due=30),
        parties=(
            Party("alpha", "Alpha", AT, sides=(Relation("north"),)),
            Party("watch", "Watch Mission", AT),
        ),
        sources=(Source("TASS", "C", AT, party="alpha"),),
    )
    printed = claim("c", 20, quote="all its troops have left")
    printed = replace(printed, document=replace(printed.document, wire="TASS"))
    judged = one(made, [printed], 40)
    assert (judged.standing, judged.evidence[0].accepted) == (Standing.SELF_REPORTED, False)


def test_many_copies_in_one_week_are_one_origin_and_other_stories_are_not() -> None:
    """More texts than are compared one by one; the oldest copies are no longer among the latest."""
    copies = [told(f"n{n}", 32 + n % 7, seed=1) for n in range(2 * _MANY)]
    others = [told(f"m{n}", 32 + n % 7, seed=100 + n) for n in range(_MANY)]
    (judged,) = judge(LEAVE, [*copies, *others], as_of=day(80), known_by=LATER)
    origins: dict[str, set[str]] = {}
    for evidence in judged.evidence:
        origins.setdefault(evidence.origin, set()).add(evidence.record.id)
    assert sorted(map(len, origins.values())) == [1] * _MANY + [2 * _MANY]


def test_many_quotes_in_one_week_are_told_apart_by_their_words() -> None:
    copies = [replace(told(f"n{n}", 32 + n % 7), id=f"n{n}") for n in range(2 * _MANY)]
    copies = [
        replace(c, claim=replace(c.claim, quote=f"not one of them had left the valley, it is said, {n}"))
        for n, c in enumerate(copies)
    ]
    (judged,) = judge(LEAVE, copies, as_of=day(80), known_by=LATER)
    assert len({evidence.origin for evidence in judged.evidence}) == 1
