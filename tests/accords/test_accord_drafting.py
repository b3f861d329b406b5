"""Drafts: what coverage says becomes a proposal that the loader accepts, whatever the coverage says."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.accords import check_text, draft, parse
from servanda.core.accord import Accord, NoDeadline, OnDate, Window, Within
from servanda.core.claims import Claim, ClaimRecord
from servanda.core.dates import DateRange, Duration, PartialDate, parse_when
from servanda.core.documents import Document
from servanda.core.vocabulary import (
    Act,
    Action,
    Bound,
    Certainty,
    InstrumentStatus,
    Kind,
    Part,
    Polarity,
    RecordKind,
    WhenKind,
)

GOLD = Path(__file__).parents[3] / "shared" / "eval"


def record(quote: str = "they will leave", published: date = date(2021, 6, 23), **fields: Any) -> ClaimRecord:
    doc = fields.pop("doc", "doc-1")
    address = fields.pop("address", None)
    defaults: dict[str, Any] = {
        "act": Act.COMMIT,
        "action": Action.WITHDRAW,
        "polarity": Polarity.POSITIVE,
        "actors": ("Turkey",),
    }
    claim = Claim(doc=doc, quote=quote, **{**defaults, **fields})
    document = Document(doc, "0" * 64, published, publisher=f"Paper {doc}", address=address)
    return ClaimRecord(f"{doc}:{quote[:20]}", claim, document, datetime(2026, 1, 1, tzinfo=UTC))


def drafted(*records: ClaimRecord, title: str = "Test") -> tuple[str, Accord]:
    text = draft(title, records)
    accord, problems = parse(text, "accord.yaml")
    assert [str(problem) for problem in problems] == [], text
    assert accord is not None
    checked = check_text(text, "accord.yaml")[1]
    assert [str(problem) for problem in checked if problem.error] == [], text
    return text, accord


def test_a_commitment_becomes_a_provision_with_its_quote_beside_it() -> None:
    text, accord = drafted(
        record(
            "Russia and Turkey agreed to withdraw 300 troops",
            actors=("Russia", "Turkey"),
            quantity=300,
            place="Libya",
            object="troops",
            when=parse_when("2021-12-24"),
            when_kind=WhenKind.BY,
        )
    )
    (provision,) = accord.provisions
    assert provision.debtors == ("russia", "turkey")
    assert (provision.action, provision.place, provision.object) == (Action.WITHDRAW, "Libya", "troops")
    assert provision.quantity is not None
    assert provision.quantity.value == 300
    assert provision.deadline == OnDate(PartialDate(2021, 12, 24))
    assert provision.bound == (("russia", Bound.ENDORSED), ("turkey", Bound.ENDORSED))
    assert "# “Russia and Turkey agreed to withdraw 300 troops” (Paper doc-1, 2021-06-23)" in text


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ([{}], InstrumentStatus.ADOPTED),
        ([{"certainty": Certainty.POSSIBLE}], InstrumentStatus.TENTATIVE),
        ([{"part": Part.HEADLINE}], InstrumentStatus.TENTATIVE),
        ([{"part": Part.HEADLINE}, {}], InstrumentStatus.ADOPTED),
        ([{"part": Part.HEADLINE}, {"certainty": Certainty.POSSIBLE}], InstrumentStatus.TENTATIVE),
        ([{}, {"certainty": Certainty.POSSIBLE}], InstrumentStatus.TENTATIVE),
        ([{"act": Act.STIPULATE, "quote": "the deal asks them to leave"}], InstrumentStatus.TENTATIVE),
        ([{"act": Act.STIPULATE, "quote": "the signed deal asks them to leave"}], InstrumentStatus.SIGNED),
    ],
)
def test_what_is_not_done_yet_stays_tentative(claims: list[dict[str, Any]], status: InstrumentStatus) -> None:
    _, accord = drafted(*(record(**claim) for claim in claims))
    assert [instrument.status for instrument in accord.instruments] == [status]


def test_hostile_conduct_announced_is_owed_to_nobody() -> None:
    text, accord = drafted(record("we will stay", action=Action.REMAIN), record("we will strike", action=Action.ATTACK))
    assert accord.provisions == ()
    assert text.count("it announces conduct that nobody is owed") == 2


def test_a_speaker_owes_what_we_will_do_and_not_what_others_will() -> None:
    _, accord = drafted(
        record("we will leave", actors=("we",), source="the General Command"),
        record("countries are to withdraw their fighters", actors=("countries",), source="a minister"),
        record("they must be withdrawn", act=Act.STIPULATE, actors=("they",), source="the resolution"),
    )
    assert [provision.debtors for provision in accord.provisions] == [("general-command",)]


def test_what_a_state_owns_keeps_its_own_name() -> None:
    _, accord = drafted(
        record(actors=("Libya's transitional government", "Turkey's army", "the transitional government"))
    )
    assert [(party.name, party.aliases) for party in accord.parties] == [
        ("transitional government", ("Libya's transitional government",)),
        ("Turkey", ("Turkey's army",)),
    ]


def test_names_of_one_state_are_one_party() -> None:
    _, accord = drafted(record(actors=("Ankara",)), record("x", actors=("Turkish forces",)), record("y"))
    assert [(party.id, party.aliases) for party in accord.parties] == [("turkey", ("Ankara", "Turkish forces"))]
    assert len(accord.provisions) == 1


def test_a_signed_instrument_takes_its_date_and_parties_from_the_report_of_its_conclusion() -> None:
    _, accord = drafted(
        record(
            "the ceasefire agreed upon by the government and the army in October",
            act=Act.REPORT,
            action=Action.AGREE,
            actors=("government", "army"),
            when=parse_when("2020-10"),
            sentence=(0, 90),
        ),
        record(
            "all foreign troops were ordered to withdraw within three months",
            act=Act.STIPULATE,
            actors=("foreign troops",),
            source="UN-backed ceasefire",
            when=Duration(months=3),
            when_kind=WhenKind.BY,
            sentence=(0, 90),
        ),
    )
    (instrument,) = accord.instruments
    assert (instrument.title, instrument.status) == ("UN-backed ceasefire", InstrumentStatus.SIGNED)
    assert instrument.signed == PartialDate(2020, 10)
    assert instrument.parties == ("government", "army")
    assert isinstance(instrument.provisions[0].deadline, Within)
    assert str(instrument.provisions[0].deadline.span) == "3 months"


def test_two_readings_of_one_span_are_one_provision_with_an_interpretation() -> None:
    stipulated: dict[str, Any] = {"act": Act.STIPULATE, "source": "ceasefire", "when_kind": WhenKind.BY}
    _, accord = drafted(
        record("within three months", published=date(2021, 1, 29), when=Duration(months=3), **stipulated),
        record("within 90 days", doc="doc-2", when=Duration(days=90), **stipulated),
    )
    assert len(accord.provisions) == 1
    (reading,) = accord.records
    assert reading.kind is RecordKind.INTERPRETATION
    assert isinstance(reading.deadline, Within)
    assert reading.deadline.span == Duration(days=90)
    assert reading.quote == "within 90 days"


def test_a_refusal_is_no_undertaking_but_restraint_is() -> None:
    text, accord = drafted(
        record("Turkey refused to leave", polarity=Polarity.NEGATIVE),
        record("Turkey will send no arms", polarity=Polarity.NEGATIVE, action=Action.ARM),
    )
    (provision,) = accord.provisions
    assert (provision.action, provision.kind, provision.polarity) == (Action.ARM, Kind.REFRAIN, Polarity.NEGATIVE)
    assert "it is a refusal or an end, not an undertaking: “Turkey refused to leave”" in " ".join(text.split())


def test_demands_reports_and_predictions_propose_nothing() -> None:
    _, accord = drafted(*(record(act=act) for act in (Act.DEMAND, Act.REPORT, Act.PREDICT)))
    assert accord.provisions == ()


@pytest.mark.parametrize(
    ("when", "kind", "expected"),
    [
        ("2021-12-24", WhenKind.ON, Window),
        ("2021-01-01", WhenKind.ON, NoDeadline),
        ("2021-12", WhenKind.BY, OnDate),
        ("2021-12", WhenKind.FROM, Window),
        ("P18M", None, NoDeadline),
        ("P1Y6M", WhenKind.BY, Within),
        ("2021-07-01/2021-07-09", WhenKind.ON, Window),
    ],
)
def test_only_what_is_still_due_becomes_a_deadline(when: str, kind: WhenKind | None, expected: type) -> None:
    _, accord = drafted(record(when=parse_when(when), when_kind=kind))
    assert isinstance(accord.provisions[0].deadline, expected)


def test_nothing_said_gives_an_accord_all_the_same() -> None:
    assert drafted(title="")[1].title == "Untitled"


words = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["Turkey", "Ankara", "the two sides", "no", "yes", "null", "12", "a: b", "- x", "'", '"', "#", "{"]
    ),
)
whens = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate.of, st.dates()),
    st.builds(Duration, st.integers(0, 9), st.integers(0, 20), st.integers(0, 9), st.integers(0, 99)),
    st.dates().map(lambda day: DateRange(day, day)),
)
claims = st.builds(
    record,
    quote=words,
    published=st.dates(min_value=date(1000, 1, 1)),
    doc=words.map(lambda text: text or "d"),
    act=st.sampled_from(Act),
    action=st.sampled_from(Action),
    polarity=st.sampled_from(Polarity),
    actors=st.lists(words, max_size=3).map(tuple),
    source=st.one_of(st.none(), words, st.just("ceasefire agreement signed in Geneva")),
    when=whens,
    when_kind=st.sampled_from([None, *WhenKind]),
    quantity=st.one_of(st.none(), st.floats(), st.integers(0, 10**6).map(float)),
    place=st.one_of(st.none(), words),
    certainty=st.sampled_from(Certainty),
    object=st.one_of(st.none(), words),
    address=st.one_of(st.none(), words),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(claims, max_size=6), words)
def test_every_draft_is_accepted(records: list[ClaimRecord], title: str) -> None:
    text, _ = drafted(*records, title=title)
    assert text == draft(title, records)


@pytest.mark.parametrize("part", ["dev", "train"])
def test_drafts_from_the_annotated_texts_are_accepted(part: str) -> None:
    path = GOLD / part / "gold.jsonl"
    if not path.is_file():
        pytest.skip("the annotated texts are not beside this repository")
    by_doc: dict[str, list[ClaimRecord]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        by_doc.setdefault(gold["doc"], []).append(
            record(
                gold["quote"],
                doc=gold["doc"],
                act=Act(gold["act"]),
                action=Action(gold["action"]),
                polarity=Polarity(gold["polarity"]),
                actors=tuple(gold["actors"]),
                source=gold["source"],
                when=parse_when(gold["when"]) if gold["when"] else None,
                when_kind=WhenKind(gold["when_kind"]) if gold["when_kind"] else None,
                quantity=gold["quantity"],
                place=gold["place"],
                certainty=Certainty(gold["certainty"]),
            )
        )
    owed = {doc for doc, records in by_doc.items() if drafted(*records, title=doc)[1].provisions}
    assert owed, "no text gave a provision"
    drafted(*(one for records in by_doc.values() for one in records), title="all of them")
