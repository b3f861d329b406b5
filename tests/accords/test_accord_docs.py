"""The reference of the accord language is complete and true: its keys, its words and its examples."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from servanda.accords import check_text, parse
from servanda.accords.deadlines import AnchorForm, DeadlineForm
from servanda.accords.forms import KnownKeys
from servanda.accords.loading import AccordForm
from servanda.accords.parties import EventForm, GroupForm, PartyForm, PlaceForm, SourceForm, Tie
from servanda.accords.provisions import InstrumentForm, ProofForm, ProvisionForm, StageForm
from servanda.accords.quantities import QuantityForm
from servanda.accords.records import NEEDS, RecordForm
from servanda.accords.requirements import Release, RequirementForm
from servanda.core.vocabulary import AcceptedProof, Action, Bound, InstrumentStatus, Kind, Polarity, RecordKind

DOCS = (Path(__file__).parents[2] / "docs" / "accord.md").read_text(encoding="utf-8")
FORMS: list[KnownKeys[object]] = [
    *(AccordForm(), PartyForm(), GroupForm(), PlaceForm(), EventForm(), SourceForm(), InstrumentForm()),
    *(ProvisionForm(), StageForm(), ProofForm(), QuantityForm(), DeadlineForm(), AnchorForm(), RequirementForm()),
    *(Release(), RecordForm()),
]
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
ROWS = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)
BLOCKS = re.findall(r"^```yaml ?(\w*)\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)
WRITTEN = re.findall(r"^\| [^`|]+ \| (`.+`.*) \|$", SECTIONS["A deadline"], re.MULTILINE)

AROUND = """\
accord: Test
parties:
  gna: {name: First government}
  gnu: {name: Second government}
  lna: {name: Army}
  gam: {name: Movement}
  turkey: {name: Türkiye}
  russia: {name: Russia}
  uae: {name: Emirates}
events:
  road-opened: {title: The road is opened}
"""
INSTRUMENT = """\
instruments:
  - id: instrument
    title: Instrument
    status: signed
    signed: 2005-08-15
    provisions:
      - {id: soldiers-leave, debtors: gna, action: withdraw, stages: [{text: a}, {text: b}, {text: c}]}
      - {id: elections-legal-basis, debtors: gnu, action: legislate}
      - {id: foreign-forces-leave, debtors: turkey, action: withdraw}
      - {id: lists-exchanged, debtors: gna, action: aid}
      - {id: disarm, debtors: gam, action: disarm, stages: [{text: a}, {text: b}]}
"""


def documented(section: str) -> list[str]:
    table = section.partition("|---|---|\n")[2].partition("\n\n")[0]
    return ROWS.findall(table)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.what)
def test_every_key_is_documented_and_every_documented_key_exists(form: KnownKeys[object]) -> None:
    heading = form.what[0].upper() + form.what[1:]
    assert documented(SECTIONS[heading]) == [key.name for key in form.keys]


def test_a_tie_is_documented() -> None:
    keys = {key.name for tie in (Tie("party", "party"), Tie("side")) for key in tie.keys}
    assert set(documented(SECTIONS["A tie"])) == keys


def test_no_form_is_forgotten() -> None:
    def below(form: type[KnownKeys[object]]) -> set[type]:
        return {form}.union(*(below(child) for child in form.__subclasses__()))

    written = {form for form in below(KnownKeys) if "keys" in vars(form) and form.__module__.startswith("servanda.")}
    assert written == {type(form) for form in FORMS}


@pytest.mark.parametrize(
    ("vocabulary", "heading"),
    [
        (Action, "A provision"),
        (Polarity, "A provision"),
        (Kind, "A provision"),
        (Bound, "A provision"),
        (InstrumentStatus, "An instrument"),
        (AcceptedProof, "A proof"),
        (RecordKind, "A record"),
    ],
)
def test_every_word_is_documented(vocabulary: type[Action], heading: str) -> None:
    assert [word.value for word in vocabulary if f"`{word.value}`" not in SECTIONS[heading]] == []


def test_the_needs_of_records_are_the_documented_ones() -> None:
    table = SECTIONS["A record"].partition("| kind | what it says | needs |\n")[2].partition("\n\n")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| .+ \| (.+) \|$", table, re.MULTILINE))
    for kind, needs in NEEDS.items():
        named = {name for names in needs.sets for name in names} - {"predecessor", "successor"}
        assert set(re.findall(r"`(\w+)`", rows.pop(kind.value))) == named
    assert rows == {}


@pytest.mark.parametrize(("context", "block"), BLOCKS)
def test_every_example_is_accepted(context: str, block: str) -> None:
    match context:
        case "provision":
            text = AROUND + INSTRUMENT + "      - id: example\n" + indent(block, " " * 8)
        case "records":
            text = AROUND + INSTRUMENT + "records:\n" + indent(block, "  ")
        case _:
            text = block
    _, problems = check_text(text, "example.yaml")
    assert [str(problem) for problem in problems if problem.error] == []


@pytest.mark.parametrize("cell", WRITTEN)
def test_every_deadline_of_the_table_is_one(cell: str) -> None:
    for written in re.findall(r"`([^`]+)`", cell):
        provision = f"      - {{id: example, debtors: gna, action: open, deadline: {written}}}\n"
        accord, problems = parse(AROUND + INSTRUMENT + provision, "example.yaml")
        assert accord is not None, [str(problem) for problem in problems]


def test_the_tables_were_found() -> None:
    assert len(WRITTEN) == 12
    assert len(BLOCKS) == 5
