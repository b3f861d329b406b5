"""Whether something took place where a provision applies."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from servanda.core.countries import country_by_land
from servanda.judging.roster import tokens

if TYPE_CHECKING:
    from servanda.core.accord import Accord


class Where(Enum):
    """How a claim's place lies to a provision's."""

    SAME = "the same place"
    INSIDE = "a part of it"
    NOT_SAID = "no place said"
    AROUND = "a place around it"
    UNKNOWN = "a place that is not known"
    ELSEWHERE = "another place"


WEIGHT = {
    Where.SAME: 1.0,
    Where.INSIDE: 1.0,
    Where.NOT_SAID: 0.9,
    Where.AROUND: 0.8,
    Where.UNKNOWN: 0.7,
    Where.ELSEWHERE: 0.0,
}


@dataclass(slots=True)
class Gazetteer:
    """The places of an accord, what contains them, and the states of the world."""

    accord: Accord
    _ids: dict[tuple[str, ...], str] = field(init=False)
    _within: dict[str, str | None] = field(init=False)
    _memo: dict[tuple[str, str], Where] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._ids, self._within = {}, {}
        for place in self.accord.places:
            self._within[place.id] = place.within
            for name in (place.name, *place.aliases, place.id, place.id.replace("-", " ")):
                self._ids.setdefault(tokens(name), place.id)
        for name, state in country_by_land().items():
            own = self._ids.get(tokens(state.name))
            self._ids.setdefault(tokens(name), own or state.code)

    def find(self, name: str) -> str | None:
        """The place of that name, or the one whose name it contains ("southern Tripoli")."""
        words = tokens(name)
        if words and words[0] == "the":
            words = words[1:]
        if words in self._ids:
            return self._ids[words]
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                if (found := self._ids.get(words[start : start + length])) is not None:
                    return found
        return None

    def _chain(self, place: str) -> list[str]:
        chain, here = [], place
        while here not in chain:
            chain.append(here)
            above = self._within.get(here)
            if above is None:
                break
            here = above
        return chain

    def where(self, claimed: str | None, provided: str | None) -> Where:
        """How the place that a claim names lies to the place where a provision applies."""
        if claimed is None:
            return Where.NOT_SAID
        if provided is None:
            return Where.NOT_SAID
        key = (claimed, provided)
        known = self._memo.get(key)
        if known is None:
            known = self._memo[key] = self._where(claimed, provided)
        return known

    def _where(self, claimed: str, provided: str) -> Where:
        here, there = self.find(claimed), self.find(provided)
        if here is None or there is None:
            return Where.SAME if tokens(claimed) == tokens(provided) else Where.UNKNOWN
        if here == there:
            return Where.SAME
        if there in self._chain(here):
            return Where.INSIDE
        if here in self._chain(there):
            return Where.AROUND
        return Where.ELSEWHERE
