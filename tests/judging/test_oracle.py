"""An independent oracle, straight from the definitions, over random histories."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.core.vocabulary import Action, Kind, WhenKind
from servanda.judging import judge

from .builders import accord, claim, day, provision

HISTORIES = int(os.environ.get("SERVANDA_HISTORIES", "500"))
"""The bar is 10,000: `SERVANDA_HISTORIES=10000 pytest tests/judging/test_oracle.py`."""


@dataclass(frozen=True)
class Report:
    what: str  # done, undone, missed (by the deadline), kept, breach (a day), breach from (open-ended)
    on: int
    last: int


def oracle_achieve(reports: Sequence[Report], due: int, as_of: int) -> str:
    done = sorted(r.on for r in reports if r.what == "done" and r.on <= as_of)
    undone = [r.on for r in reports if r.what == "undone" and r.on <= as_of]
    missed = [r for r in reports if r.what == "missed" and r.on >= due and max(r.on, due + 1) <= as_of]
    in_time = [d for d in done if d <= due]
    if as_of > due and in_time and missed:
        if len(in_time) == len(missed):
            done, missed = [d for d in done if d > due], []
        elif len(in_time) > len(missed):
            missed = []
        else:
            done = [d for d in done if d > due]
    if not done:
        if as_of <= due:
            return "in force"
        return "violated" if missed or any(d > due for d in undone) else "overdue"
    first = done[0]
    last_undone = max((d for d in undone if d > first), default=None)
    if last_undone is not None and not any(d > last_undone for d in done):
        return "reversed"
    return "fulfilled" if first <= due else "fulfilled late"


def oracle_keep(reports: Sequence[Report], as_of: int) -> str:
    for r in reports:
        if r.what == "breach" and r.on <= as_of <= r.last:
            return "violated"
        if r.what == "breach from" and r.on <= as_of:
            ends = [k.on for k in reports if k.what == "kept" and r.on < k.on <= as_of]
            if not ends:
                return "violated"
    return "in force"


def history_of(rng: random.Random, kinds: Sequence[str]) -> list[Report]:
    days = rng.sample(range(1, 60), rng.randint(0, 7))
    found = []
    for on in days:
        what = rng.choice(kinds)
        found.append(Report(what, on, on + (rng.randint(0, 6) if what == "breach" else 0)))
    return found


def check(seed: int) -> None:
    rng = random.Random(seed)
    due, as_of = rng.randint(5, 50), rng.randint(0, 70)
    if rng.random() < 0.6:
        reports = history_of(rng, ("done", "undone", "missed"))
        owed = provision(due=due)
        claims = [
            claim(f"r{n}", r.on, negative=r.what == "missed",
                  published=max(r.on, due + 1) if r.what == "missed" else r.on,
                  action=Action.DEPLOY if r.what == "undone" else Action.WITHDRAW)
            for n, r in enumerate(reports)
        ]  # fmt: skip
        expected = oracle_achieve(reports, due, as_of)
    else:
        reports = history_of(rng, ("kept", "breach", "breach from"))
        owed = provision("hold", kind=Kind.MAINTAIN, action=Action.CEASE_FIRE)
        claims = [
            claim(f"r{n}", r.on, published=70, action=Action.CEASE_FIRE if r.what == "kept" else Action.ATTACK,
                  kind=WhenKind.FROM if r.what == "breach from" else WhenKind.ON,
                  when=f"{day(r.on)}/{day(r.last)}" if r.what == "breach" else None)
            for n, r in enumerate(reports)
        ]  # fmt: skip
        expected = oracle_keep(reports, as_of)
    rng.shuffle(claims)
    (judged,) = judge(accord(owed), claims, as_of=day(as_of), known_by=day(1000))
    assert judged.state.value == expected, (seed, due, as_of, reports, [reason.text for reason in judged.reasons])


def test_no_disagreement_with_the_oracle() -> None:
    for seed in range(HISTORIES):
        check(seed)
