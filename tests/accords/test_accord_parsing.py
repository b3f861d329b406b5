"""What an accord file says arrives in the accord; written in the user's own format."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from servanda.accords import load, parse, template
from servanda.core.accord import (
    Accord,
    AfterEntryIntoForce,
    AfterEvent,
    AfterFulfilment,
    AfterSignature,
    AllOf,
    AnyOf,
    Deadline,
    EarlierOf,
    Fulfilled,
    LaterOf,
    NoDeadline,
    Occurred,
    OnDate,
    Provision,
    Quantity,
    Recurring,
    Relation,
    Requirement,
    Stated,
    Window,
    Within,
)
from servanda.core.dates import Duration, PartialDate
from servanda.core.vocabulary import AcceptedProof, Action, Bound, InstrumentStatus, Kind, Polarity, RecordKind

EXAMPLE = Path(__file__).parents[2] / "examples" / "libya" / "accord.yaml"

HEAD = """\
accord: Test
parties:
  ours: {name: Our side, side: west}
  theirs: {name: Their side, side: east, backs: west}
groups:
  both: {name: both sides, members: [ours, theirs]}
events:
  road-opened: {title: The road was opened, on: 2021-07-30}
instruments:
  - id: truce
    title: Truce
    status: signed
    signed: 2020-10-23
    parties: both
    provisions:
      - {id: other, debtors: ours, action: open}
      - id: main
        action: withdraw
