"""Shapes of values: each can read what was written, say what is wrong with it, and describe itself as JSON Schema.

One description serves the loader, the published schema and the messages, so that they cannot drift apart.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from servanda.accords.findings import listed, nearest, shown, suggestion
from servanda.accords.yaml_tree import describe
from servanda.core.written import Written, WrittenList, WrittenMap, WrittenText

if TYPE_CHECKING:
    from enum import StrEnum

    from servanda.accords.findings import Findings
    from servanda.accords.names_known import NamesKnown
    from servanda.core.problems import Location

T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound="StrEnum")
T = TypeVar("T")

Schema = dict[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """What every shape needs while an accord is read: where problems go, and which names the accord declares."""

    findings: Findings
    names: NamesKnown
    group_members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The parties that each group's id stands for."""
    key_places: dict[tuple[Location, str], Location] = field(default_factory=dict)
    """Where each key of each form stands, by the place of the form and the key's name."""


class Shape(ABC, Generic[T_co]):
    """A kind of value."""

    what: str
    """What it is, as a message names it: `a date`, `a list of parties`."""

    @abstractmethod
    def schema(self) -> Schema:
        """The value as JSON Schema (draft 2020-12)."""

    @abstractmethod
    def read(self, written: Written, reading: Reading) -> T_co | None:
        """The value; `None` after a problem has been noted."""

    def mismatch(self, written: Written, reading: Reading, remedy: str) -> None:
        """Note that something else was written than this shape."""
        reading.findings.error(
            written.at, f"{describe(written)} stands where {self.what} is expected", remedy, "wrong-type"
        )


class Text(Shape[str]):
    """Words. Unquoted numbers and dates are words too."""

    what = "a text"

    def schema(self) -> Schema:
        """Any scalar but null."""
        return {"type": ["string", "number", "boolean"], "minLength": 1}

    def read(self, written: Written, reading: Reading) -> str | None:
        """The text without surrounding space."""
        if isinstance(written, WrittenText) and not written.is_empty and written.text.strip():
            return written.text.strip()
        remedy = "put it in quotes" if isinstance(written, WrittenMap | WrittenList) else "write some words"
        self.mismatch(written, reading, f"{remedy}, or leave the key out")
        return None


class YesNo(Shape[bool]):
    """`true` or `false`; `yes` and `no` are understood."""

    what = "true or false"
    _WORDS = {"true": True, "yes": True, "false": False, "no": False}  # noqa: RUF012 - read only

    def schema(self) -> Schema:
        """Booleans, and the two words that people write for them."""
        return {"enum": [True, False, "yes", "no"]}

    def read(self, written: Written, reading: Reading) -> bool | None:
        """Whether it says yes."""
        if isinstance(written, WrittenText) and (value := self._WORDS.get(written.text)) is not None:
            return value
        self.mismatch(written, reading, "write true or false")
        return None


class Word(Shape[E]):
    """One word of a closed vocabulary."""

    def __init__(self, vocabulary: type[E], what: str) -> None:
        self._words = {member.value: member for member in vocabulary}
        self.what = what

    def schema(self) -> Schema:
        """An enumeration."""
        return {"enum": list(self._words)}

    def read(self, written: Written, reading: Reading) -> E | None:
        """The member of the vocabulary."""
        if not isinstance(written, WrittenText) or written.is_empty:
            self.mismatch(written, reading, f"write one of {listed(list(self._words))}")
            return None
        if (word := self._words.get(written.text.strip())) is not None:
            return word
        words = list(self._words)
        near = nearest(written.text, words)
        remedy = f"did you mean '{near}'? " if near else ""
        reading.findings.error(
            written.at,
            f"{shown(written.text)} is not {self.what}",
            f"{remedy}{'(' if near else 'write '}one of {listed(words)}{')' if near else ''}",
            "unknown-word",
        )
        return None


