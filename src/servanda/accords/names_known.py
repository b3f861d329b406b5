"""Which names an accord declares, gathered before anything else is read, so that references can point forward."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from servanda.accords.findings import shown
from servanda.core.written import Written, WrittenList, WrittenMap, WrittenText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servanda.accords.findings import Findings
    from servanda.core.problems import Location

ID_PATTERN = r"^[^\s/,:]+$"
_ID = re.compile(ID_PATTERN)


class NamesKnown:
    """The declared ids of each kind, with the place of their declaration."""

    SECTIONS: ClassVar[Mapping[str, str]] = {
        "party": "parties",
        "group": "groups",
        "place": "places",
        "event": "events",
        "instrument": "instruments",
        "provision": "provisions",
        "side": "parties",
    }

    def __init__(self, root: WrittenMap, findings: Findings) -> None:
        self._names: dict[str, dict[str, Location]] = {kind: {} for kind in self.SECTIONS}
        for kind in ("party", "group", "place", "event", "instrument"):
            for name, at, _ in named_items(root.value(self.SECTIONS[kind]), "id"):
                self._declare(kind, name, at, findings)
        for _, _, instrument in named_items(root.value("instruments"), "id"):
            if isinstance(instrument, WrittenMap):
                for name, at, _ in named_items(instrument.value("provisions"), "id"):
                    self._declare("provision", name, at, findings)
        self._gather_sides(root.value("parties"))
        for name, at in self._names["group"].items():
            if name in self._names["party"]:
                findings.error(
                    at, f"{shown(name)} is the id of a party and of a group", "rename one of them", "duplicate-id"
                )

    def of(self, kind: str) -> Mapping[str, Location]:
        """The ids of that kind."""
        return self._names[kind]

    def _declare(self, kind: str, name: str, at: Location, findings: Findings) -> None:
        if not _ID.fullmatch(name) or len(name) > 100:
            findings.error(
                at,
                f"{shown(name)} cannot be the id of {'an' if kind[0] in 'aei' else 'a'} {kind}",
                "use letters, digits and hyphens, without spaces, slashes, commas or colons, at most 100",
                "bad-id",
            )
        elif (first := self._names[kind].get(name)) is not None:
            findings.error(
                at,
                f"the {kind} {shown(name)} is declared twice (first on line {first.line})",
                "ids are unique in the whole file; rename one of the two",
                "duplicate-id",
            )
        else:
            self._names[kind][name] = at

    def _gather_sides(self, parties: Written | None) -> None:
        for _, _, party in named_items(parties, "id"):
            side = party.value("side") if isinstance(party, WrittenMap) else None
            items = side.items if isinstance(side, WrittenList) else (side,)
            for item in items:
                name = item.value("side") if isinstance(item, WrittenMap) else item
                if isinstance(name, WrittenText) and not name.is_empty:
                    self._names["side"].setdefault(name.text.strip(), name.at)


def named_items(section: Written | None, key: str) -> Iterator[tuple[str, Location, Written]]:
    """The items of a section that is written either as a mapping by id or as a list of mappings that hold `key`."""
    if isinstance(section, WrittenMap):
        for entry in section:
            yield entry.key, entry.at, entry.value
    elif isinstance(section, WrittenList):
        for item in section.items:
            name = item.value(key) if isinstance(item, WrittenMap) else None
            if isinstance(name, WrittenText) and not name.is_empty:
                yield name.text.strip(), name.at, item
