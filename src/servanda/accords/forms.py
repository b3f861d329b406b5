"""Forms: mappings with a fixed set of keys. A form names its keys once; reading, schema and documentation follow."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from servanda.accords.findings import listed, shown, suggestion
from servanda.accords.names_known import named_items
from servanda.accords.shapes import Reading, Schema, Shape
from servanda.core.written import Written, WrittenEntry, WrittenList, WrittenMap, WrittenText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servanda.core.problems import Location

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Key(Generic[T_co]):
    """One key of a form. `about` is shown by editors."""

    name: str
    shape: Shape[T_co]
    about: str
    required: bool = False


class Filled:
    """A form as somebody filled it in. Each key is read once, however often its value is asked for."""

    def __init__(self, written: WrittenMap, reading: Reading) -> None:
        self._written = written
        self._reading = reading
        self._values: dict[str, Any] = {}

    @property
    def at(self) -> Location:
        """Where it begins."""
        return self._written.at

    def at_key(self, name: str) -> Location:
        """Where that key stands; where the form begins, if the key is absent."""
        entry = self._written.entry(name)
        return entry.at if entry else self.at

    def has(self, *keys: Key[object]) -> bool:
        """Whether any of the keys was written."""
        return any(self._written.entry(key.name) is not None for key in keys)

    def get(self, key: Key[T]) -> T | None:
        """The value of a key; `None` where it is absent or wrong."""
        if key.name not in self._values:
            self._values[key.name] = self._read(key)
        value: T | None = self._values[key.name]
        return value

    def _read(self, key: Key[T]) -> T | None:
        entry = self._written.entry(key.name)
        if entry is None:
            return None
        self._reading.key_places[self.at, key.name] = entry.at
        if isinstance(entry.value, WrittenText) and entry.value.is_empty:
            self._reading.findings.error(
                entry.at,
                f"'{key.name}' has no value",
                f"write {key.shape.what}, or leave the key out",
                "no-value",
            )
            return None
        return key.shape.read(entry.value, self._reading)


class KnownKeys(Shape[T_co]):
    """A mapping with known keys: what all forms share, however their value is made."""

    keys: tuple[Key[object], ...]
    example: str
    """How one is written, for messages."""

    @classmethod
    def about(cls) -> str:
        """The first line of the form's docstring, which editors show."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    def schema(self) -> Schema:
        """An object with these properties and no others."""
        required = [key.name for key in self.keys if key.required]
        return {
            "type": "object",
            "description": self.about(),
            "properties": {key.name: {"description": key.about, **key.shape.schema()} for key in self.keys},
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }

    def _complete(self, filled: Filled, built: T | None) -> T | None:
        """Read the keys that building left out, so that their problems are found too."""
        for key in self.keys:
            filled.get(key)
        return built

    def fill(self, written: WrittenMap, reading: Reading, known: Mapping[str, str]) -> Filled:
        """Check the keys. `known` holds those that are said elsewhere (an id that is the key of the mapping)."""
        names = [key.name for key in self.keys]
        for entry in written:
            if entry.key not in names and entry.key not in known:
                self._note_unknown(entry, names, reading)
        for key in self.keys:
            if key.required and key.name not in known and written.entry(key.name) is None:
                reading.findings.error(
                    written.at, f"{self.what} lacks '{key.name}'", f"add '{key.name}': {key.about}", "missing-key"
                )
        return Filled(written, reading)

    def _note_unknown(self, entry: WrittenEntry, names: list[str], reading: Reading) -> None:
        if " " in entry.key and isinstance(entry.value, WrittenText) and entry.value.is_empty:
            what = f"{shown(entry.key)} is read as a key, since a comma within {{ }} or a line break comes before it"
            remedy = "put the whole text in quotes"
        else:
            what = f"{shown(entry.key)} is no key of {self.what}"
            remedy = suggestion(entry.key, names, f"known keys are {listed(names, 'and')}")
        reading.findings.error(entry.at, what, remedy, "unknown-key")


class Form(KnownKeys[T_co]):
    """A form whose value follows from its keys."""

    def read(self, written: Written, reading: Reading) -> T_co | None:
        """What the form says; `None` after a problem has been noted."""
        if not isinstance(written, WrittenMap):
            self.mismatch(written, reading, f"write for instance {self.example}")
            return None
        filled = self.fill(written, reading, {})
        return self._complete(filled, self.build(filled, reading))

    @abstractmethod
    def build(self, filled: Filled, reading: Reading) -> T_co | None:
        """Make the value from a filled form."""


class NamedForm(KnownKeys[T_co]):
    """A form whose first key names the thing: its id, or a source's name."""

    def read(self, written: Written, reading: Reading) -> T_co | None:
        """One item of a list, which holds its own name."""
        if not isinstance(written, WrittenMap):
            self.mismatch(written, reading, f"write for instance {self.example}")
            return None
        filled = self.fill(written, reading, {})
        name = filled.get(self.keys[0])
        return self._complete(filled, self.build_named(str(name), filled, reading) if name is not None else None)

    def read_keyed(self, name: str, at: Location, written: Written, reading: Reading) -> T_co | None:
        """One entry of a mapping, whose key is the name."""
        if not isinstance(written, WrittenMap):
            self.mismatch(written, reading, f"write for instance {self.example}")
            return None
        filled = self.fill(WrittenMap(written.entries, at), reading, {self.keys[0].name: name})
        own = filled.get(self.keys[0])
        if own is not None and own != name:
            reading.findings.error(
                filled.at_key(self.keys[0].name),
                f"{shown(str(own))} stands within {shown(name)}",
                f"leave '{self.keys[0].name}' out: the key already says it",
                "two-names",
            )
        return self._complete(filled, self.build_named(name, filled, reading))

    def keyed_schema(self) -> Schema:
        """The same form as the value of a mapping, where the key is the name."""
        schema = self.schema()
        required = [name for name in _strings(schema.get("required")) if name != self.keys[0].name]
        return {**schema, "required": required} if required else {k: v for k, v in schema.items() if k != "required"}

    @abstractmethod
    def build_named(self, name: str, filled: Filled, reading: Reading) -> T_co | None:
        """Make the value from its name and a filled form."""


class NamedItems(Shape[tuple[T, ...]], Generic[T]):
    """A section of named things: a mapping by name, or a list of items that hold their name."""

    def __init__(self, form: NamedForm[T], what: str) -> None:
        self._form = form
        self._key = form.keys[0].name
        self.what = what

    def schema(self) -> Schema:
        """Either way of writing it."""
        return {
            "anyOf": [
                {"type": "array", "items": self._form.schema()},
                {"type": "object", "additionalProperties": self._form.keyed_schema()},
            ]
        }

    def read(self, written: Written, reading: Reading) -> tuple[T, ...] | None:
        """The items in file order, without those that were wrong."""
        if isinstance(written, WrittenText):
            self.mismatch(written, reading, f"write for instance {self._form.example}")
            return None
        return tuple(self._read_items(written, reading))

    def _read_items(self, written: WrittenMap | WrittenList, reading: Reading) -> Iterator[T]:
        if isinstance(written, WrittenList):
            values = [self._form.read(item, reading) for item in written.items]
        else:
            values = [self._form.read_keyed(name, at, item, reading) for name, at, item in named_items(written, "")]
        yield from (value for value in values if value is not None)


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
