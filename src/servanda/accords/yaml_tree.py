"""YAML text to a tree with line numbers: the plain part of YAML only, and every scalar kept as it was written.

Working on parser events instead of loaded values keeps what a person wrote: `2021-02-30` stays a text that can be
named in a message, `on` and `no` do not turn into booleans, and nothing can be expanded or constructed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from servanda.accords.findings import listed, shown
from servanda.core.problems import Location
from servanda.core.written import Written, WrittenEntry, WrittenList, WrittenMap, WrittenText

if TYPE_CHECKING:
    from servanda.accords.findings import Findings

MAX_CHARACTERS = 20_000_000
MAX_DEPTH = 40
NO_ALIASES = "an accord is read without hidden copies, so write the value out where it belongs"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)

_TAB = ("a tab is used for indentation", "use spaces")
_SIGN = ("a value starts with a sign that YAML keeps for itself", "put it in quotes")
_INDENTATION = ("the indentation does not fit the lines above", "align it with its neighbours, in spaces")
_AFTER_VALUE = (
    "something follows a value that has ended",
    "put the whole text in quotes; within single quotes, write a quotation mark twice",
)
_SYNTAX = (
    (("mapping values are not allowed",), ("a colon stands where none can", "put a text that holds ': ' in quotes")),
    (("unexpected end of stream",), ("a quotation mark is opened and never closed", "close it")),
    (("unknown escape",), ("a backslash stands within double quotes", "use single quotes, or write it twice")),
    (("',' or ']'",), ("a list opened with '[' is not closed", "close it with ']', items parted by commas")),
    (("',' or '}'",), ("a mapping opened with '{' is not closed", "close it with '}', entries parted by commas")),
    (("could not find expected ':'",), ("a line is neither 'key: value' nor part of a text", "write 'key: value'")),
)
"""What the parser says, in its words, and what it means for the author; in both of the parser's dialects."""
_MISPLACED = ("<block end>", "did not find expected key", "'-' indicator")
_NAMED_AT_START = ("end of stream", "',' or", "expected ':'")


def read_tree(text: str, findings: Findings) -> Written | None:
    """The tree of the text's one YAML document, or `None` where there is none; problems go to `findings`."""
    start = Location(findings.file, 1)
    if len(text) > MAX_CHARACTERS:
        findings.error(
            start,
            f"the file has {len(text):,} characters",
            f"an accord has at most {MAX_CHARACTERS:,}; check that this is the right file",
            "too-large",
        )
        return None
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        findings.error(
            Location(findings.file, line),
            f"a control character (U+{ord(control[0]):04X}) stands in the file, so it is not plain text",
            "save the accord as plain text in UTF-8",
            "not-text",
        )
        return None
    try:
        builder = _Builder(findings)
        root = builder.build(text)
        if root is None and not findings.failed:
            findings.error(start, "nothing is written in the file", "start with 'accord: TITLE'", "empty")
        return None if builder.has_gaps else root
    except MarkedYAMLError as error:
        _note_syntax(error, text, findings)
    except (YAMLError, ValueError, IndexError, AttributeError, TypeError, AssertionError):
        # On some malformed directives and tags the parser raises plain Python errors; they are the file's fault.
        findings.error(start, "this is not YAML", "see the example in docs/accord.md", "yaml")
    return None


def _note_syntax(error: MarkedYAMLError, text: str, findings: Findings) -> None:
    problem = error.problem or ""
    at_start = any(sign in problem for sign in _NAMED_AT_START)
    mark = (error.context_mark if at_start else None) or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    what, remedy = _meaning(problem, error.problem_mark, text)
    findings.error(Location(findings.file, line), what, remedy, "yaml")
    if (what, remedy) == _TAB:
        for match in _TAB_INDENT.finditer(text):
            tab_line = text.count("\n", 0, match.start()) + 1
            findings.error(Location(findings.file, tab_line), what, remedy, "yaml")


def _meaning(problem: str, mark: yaml.Mark | None, text: str) -> tuple[str, str]:
    """What is wrong, and what would be right, for a problem of the parser."""
    lines = text.splitlines()
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    column = mark.column if mark is not None else 0
    if "',' or" in problem and line[:column].rstrip().endswith(("'", '"')):
        return _AFTER_VALUE
    for signs, meaning in _SYNTAX:
        if any(sign in problem for sign in signs):
            return meaning
    if "tab character" in problem or ("cannot start any token" in problem and line[column : column + 1] == "\t"):
        return _TAB
    if "cannot start any token" in problem:
        return _SIGN
    if any(sign in problem for sign in _MISPLACED):
        return _AFTER_VALUE if line[:column].strip(" -") else _INDENTATION
    return "this is not YAML", "see the example in docs/accord.md"


