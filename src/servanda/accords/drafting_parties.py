"""Parties of a draft: the names that texts give, gathered under one id where they mean the same."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass, field

from servanda.accords.consistency.naming import comparable
from servanda.core.countries import country_by_name

_FORCES = re.compile(r"\s+(troops|forces?|soldiers|army|military|government|authorities)$", re.IGNORECASE)
_OWNED = re.compile(r"^(.+)['’]s\s+(.+)$")
_ARTICLE = re.compile(r"^(the|a|an|all|both|its|their)\s+", re.IGNORECASE)
_LONGEST_ID = 40


@dataclass(slots=True)
class PartyDraft:
    """A party on its way into a draft."""

    id: str
    name: str
    aliases: list[str] = field(default_factory=list)


class PartyDrafts:
    """The parties that claims name. Names of one state (its people, capital, forces) become one party."""

    def __init__(self) -> None:
        self._by_name: dict[str, PartyDraft] = {}
        self._ids: set[str] = set()

    @property
    def all(self) -> tuple[PartyDraft, ...]:
        """The parties in the order in which texts named them."""
        return tuple(self._by_name.values())

    def of(self, name: str) -> PartyDraft:
        """The party that a name means; a new one where it means none so far."""
        spoken = printable(name)
        bare = self._without_owner(bare_name(spoken))
        country = country_by_name().get(_FORCES.sub("", bare).casefold())
        official = country.name if country is not None else bare
        key = comparable(official)
        if key not in self._by_name:
            self._by_name[key] = PartyDraft(self._new_id(slug(official)), official)
        party = self._by_name[key]
        for name_used in (bare, spoken):
            if comparable(bare_name(name_used)) not in {comparable(known) for known in (party.name, *party.aliases)}:
                party.aliases.append(bare_name(name_used))
        return party

    def _new_id(self, wish: str) -> str:
        number, candidate = 1, wish
        while candidate in self._ids:
            number += 1
            candidate = f"{wish}-{number}"
        self._ids.add(candidate)
        return candidate

    def _without_owner(self, name: str) -> str:
        """`Libya's transitional government` is the transitional government; `Libya's army` stays Libya's."""
        owned = _OWNED.match(name)
        if owned is None or owned[1].casefold() not in country_by_name():
            return name
        return owned[1] if _FORCES.fullmatch(f" {owned[2]}") else owned[2]


def bare_name(name: str) -> str:
    """The name without a leading article."""
    spoken = printable(name)
    return _ARTICLE.sub("", spoken) or spoken


def printable(text: str) -> str:
    """The text on one line, without characters that are no text."""
    kept = "".join(char if unicodedata.category(char) not in ("Cc", "Cs", "Cn", "Co") else " " for char in text)
    return " ".join(kept.split())


def slug(name: str) -> str:
    """An id made from a name: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower().replace(".", "").replace("'", "")).strip("-")
    return words[:_LONGEST_ID].rstrip("-") or f"party-{zlib.crc32(name.encode()):08x}"
