"""What a person wrote in a structured file, with the line of every part, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servanda.core.problems import Location


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One value, exactly as written: `30` and `yes` are texts here, and whoever reads them says what they mean."""

    text: str
    at: Location
    quoted: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written (`key:` alone, `null` or `~`)."""
        return not self.quoted and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A list of values."""

    items: tuple[Written, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """One key with its value."""

    key: str
    at: Location
    value: Written


@dataclass(frozen=True, slots=True)
class WrittenMap:
    """Keys with values, in the order of the file. No key occurs twice."""

    entries: tuple[WrittenEntry, ...]
    at: Location
    _by_key: dict[str, WrittenEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry.key: entry for entry in self.entries})

    def entry(self, key: str) -> WrittenEntry | None:
        """The entry of that key."""
        return self._by_key.get(key)

    def value(self, key: str) -> Written | None:
        """The value of that key."""
        entry = self._by_key.get(key)
        return entry.value if entry else None

    def __iter__(self) -> Iterator[WrittenEntry]:
        return iter(self.entries)


Written = WrittenText | WrittenList | WrittenMap