class Number(Shape[float]):
    """A finite number between two bounds."""

    def __init__(self, what: str, least: float | None = None, most: float | None = None) -> None:
        self.what = what
        self._least, self._most = least, most

    def schema(self) -> Schema:
        """A number with its bounds."""
        bounds = {"minimum": self._least, "maximum": self._most}
        return {"type": "number", **{key: value for key, value in bounds.items() if value is not None}}

    def read(self, written: Written, reading: Reading) -> float | None:
        """The number."""
        value = plain_number(written)
        if value is None:
            self.mismatch(written, reading, "write a number, for instance 300 or 12.5")
        elif (self._least is not None and value < self._least) or (self._most is not None and value > self._most):
            span = " to ".join(f"{bound:g}" for bound in (self._least, self._most) if bound is not None)
            reading.findings.error(
                written.at,
                f"{describe(written)} is out of range for {self.what}",
                f"write a number of {span}{' or more' if self._most is None else ''}",
                "out-of-range",
            )
        else:
            return value
        return None


def plain_number(written: Written) -> float | None:
    """An unquoted number as YAML 1.2 and JSON write it, or `None`."""
    if not isinstance(written, WrittenText) or written.quoted or len(written.text) > 30:
        return None
    body = written.text.removeprefix("-").removeprefix("+")
    if not body.isascii() or not body[:1].isdigit() or set(body) - set("0123456789.eE+-"):
        return None
    try:
        value = float(written.text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


class Count(Shape[int]):
    """A whole number from 1."""

    what = "a whole number from 1"

    def schema(self) -> Schema:
        """An integer."""
        return {"type": "integer", "minimum": 1}

    def read(self, written: Written, reading: Reading) -> int | None:
        """The number."""
        if isinstance(written, WrittenText) and written.text.isascii() and written.text.isdigit():
            value = int(written.text) if len(written.text) < 10 else 0
            if value >= 1 and not written.quoted:
                return value
        self.mismatch(written, reading, "write 1, 2, 3 …")
        return None


class OneOrMany(Shape[tuple[T, ...]], Generic[T]):
    """One value, or a list of them."""

    def __init__(self, item: Shape[T], what: str) -> None:
        self._item = item
        self.what = what

    def schema(self) -> Schema:
        """The item, or an array of it."""
        item = self._item.schema()
        return {"anyOf": [item, {"type": "array", "items": item}]}

    def read(self, written: Written, reading: Reading) -> tuple[T, ...] | None:
        """The values, without those that were wrong."""
        items = written.items if isinstance(written, WrittenList) else (written,)
        values = [self._item.read(item, reading) for item in items]
        return tuple(value for value in values if value is not None)


class Several(Shape[tuple[T, ...]], Generic[T]):
    """A list of at least so many values."""

    def __init__(self, item: Shape[T], what: str, least: int = 0) -> None:
        self._item = item
        self._least = least
        self.what = what

    def schema(self) -> Schema:
        """An array."""
        return {"type": "array", "items": self._item.schema(), **({"minItems": self._least} if self._least else {})}

    def read(self, written: Written, reading: Reading) -> tuple[T, ...] | None:
        """The values, without those that were wrong."""
        if not isinstance(written, WrittenList):
            self.mismatch(written, reading, "begin each item with '- '")
            return None
        if len(written.items) < self._least:
            what = f"{self.what} has only {len(written.items)}" if written.items else f"{self.what} is empty"
            reading.findings.error(written.at, what, f"list at least {self._least}", "too-few")
        values = [self._item.read(item, reading) for item in written.items]
        return tuple(value for value in values if value is not None)


def with_article(noun: str) -> str:
    """`a party`, `an event`."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


class Identifier(Shape[str]):
    """The id of a thing that the accord declares, of one of several kinds."""

    def __init__(self, *kinds: str) -> None:
        self._kinds = kinds
        self.what = f"the id of {listed([with_article(kind) for kind in kinds])}"

    def schema(self) -> Schema:
        """An identifier."""
        return {"$ref": "#/$defs/id"}

    def read(self, written: Written, reading: Reading) -> str | None:
        """The id, which is declared."""
        if not isinstance(written, WrittenText) or written.is_empty:
            self.mismatch(written, reading, f"write {self.what}")
            return None
        word = written.text.strip()
        if any(word in reading.names.of(kind) for kind in self._kinds):
            return word
        known = [name for kind in self._kinds for name in reading.names.of(kind)]
        first = self._kinds[0]
        reading.findings.error(
            written.at,
            f"{shown(word)} is no {listed(self._kinds)} of this accord",
            suggestion(word, known, f"add it under '{reading.names.SECTIONS[first]}', or correct the id"),
            f"unknown-{first}",
        )
        return None