_PARSER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""libyaml where PyYAML was built with it, as its wheels are; else the same parser in Python, some 30 times slower."""


class _Collection:
    """A list or mapping while it is being read. `key` is the key whose value comes next."""

    def __init__(self, at: Location, mapping: bool, ignored: bool = False) -> None:
        self.at = at
        self.mapping = mapping
        self.ignored = ignored
        """Built only so as to be stepped over: a key that is itself a collection."""
        self.items: list[Written] = []
        self.entries: dict[str, WrittenEntry] = {}
        self.key: WrittenText | None = None
        self.awaits_value = False

    def finish(self) -> Written:
        if self.mapping:
            return WrittenMap(tuple(self.entries.values()), self.at)
        return WrittenList(tuple(self.items), self.at)


class _Builder:
    """Folds parser events into a tree, with a stack instead of recursion."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._stack: list[_Collection] = []
        self._root: Written | None = None
        self._documents = 0
        self.has_gaps = False
        """Whether something was left out (an alias), so that the rest would be misread."""

    def build(self, text: str) -> Written | None:
        for event in yaml.parse(text, Loader=_PARSER):
            at = Location(self._findings.file, event.start_mark.line + 1)
            match event:
                case DocumentStartEvent():
                    self._documents += 1
                    if self._documents > 1:
                        self._findings.error(
                            at, "a second document starts here ('---')", "one file holds one accord", "documents"
                        )
                        return self._root
                case AliasEvent():
                    self._findings.error(at, f"an alias ('*{event.anchor}') is used", NO_ALIASES, "alias")
                    self.has_gaps = True
                    self._add(WrittenText("", at))
                case ScalarEvent():
                    self._check_marks(event, at)
                    self._add(WrittenText(event.value, at, quoted=event.style is not None and event.style != ""))
                case MappingStartEvent() | SequenceStartEvent():
                    self._check_marks(event, at)
                    if len(self._stack) >= MAX_DEPTH:
                        self._findings.error(
                            at,
                            f"values are nested more than {MAX_DEPTH} deep",
                            "an accord needs far fewer levels; check the brackets and the indentation",
                            "too-deep",
                        )
                        return None
                    self._open(at, isinstance(event, MappingStartEvent))
                case MappingEndEvent() | SequenceEndEvent():
                    closed = self._stack.pop()
                    if not closed.ignored:
                        self._add(closed.finish())
                case _:
                    pass
        return self._root

    def _check_marks(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, at: Location) -> None:
        if event.anchor is not None:
            self._findings.error(at, f"an anchor ('&{event.anchor}') is set", NO_ALIASES, "alias")
        if event.tag is not None and str(event.tag) != "!":
            self._findings.error(
                at, f"a YAML tag ({shown(str(event.tag))}) is used", "leave it out; plain values are enough", "tag"
            )

    def _open(self, at: Location, mapping: bool) -> None:
        parent = self._stack[-1] if self._stack else None
        is_key = parent is not None and parent.mapping and not parent.awaits_value
        if is_key and parent is not None:
            self._findings.error(
                at, "a key is itself a list or mapping", "write 'key: value' with a word as key", "key"
            )
            parent.key, parent.awaits_value = None, True
        self._stack.append(_Collection(at, mapping, ignored=is_key))

    def _add(self, value: Written) -> None:
        if not self._stack:
            self._root = value
            return
        parent = self._stack[-1]
        if not parent.mapping:
            parent.items.append(value)
        elif not parent.awaits_value:
            assert isinstance(value, WrittenText)
            parent.key, parent.awaits_value = value, True
        else:
            self._add_entry(parent, value)
            parent.key, parent.awaits_value = None, False

    def _add_entry(self, parent: _Collection, value: Written) -> None:
        key = parent.key
        if key is None:
            return
        if key.text == "<<" and not key.quoted:
            self._findings.error(key.at, "a merge key ('<<') is used", NO_ALIASES, "alias")
        elif (first := parent.entries.get(key.text)) is not None:
            self._findings.error(
                key.at,
                f"the key {shown(key.text)} is given twice (first on line {first.at.line})",
                "keep one of the two",
                "duplicate-key",
            )
        else:
            parent.entries[key.text] = WrittenEntry(key.text, key.at, value)


def describe(value: Written) -> str:
    """What was written, for a message that expected something else."""
    match value:
        case WrittenText() if value.is_empty:
            return "nothing"
        case WrittenText():
            return shown(value.text)
        case WrittenList():
            return "a list"
        case WrittenMap() if value.entries:
            return f"a mapping (with {listed([shown(entry.key, 30) for entry in value.entries[:3]], 'and')})"
        case WrittenMap():
            return "an empty mapping"
