"""Small judgements, evidence and accords for tests of what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from servanda.core.accord import Accord, Instrument, Party, Provision
from servanda.core.claims import Claim, ClaimRecord
from servanda.core.dates import DateRange, PartialDate
from servanda.core.documents import Document
from servanda.core.judgement import Evidence, Grade, Judgement, Link, Reason
from servanda.core.problems import Location
from servanda.core.vocabulary import (
    Act,
    Action,
    Bound,
    Credibility,
    InstrumentStatus,
    Kind,
    Polarity,
    Reliability,
    Stance,
    Standing,
    State,
)

RECORDED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
AT = Location("accord.yaml", 1)


def document(identity: str = "report-1", **changes: Any) -> Document:
    base = Document(
        id=identity,
        sha256="0" * 64,
        published=date(2021, 1, 29),
        publisher="The Gazette",
        title="Neither side left",
        address="https://example.org/report-1",
        recorded=RECORDED,
    )
    return replace(base, **changes)


def record(identity: str = "report-1:1", *, doc: Document | None = None, **changes: Any) -> ClaimRecord:
    doc = doc or document()
    claim = Claim(
        doc=doc.id,
        act=Act.REPORT,
        action=Action.WITHDRAW,
        polarity=Polarity.NEGATIVE,
        quote="Eastland did not pull out its troops",
        start=10,
        end=46,
        sentence=(10, 47),
        actors=("Eastland",),
        when=PartialDate(2021, 1, 23),
    )
    return ClaimRecord(id=identity, claim=replace(claim, **changes), document=doc, recorded=RECORDED)


def evidence(identity: str = "report-1:1", *, doc: Document | None = None, **changes: Any) -> Evidence:
    base = Evidence(
        record=record(identity, doc=doc),
        link=Link("troops-leave/eastland", 0.9, (("action", 1.0), ("actors", 1.0))),
        stance=Stance.FAILS,
        grade=Grade(Reliability.B, Credibility.PROBABLY_TRUE),
        event=DateRange(date(2021, 1, 23), date(2021, 1, 23)),
        interest=None,
        origin="report-1",
        accepted=True,
        why="an outlet in its own voice",
    )
    return replace(base, **changes)


def judgement(**changes: Any) -> Judgement:
    base = Judgement(
        id="troops-leave/eastland",
        instrument="truce",
        provision="troops-leave",
        debtor="eastland",
        predecessor=None,
        bound=Bound.ADDRESSED,
        kind=Kind.ACHIEVE,
        state=State.VIOLATED,
        outlook=None,
        standing=Standing.REPORTED,
        disputed=None,
        stale_since=None,
        due=PartialDate(2021, 1, 23),
        share=None,
        evidence=(evidence(),),
        reasons=(Reason("failed-by-deadline", "It was not done by 23 January 2021.", ("report-1:1",)),),
    )
    return replace(base, **changes)


def accord(**changes: Any) -> Accord:
    troops = Provision(
        id="troops-leave",
        instrument="truce",
        at=AT,
        debtors=("eastland", "westland"),
        action=Action.WITHDRAW,
        text="All troops leave within three months.",
    )
    truce = Instrument(
        id="truce",
        title="Truce of October 2020",
        status=InstrumentStatus.SIGNED,
        at=AT,
        signed=PartialDate(2020, 10, 23),
        provisions=(troops,),
    )
    parties = (Party("eastland", "Eastland", AT), Party("westland", "Westland", AT))
    return replace(Accord(title="Borderlands", at=AT, parties=parties, instruments=(truce,)), **changes)
