"""How fast commitments are judged, and how it grows: `python benchmarks/judging.py [CLAIMS ...]`.

Claims are made up: distinct quotes, 24 actions, a tenth undated, sources of every kind; three in five are about
an actor and an action that somebody owes. Times are CPU seconds of this process; `one` judges one commitment, `history`
tells its history, `more` takes one more document (8 claims) into a docket. MB is the peak of the process, +MB what
judging added to it.
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from servanda.core.accord import Accord, Instrument, OnDate, Party, Provision, Relation
from servanda.core.claims import Claim, ClaimRecord
from servanda.core.dates import PartialDate
from servanda.core.documents import Document
from servanda.core.problems import Location
from servanda.core.vocabulary import Act, Action, Certainty, InstrumentStatus, Kind, Polarity, WhenKind
from servanda.judging import Docket, history, judge

AT = Location("accord.yaml", 1)
START = date(2000, 1, 1)
WORDS = [
    "troops",
    "left",
    "village",
    "border",
    "dawn",
    "convoy",
    "officials",
    "observed",
    "southern",
    "checkpoint",
    "brigade",
    "river",
    "mission",
    "statement",
    "elders",
    "route",
    "weapons",
    "container",
    "camp",
    "valley",
    "northern",
    "commander",
    "weekend",
    "rain",
    "bridge",
    "market",
    "clinic",
    "ministry",
]


def made_accord(commitments: int) -> Accord:
    parties = [
        Party(f"p{n}", f"Party {n:04d}", AT, sides=(Relation("north" if n % 2 else "south"),)) for n in range(200)
    ]
    provisions = []
    actions = list(Action)
    rng = random.Random(1)
    for n in range(commitments // 4):
        due = START + timedelta(days=rng.randint(30, 3000))
        made = Provision(
            f"provision-{n}", "deal", AT, debtors=tuple(f"p{(n * 4 + k) % 200}" for k in range(4)),
            action=actions[n % len(actions)], kind=rng.choice([Kind.ACHIEVE, Kind.ACHIEVE, Kind.MAINTAIN]),
            deadline=OnDate(PartialDate.of(due)),
        )  # fmt: skip
        provisions.append(made)
    deal = Instrument(
        "deal", "Deal", InstrumentStatus.SIGNED, AT, signed=PartialDate.of(START), verifier="watch",
        provisions=tuple(provisions),
    )  # fmt: skip
    return Accord("Made up", AT, parties=(*parties, Party("watch", "Watch Mission", AT)), instruments=(deal,))


def made_claims(accord: Accord, count: int) -> list[ClaimRecord]:
    rng = random.Random(2)
    owed = [(one.action, debtor) for one in accord.provisions for debtor in one.debtors]
    acts = [Act.REPORT] * 6 + list(Act)
    actions = list(Action)
    entered = datetime(2020, 1, 1, tzinfo=UTC)
    found = []
    for n in range(count):
        day = START + timedelta(days=n * 3000 // count)
        action, actor = rng.choice(owed) if rng.random() < 0.6 else (rng.choice(actions), f"p{rng.randrange(200)}")
        quote = f"{' '.join(rng.choices(WORDS, k=14))} {n}"
        claim = Claim(
            doc=f"d{n // 8}", act=rng.choice(acts), action=action,
            polarity=Polarity.POSITIVE if rng.random() < 0.7 else Polarity.NEGATIVE, quote=quote, end=len(quote),
            actors=(f"Party {actor[1:]:0>4}",),
            source=rng.choice([None, None, None, "Watch Mission", "an official", f"Party {rng.randrange(200):04d}"]),
            when=PartialDate.of(day - timedelta(days=rng.randint(0, 3))) if rng.random() < 0.9 else None,
            when_kind=WhenKind.ON, quantity=float(rng.randint(10, 500)) if rng.random() < 0.2 else None,
            certainty=Certainty.CERTAIN if rng.random() < 0.8 else Certainty.POSSIBLE,
        )  # fmt: skip
        document = Document(f"d{n // 8}", "", day, publisher=f"Outlet {rng.randrange(60)}")
        found.append(ClaimRecord(f"c{n}", claim, document, entered))
    return found


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [12_500, 25_000, 50_000, 100_000]
    accord = made_accord(1000)
    last = START + timedelta(days=3100)
    print("   claims     links  judge s  µs/claim  ratio  one s  history s  more s    MB   +MB")
    before_time, before_size = 0.0, 0
    for size in sizes:
        records = made_claims(accord, size)
        gc.collect()
        base = megabytes()
        start = time.process_time()
        judged = judge(accord, records, as_of=last, known_by=last)
        spent = time.process_time() - start
        peak = megabytes()
        links = sum(len(one.evidence) for one in judged)
        name = max(judged, key=lambda one: len(one.evidence)).id
        del judged
        start = time.process_time()
        judge(accord, records, as_of=last, known_by=last, only=[name])
        one = time.process_time() - start
        start = time.process_time()
        history(accord, records, commitment=name, as_of=last, known_by=last)
        told = time.process_time() - start
        docket = Docket(accord, records, as_of=last, known_by=last)
        start = time.process_time()
        docket.add([replace(record, id=f"more-{record.id}") for record in records[-8:]])
        more = time.process_time() - start
        del docket
        ratio = f"{spent / before_time / (size / before_size):.2f}" if before_time else ""
        print(
            f"{size:>9,} {links:>9,} {spent:>8.2f} {spent / size * 1e6:>9.1f} {ratio:>6} "
            f"{one:>6.2f} {told:>9.2f} {more:>6.3f} "
            f"{peak:>5.0f} {peak - base:>5.0f}",
            flush=True,
        )
        before_time, before_size = spent, size
        del records


if __name__ == "__main__":
    main()
