"""Who a name refers to: parties by name, alias, demonym or capital; their owners; groups such as "both sides"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from servanda.core.accord import Group as PartyGroup
from servanda.core.countries import country_by_name

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.accord import Accord, Party

_TOKEN = re.compile(r"[^\W_]+(?:['’.\-–][^\W_]+|\.(?=[^\W_]\.))*\.?", re.UNICODE)
_LOCATIVE = frozenset("in inside against near at towards within outside into".split())  # noqa: SIM905


class Group(StrEnum):
    """A group that a text names instead of parties."""

    SIDES = "both sides"
    FOREIGN = "foreign forces"
    PARTICIPANTS = "the participants"
    ARMED = "armed groups"
    UNNAMED = "nobody named"
    UNKNOWN = "a name not in the accord"


_GOVERNMENT = re.compile(r"(?:the )?(?:government|republic|kingdom|state) of (?:the )?(.+)", re.IGNORECASE)
_SIDES = re.compile(
    r"\b(both|two|rival|warring|opposing|conflicting)\s+(\w+\s+)?(sides?|parties|camps|factions|countries|governments)\b"
    r"|^(the\s+)?(sides|parties|both|each side|each other)$"
)
_FOREIGN = re.compile(r"\b(foreign|mercenar\w*|external|outside)\b")
_PARTICIPANTS = re.compile(
    r"\b(powers|leaders|participants|signator\w+|countries|states|nations|members|delegations)\b"
)
_ARMED = re.compile(r"\b(armed groups?|militias?|armed factions?|armed formations?|armed forces)\b")
_UNIVERSAL = re.compile(
    r"\b(all|every|no|none of|any|last|entire)\s+(the\s+|of\s+the\s+)?(remaining\s+|other\s+)?(\w+\s+)?"
    r"(foreign|mercenar\w*|fighters|troops|forces|soldiers|sides|parties|armed|units|external)",
    re.IGNORECASE,
)


_NOBODY: frozenset[str] = frozenset()


def tokens(name: str) -> tuple[str, ...]:
    """Case-folded words of a name; `U.S.` and `US` are one word, `Kremlin-linked` stays whole."""
    return tuple(
        word.replace(".", "").replace("’", "'").removesuffix("'s").removesuffix("'").casefold()
        for word in _TOKEN.findall(name)
    )


def is_universal(text: str | None) -> bool:
    """Whether a text speaks of all (or none) of a group, so that it speaks of each of its members."""
    return text is not None and _UNIVERSAL.search(text) is not None


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a claim's actors are: parties of the accord, groups, or nobody."""

    parties: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()
    universal: bool = False