"""


def accord_of(text: str) -> Accord:
    accord, problems = parse(dedent(text), "accord.yaml")
    assert accord is not None, "\n".join(str(problem) for problem in problems)
    return accord


def provision_of(lines: str) -> Provision:
    provision = accord_of(HEAD + indent(dedent(lines), " " * 8)).provision("main")
    assert provision is not None
    return provision


def day(text: str) -> OnDate:
    return OnDate(PartialDate.parse(text))


@pytest.mark.parametrize(
    ("written", "deadline"),
    [
        ("2021-01-23", day("2021-01-23")),
        ("2021-01", day("2021-01")),
        ("2021", day("2021")),
        ("'2021-01-23'", day("2021-01-23")),
        ("none", NoDeadline()),
        ("{none: without delay}", NoDeadline("without delay")),
        ("{by: 2021-01-23}", day("2021-01-23")),
        ("{before: 2021-01-23}", OnDate(PartialDate(2021, 1, 23), inclusive=False)),
        ("{on: 2021-12-24}", Window(day("2021-12-24"), day("2021-12-24"))),
        ("{within: 3 months, after: signature}", Within(Duration(months=3), AfterSignature())),
        ("{within: 90 days, after: entry-into-force}", Within(Duration(days=90), AfterEntryIntoForce())),
        ("{within: 2 weeks, after: other}", Within(Duration(weeks=2), AfterFulfilment("other"))),
        ("{within: 5 business days, after: road-opened}", Within(Duration(business_days=5), AfterEvent("road-opened"))),
        (
            "{within: P30D, after: {fulfilled: other, stage: 2, verified: true}}",
            Within(Duration(days=30), AfterFulfilment("other", 2, verified=True)),
        ),
        ("{within: 1 year, after: {event: road-opened}}", Within(Duration(years=1), AfterEvent("road-opened"))),
        (
            "{before: {within: 90 days, after: signature}}",
            Within(Duration(days=90), AfterSignature(), inclusive=False),
        ),
        ("{not_before: 2021-01-01}", Window(day("2021-01-01"), None)),
        ("{not_before: 2021-01-01, by: 2021-02-01}", Window(day("2021-01-01"), day("2021-02-01"))),
        ("{from: 2021-01-01, to: 2021-02-01}", Window(day("2021-01-01"), day("2021-02-01"))),
        ("{after: other}", Window(Within(Duration(), AfterFulfilment("other")), None)),
        (
            "{earlier_of: [2021-01-23, {within: 90 days, after: signature}]}",
            EarlierOf((day("2021-01-23"), Within(Duration(days=90), AfterSignature()))),
        ),
        ("{later_of: [2021-01-23, 2021-02-01]}", LaterOf((day("2021-01-23"), day("2021-02-01")))),
        (
            "{every: 30 days, after: signature, until: 2022-01-01}",
            Recurring(Duration(days=30), AfterSignature(), PartialDate(2022, 1, 1)),
        ),
    ],
)
def test_deadlines_in_every_form(written: str, deadline: Deadline) -> None:
    assert provision_of(f"deadline: {written}").deadline == deadline


@pytest.mark.parametrize(
    ("written", "quantity"),
    [
        ("300", Quantity(300)),
        ("0.5", Quantity(0.5)),
        ("300 troops", Quantity(300, "troops")),
        ("about 14,700 soldiers", Quantity(14700, "soldiers", "about")),
        ("no fewer than 50 km", Quantity(50, "km", "at least")),
        ("Up to 60 monitors", Quantity(60, "monitors", "at most")),
        ("30%", Quantity(0.3, "share")),
        ("at least 30 per cent", Quantity(0.3, "share", "at least")),
        ("{value: 300, unit: troops, relation: about}", Quantity(300, "troops", "about")),
        ("{value: 0.3, unit: share}", Quantity(0.3, "share")),
    ],
)
def test_quantities_in_every_form(written: str, quantity: Quantity) -> None:
    assert provision_of(f"quantity: {written}").quantity == quantity


@pytest.mark.parametrize(
    ("written", "requirement"),
    [
        ("other", Fulfilled("other")),
        ("other/ours", Fulfilled("other", "ours")),
        ("road-opened", Occurred("road-opened")),
        ("{fulfilled: other, debtor: ours, stage: 2, verified: true}", Fulfilled("other", "ours", 2, verified=True)),
        ("{fulfilled: other/ours}", Fulfilled("other", "ours")),
        ("{event: road-opened}", Occurred("road-opened")),
        ("seven quiet days come first", Stated("seven quiet days come first")),
        ("{stated: quiet}", Stated("quiet")),
        ("[other, road-opened]", AllOf((Fulfilled("other"), Occurred("road-opened")))),
        (
            "{any: [other, {all: [road-opened, {stated: quiet}]}]}",
            AnyOf((Fulfilled("other"), AllOf((Occurred("road-opened"), Stated("quiet"))))),
        ),
    ],
)
def test_conditions_in_every_form(written: str, requirement: Requirement) -> None:
    assert provision_of(f"condition: {written}").condition == requirement
    assert provision_of(f"depends_on: {written}").depends_on == requirement


def test_a_provision_with_every_key() -> None:
    provision = provision_of("""
        text: Our side withdraws.
        debtors: [both]
        creditors: theirs
        polarity: negative
        object: forces
        place: Sirte
        kind: maintain
        joint: yes
        bound: {ours: signed, theirs: addressed}
        proof: {accepts: [verifier, named source], verifiers: [theirs]}
        """)
    assert provision.debtors == ("ours", "theirs")
    assert provision.creditors == ("theirs",)
    assert (provision.action, provision.polarity) == (Action.WITHDRAW, Polarity.NEGATIVE)
    assert (provision.object, provision.place, provision.kind, provision.joint) == (
        "forces",
        "Sirte",
        Kind.MAINTAIN,
        True,
    )
    assert provision.bound == (("ours", Bound.SIGNED), ("theirs", Bound.ADDRESSED))
    assert provision.proof.accepts == {AcceptedProof.VERIFIER, AcceptedProof.NAMED_SOURCE}
    assert provision.proof.verifiers == ("theirs",)
    assert provision.at.line == 17


def test_one_word_binds_all_debtors_and_a_provision_overrides_its_instrument() -> None:
    assert provision_of("debtors: both\nbound: endorsed").bound == (
        ("ours", Bound.ENDORSED),
        ("theirs", Bound.ENDORSED),
    )
    accord = accord_of("""
        accord: Test
        parties: {a: {name: A}, b: {name: B}}
        instruments:
          - id: i
            title: I
            status: adopted
            bound: endorsed
            provisions:
              - {id: p, action: withdraw, debtors: [a, b], bound: {b: addressed}}
        """)
    assert accord.provisions[0].bound == (("a", Bound.ENDORSED), ("b", Bound.ADDRESSED))


def test_refrain_means_that_the_action_is_not_to_be_done() -> None:
    assert provision_of("kind: refrain").polarity is Polarity.NEGATIVE
    assert provision_of("kind: maintain").polarity is Polarity.POSITIVE


def test_stages_are_numbered_and_know_what_releases_them() -> None:
    stages = provision_of("""
        stages:
          - {deadline: 2005-09-15, quantity: 210 weapons, text: the first}
          - {quantity: 420 weapons, cumulative: true, after: [{fulfilled: other, stage: 1, verified: true}]}
          - {quantity: 14700 soldiers, remaining: true, after: other}
        """).stages
    assert [stage.number for stage in stages] == [1, 2, 3]
    assert stages[0].deadline == day("2005-09-15")
    assert [(stage.cumulative, stage.remaining) for stage in stages] == [(False, False), (True, False), (False, True)]
    assert stages[1].after == (AfterFulfilment("other", 1, verified=True),)
    assert stages[2].after == (AfterFulfilment("other"),)
    assert stages[1].at.line == 22


def test_parties_and_their_ties() -> None:
    accord = accord_of("""
        accord: Test
        parties:
          gna: {name: Government, until: 2021-03, side: [west, {side: mixed, from: 2021}]}
          gnu: {name: Unity government, from: 2021-03}
          army: {name: Army, aliases: [the army, troops], member_of: [{party: gna, until: 2021-03}, gnu], backs: west}
        """)
    gna, _, army = accord.parties
    assert gna.end == PartialDate(2021, 3)
    assert gna.sides == (Relation("west"), Relation("mixed", PartialDate(2021)))
    assert army.aliases == ("the army", "troops")
    assert army.member_of == (Relation("gna", None, PartialDate(2021, 3)), Relation("gnu"))
    assert army.backs == (Relation("west"),)


def test_named_things_may_be_a_list_or_a_mapping() -> None:
    as_list = accord_of("""
        accord: Test
        parties:
          - {id: a, name: A}
        places:
          - {id: libya, name: Libya}
          - {id: sirte, name: Sirte, within: libya, latitude: 31.2, longitude: -16.6}
        events:
          - {id: e, title: E, on: 2021, known: 2022, source: here}
        sources:
          - {name: Reuters, reliability: B, since: 2020, reason: first hand, party: a, aliases: RTR}
        """)
    as_mapping = accord_of("""
        accord: Test
        parties: {a: {name: A}}
        places: {libya: {name: Libya}, sirte: {name: Sirte, within: libya, latitude: 31.2, longitude: -16.6}}
        events: {e: {title: E, on: 2021, known: 2022, source: here}}
        sources: {Reuters: {reliability: B, since: 2020, reason: first hand, party: a, aliases: [RTR]}}
        """)
    for section in ("parties", "places", "events", "sources"):
        ours, theirs = getattr(as_list, section), getattr(as_mapping, section)
        assert [without_place(item) for item in ours] == [without_place(item) for item in theirs]
    assert as_list.places[1].longitude == -16.6
    assert as_list.sources[0].reliability == "B"


def without_place(item: object) -> str:
    from dataclasses import replace

    return repr(replace(item, at=None))  # type: ignore[type-var]


def test_records_of_every_kind() -> None:
    accord = accord_of(
        HEAD
        + dedent("""\
        records:
          - {kind: conclusion, instrument: truce, on: 2021, source: s}
          - {kind: amendment, provision: main, deadline: 2021-11-25, oral: true, on: 2020-11-15, source: s}
          - {kind: extension, provision: main, deadline: 2022-01-01, on: 2021, source: s, known: 2021-02}
          - {kind: interpretation, provision: main, deadline: 2021-01-21, language: ar, quote: q, on: 2021, source: s}
          - {kind: reservation, provision: main, by: theirs, text: t, on: 2021-06-23, source: s}
          - {kind: suspension, instrument: truce, by: ours, clock_stops: true, until: 2021-05-01, on: 2021, source: s}
          - {kind: resumption, instrument: truce, on: 2021, source: s}
          - {kind: waiver, provision: main, debtors: ours, by: theirs, on: 2021, source: s}
          - {kind: termination, instrument: truce, on: 2021, source: s}
          - {kind: succession, from: ours, to: theirs, on: 2021-03, source: s}
          - {kind: accession, instrument: truce, by: [theirs], on: 2021, source: s}
        """)
    )
    assert {record.kind for record in accord.records} == set(RecordKind)
    amendment, extension, interpretation, reservation, suspension = accord.records[1:6]
    assert amendment.oral
    assert amendment.deadline == day("2021-11-25")
    assert extension.known == PartialDate(2021, 2)
    assert (interpretation.language, interpretation.quote) == ("ar", "q")
    assert reservation.by == ("theirs",)
    assert suspension.clock_stops
    assert (accord.records[9].predecessor, accord.records[9].successor) == ("ours", "theirs")


def test_an_instrument_announced_is_dated_by_its_announcement() -> None:
    accord = accord_of("""
        accord: Test
        instruments:
          - {id: i, title: I, status: tentative, announced: 2021-06-23}
          - {id: j, title: J, status: adopted, adopted: 2021-04-16, in_force: 2021-04, known: 2021-04-17, until: 2022}
        """)
    first, second = accord.instruments
    assert (first.status, first.signed) == (InstrumentStatus.TENTATIVE, PartialDate(2021, 6, 23))
    assert (second.signed, second.in_force, second.until) == (
        PartialDate(2021, 4, 16),
        PartialDate(2021, 4),
        PartialDate(2022),
    )


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "NO", "y", "2570", "12:30:45", "1e3", "0x1F", "2021-01-01"])
def test_words_that_other_readers_turn_into_something_else_stay_words(word: str) -> None:
    accord = accord_of(f"""
        accord: {word}
        parties:
          {word if ":" not in word else "x"}: {{name: {word}, aliases: [{word}]}}
        """)
    assert accord.title == word
    assert accord.parties[0].aliases == (word,)


def test_the_template_is_an_accord_whatever_its_title() -> None:
    for title in ("Libya", "", 'A "quoted": # title', "{braces}", "  "):
        accord, problems = parse(template(title), "accord.yaml")
        assert not problems
        assert accord is not None
        assert accord.title == (" ".join(title.split()) or "Untitled")


def test_the_libyan_example_is_free_of_problems() -> None:
    if not EXAMPLE.is_file():
        pytest.skip("the Libya example is not there")
    accord, problems = load(EXAMPLE)
    assert [str(problem) for problem in problems] == []
    assert accord is not None
