"""Small accords and claims for tests of the judge."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from servanda.core.accord import Accord, Instrument, OnDate, Party, Provision, Record, Relation
from servanda.core.claims import Claim, ClaimRecord
from servanda.core.dates import PartialDate, parse_when
from servanda.core.documents import Document
from servanda.core.judgement import Judgement
from servanda.core.problems import Location
from servanda.core.vocabulary import (
    Act,
    Action,
    Certainty,
    InstrumentStatus,
    Kind,
    Part,
    Polarity,
    RecordKind,
    WhenKind,
)
from servanda.judging import judge

AT = Location("accord.yaml", 1)
SIGNED = date(2020, 1, 1)


def day(number: int) -> date:
    """The day so many days after the signature."""
    return SIGNED + timedelta(days=number)


def accord(*provisions: Provision, parties: tuple[Party, ...] = (), **more: Any) -> Accord:
    known = parties or (
        Party("alpha", "Alpha", AT, sides=(Relation("north"),)),
        Party("beta", "Beta", AT, sides=(Relation("south"),)),
        Party("watch", "Watch Mission", AT),
    )
    instrument = Instrument(
        "deal", "Deal", InstrumentStatus.SIGNED, AT, signed=PartialDate.of(SIGNED), verifier="watch",
        parties=("alpha", "beta"), source="https://example.org", provisions=provisions,
    )  # fmt: skip
    return Accord("Test", AT, parties=known, instruments=(instrument,), **more)


def provision(name: str = "leave", *, due: int | None = None, **more: Any) -> Provision:
    fields: dict[str, Any] = {"debtors": ("alpha",), "action": Action.WITHDRAW, "kind": Kind.ACHIEVE}
    if due is not None:
        fields["deadline"] = OnDate(PartialDate.of(day(due)))
    return Provision(name, "deal", AT, **{**fields, **more})


def claim(
    name: str,
    on: int | None = None,
    *,
    published: int | None = None,
    action: Action = Action.WITHDRAW,
    negative: bool = False,
    act: Act = Act.REPORT,
    actors: tuple[str, ...] = ("Alpha",),
    kind: WhenKind | None = WhenKind.ON,
    publisher: str | None = None,
    doc: str | None = None,
    quote: str | None = None,
    when: str | None = None,
    part: Part = Part.BODY,
    certainty: Certainty = Certainty.CERTAIN,
    withdrawn: bool = False,
    **more: Any,
) -> ClaimRecord:
    said = day(published if published is not None else (on or 0))
    written = when or (day(on).isoformat() if on is not None else None)
    own = {field: more.pop(field) for field in ("commitment", "stance", "credibility") if field in more}
    return ClaimRecord(
        id=name,
        claim=Claim(
            doc=doc or f"doc-{name}",
            act=act,
            action=action,
            polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
            quote=quote,
            actors=actors,
            when=parse_when(written) if written else None,
            when_kind=kind if written else None,
            part=part,
            certainty=certainty,
            **more,
        ),
        document=Document(doc or f"doc-{name}", "", said, publisher or f"Outlet {name}", withdrawn=withdrawn),
        recorded=datetime(2030, 1, 1, tzinfo=UTC),
        **own,
    )


LATER = day(900)


def one(made: Accord, records: list[ClaimRecord], as_of: int, *, known: int | None = None, **more: Any) -> Judgement:
    name = more.pop("name", None)
    judged = judge(made, records, **more, as_of=day(as_of), known_by=day(known) if known is not None else LATER)
    return next(judgement for judgement in judged if name in (None, judgement.id))


def on(number: int) -> PartialDate:
    return PartialDate.of(day(number))


def record(kind: RecordKind, number: int, name: str = "leave", **more: Any) -> Record:
    return Record(kind, on(number), "https://example.org", AT, **{"provision": name, **more})


LEAVE = accord(provision(due=30))
