"""From text to accord: read the tree, gather the names, fill in the form, and report every problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.findings import Findings, suggestion
from servanda.accords.forms import Filled, Form, Key, NamedItems
from servanda.accords.names_known import NamesKnown
from servanda.accords.parties import EventForm, GroupForm, PartyForm, PlaceForm, SourceForm
from servanda.accords.plain_sections import PlainSection
from servanda.accords.provisions import InstrumentForm
from servanda.accords.records import RecordForm
from servanda.accords.shapes import Reading, Schema, Several, Shape, Text
from servanda.accords.yaml_tree import describe, read_tree
from servanda.core.accord import Accord
from servanda.core.problems import Location, Problem
from servanda.core.written import Written, WrittenMap, WrittenText

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    KeyPlaces = Mapping[tuple[Location, str], Location]

MAX_BYTES = 40_000_000


class AsWritten(Shape[Written]):
    """A section that another stage reads."""

    what = "a section of its own"

    def schema(self) -> Schema:
        """Whatever that stage says."""
        return {"type": ["object", "array"]}

    def read(self, written: Written, reading: Reading) -> Written | None:
        """The section, untouched."""
        if isinstance(written, WrittenText):
            self.mismatch(written, reading, "write a mapping, or a list of items")
            return None
        return written


class AccordForm(Form[Accord]):
    """An accord: parties, instruments with their provisions, and what happened to them since."""

    what = "an accord"
    example = "accord: TITLE"
    TITLE = Key("accord", Text(), "the title of the process", required=True)
    PARTIES = Key("parties", NamedItems(PartyForm(), "a list of parties"), "who takes part, by id")
    GROUPS = Key("groups", NamedItems(GroupForm(), "a list of groups"), "several parties under one name, by id")
    PLACES = Key("places", NamedItems(PlaceForm(), "a list of places"), "places and what contains them, by id")
    EVENTS = Key("events", NamedItems(EventForm(), "a list of events"), "named events, by id")
    INSTRUMENTS = Key(
        "instruments", NamedItems(InstrumentForm(), "a list of instruments"), "what was agreed or laid down"
    )
    RECORDS = Key("records", Several(RecordForm(), "a list of records"), "what happened to it after signature")
    SOURCES = Key("sources", NamedItems(SourceForm(), "a list of sources"), "publishers and speakers, graded")
    FORCES = Key("forces", AsWritten(), "the forces of a withdrawal, for planning")
    keys = (TITLE, PARTIES, GROUPS, PLACES, EVENTS, INSTRUMENTS, RECORDS, SOURCES, FORCES)

    def build(self, filled: Filled, reading: Reading) -> Accord | None:
        """The accord. Groups come first, since debtors may name them."""
        groups = filled.get(self.GROUPS) or ()
        reading.group_members.update({group.id: group.members for group in groups})
        return Accord(
            title=filled.get(self.TITLE) or "",
            at=filled.at,
            parties=filled.get(self.PARTIES) or (),
            groups=groups,
            places=filled.get(self.PLACES) or (),
            events=filled.get(self.EVENTS) or (),
            instruments=filled.get(self.INSTRUMENTS) or (),
            records=filled.get(self.RECORDS) or (),
            sources=filled.get(self.SOURCES) or (),
        )


def parse(text: str, file: str) -> tuple[Accord | None, tuple[Problem, ...]]:
    """Read an accord from its text. `file` is what messages call it.

    Returns:
        The accord, and every problem in the order of the file. The accord is `None` where there is an error.
    """
    findings = Findings(text, file)
    accord, _ = read_accord(text, findings)
    return (None if findings.failed else accord), findings.problems


def load(path: Path) -> tuple[Accord | None, tuple[Problem, ...]]:
    """Read an accord file; as `parse`. A file that cannot be read is a problem of its first line."""
    text, problem = read_text(path)
    if problem is not None:
        return None, (problem,)
    return parse(text, str(path))


def read_accord(text: str, findings: Findings) -> tuple[Accord | None, KeyPlaces]:
    """Read an accord, noting problems in `findings`.

    Returns:
        What could be read, even where there are errors; and where each key stands, for checks that point at it.
    """
    root = read_tree(text, findings)
    if not isinstance(root, WrittenMap):
        if root is not None:
            findings.error(root.at, f"the file holds {describe(root)}", "start with 'accord: TITLE'", "not-an-accord")
        return None, {}
    reading = Reading(findings, NamesKnown(root, findings))
    return AccordForm().read(root, reading), reading.key_places


def forces_section(text: str, file: str) -> PlainSection | None:
    """The `forces` section in plain values that know their lines, for the stage that plans.

    `None` where the accord has none. Problems of the file are not reported here; `parse` does.
    """
    root = read_tree(text, Findings(text, file))
    section = root.value(AccordForm.FORCES.name) if isinstance(root, WrittenMap) else None
    return PlainSection(section) if isinstance(section, WrittenMap) else None


def read_text(path: Path) -> tuple[str, Problem | None]:
    """The text of an accord file, or what keeps it from being read."""
    at = Location(str(path), 1)

    def failed(what: str, remedy: str, code: str) -> tuple[str, Problem]:
        return "", Problem(at, what, remedy, code)

    try:
        if path.is_dir():
            return failed("this is a folder", "name the accord file itself, for instance accord.yaml", "unreadable")
        if not path.exists():
            near = suggestion(path.name, _neighbours(path), "check the name, or make one with 'servanda init'")
            return failed("there is no such file", near, "unreadable")
        if path.stat().st_size > MAX_BYTES:
            return failed("the file is too large to be an accord", "check that this is the right file", "too-large")
        raw = path.read_bytes()
    except OSError as error:
        return failed(f"the file cannot be read ({error.strerror or 'unknown reason'})", "check the file", "unreadable")
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return failed("this is a binary file", "an accord is plain text in UTF-8", "not-text")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", Problem(
            Location(str(path), line), "the file is not in UTF-8", "save it as plain text in UTF-8", "not-text"
        )


def _neighbours(path: Path) -> list[str]:
    try:
        return [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return []