@dataclass(slots=True)
class Roster:
    """The names of an accord's parties."""

    accord: Accord
    _by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(init=False)
    _parties: dict[str, Party] = field(init=False)
    timeless: bool = field(init=False)
    """Whether no tie of any party begins or ends."""
    _scanned: dict[str, frozenset[str]] = field(init=False, default_factory=dict)
    _owned: set[str] = field(init=False)
    _memo: dict[tuple[str, ...], Named] = field(init=False, default_factory=dict)
    _owners: dict[tuple[str, int], frozenset[str]] = field(init=False, default_factory=dict)
    _sources: dict[str, frozenset[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._parties = {party.id: party for party in self.accord.parties}
        claimed: dict[tuple[str, ...], tuple[str, ...]] = {}
        everybody: tuple[Party | PartyGroup, ...] = (*self.accord.parties, *self.accord.groups)
        for named in everybody:
            members = named.members if isinstance(named, PartyGroup) else (named.id,)
            for name in (named.name, *named.aliases, named.id, named.id.replace("-", " ")):
                if words := tokens(name):
                    claimed.setdefault(words[1:] if words[0] == "the" and len(words) > 1 else words, members)
        for party in self.accord.parties:
            for name in _names_of_state(party):
                if words := tokens(name):
                    claimed.setdefault(words, (party.id,))
        ties = [tie for party in self.accord.parties for tie in (*party.member_of, *party.sides, *party.backs)]
        self.timeless = all(tie.start is None and tie.end is None for tie in ties)
        self._owned = {party.id for party in self.accord.parties if party.member_of}
        self._by_first = {}
        for words, members in sorted(claimed.items(), key=lambda pair: -len(pair[0])):
            self._by_first.setdefault(words[0], []).append((words, members))

    def party(self, party_id: str) -> Party | None:
        """The party of that id."""
        return self._parties.get(party_id)

    def scan(self, name: str) -> frozenset[str]:
        """The parties that a name contains, the longest names first; what follows "in", "against"… is not the actor."""
        known = self._scanned.get(name)
        if known is not None:
            return known
        words = tokens(name)
        found: set[str] = set()
        at = 0
        while at < len(words):
            if at and words[at] in _LOCATIVE:
                break
            for alias, members in self._by_first.get(words[at], ()):
                if words[at : at + len(alias)] == alias:
                    found.update(members)
                    at += len(alias)
                    break
            else:
                at += 1
        self._scanned[name] = frozenset(found)
        return self._scanned[name]

    def is_name(self, name: str) -> bool:
        """Whether it is a party's name, an alias or its id, and nothing besides."""
        words = tokens(name)
        return any(alias == words for alias, _ in self._by_first.get(words[0], ())) if words else False

    def named(self, actors: tuple[str, ...]) -> Named:
        """Whom the actors of a claim are."""
        known = self._memo.get(actors)
        if known is None:
            known = self._memo[actors] = self._named(actors)
        return known

    def _named(self, actors: tuple[str, ...]) -> Named:
        if not actors:
            return Named(groups=frozenset({Group.UNNAMED}))
        parties: set[str] = set()
        groups: set[Group] = set()
        for actor in actors:
            found = self.scan(actor)
            parties |= found
            if not found:
                groups.add(_group(actor.casefold()))
        return Named(frozenset(parties), frozenset(groups), any(is_universal(actor) for actor in actors))

    def owners(self, party: str, day: date) -> frozenset[str]:
        """Whom a party belongs to on a day, at any remove; without itself."""
        if party not in self._owned:
            return _NOBODY
        key = (party, 0 if self.timeless else day.toordinal())
        known = self._owners.get(key)
        if known is None:
            reached: set[str] = set()
            queue = [party]
            while queue:
                here = self._parties.get(queue.pop())
                for tie in here.member_of if here else ():
                    if tie.holds_on(day) and tie.target not in reached and tie.target != party:
                        reached.add(tie.target)
                        queue.append(tie.target)
            known = self._owners[key] = frozenset(reached)
        return known

    def sides(self, party: str, day: date) -> frozenset[str]:
        """The sides of a party (or of whom it belongs to) on a day."""
        everyone = (party, *self.owners(party, day))
        return frozenset(
            tie.target
            for one in everyone
            if (found := self._parties.get(one)) is not None
            for tie in found.sides
            if tie.holds_on(day)
        )

    def backed(self, party: str, day: date) -> frozenset[str]:
        """Whom a party backs on a day."""
        found = self._parties.get(party)
        return frozenset(tie.target for tie in found.backs if tie.holds_on(day)) if found else frozenset()


def _names_of_state(party: Party) -> tuple[str, ...]:
    """The words that stand for a party that is a state, or is the government of one."""
    states = country_by_name()
    state = states.get(party.name.casefold()) or states.get(party.id.casefold())
    if state is not None:
        return state.acting_names
    match = _GOVERNMENT.fullmatch(party.name)
    state = states.get(match[1].casefold()) if match else None
    if state is None:
        return ()
    return (state.capital, *(f"{word} government" for word in (*state.demonyms, *state.land_names)))


def group_in(text: str) -> Group | None:
    """The group that a text speaks of, where its claim names no actor: "all foreign forces need to leave"."""
    found = _group(text.casefold())
    return found if found in (Group.FOREIGN, Group.SIDES, Group.ARMED) else None


@lru_cache(maxsize=4096)
def _group(name: str) -> Group:
    if _SIDES.search(name):
        return Group.SIDES
    if _FOREIGN.search(name):
        return Group.FOREIGN
    if _ARMED.search(name):
        return Group.ARMED
    if _PARTICIPANTS.search(name):
        return Group.PARTICIPANTS
    return Group.UNKNOWN
