"""Names that two parties claim, and ties that lead back to where they began."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from servanda.accords.findings import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servanda.accords.consistency.inspection import Inspection
    from servanda.core.accord import Group, Party


def comparable(name: str) -> str:
    """The name as texts may write it: case, accents' encoding, spacing and a leading article make no difference."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return folded.removeprefix("the ")


def check_names(inspection: Inspection) -> None:
    """Find names that would lead a text to two parties at once."""
    claimed: dict[str, list[Party | Group]] = {}
    everyone: tuple[Party | Group, ...] = (*inspection.accord.parties, *inspection.accord.groups)
    for party in everyone:
        own: dict[str, str] = {}
        for name in (party.name, *party.aliases):
            key = comparable(name)
            if key in own:
                inspection.findings.advice(
                    inspection.place(party.at, "aliases"),
                    f"'{party.id}' has the name {shown(name)} twice",
                    "leave it out once",
                    "alias-repeated",
                )
                continue
            own[key] = name
            for other in claimed.setdefault(key, []):
                if _overlap(party, other):
                    inspection.findings.error(
                        inspection.place(party.at, "name" if name == party.name else "aliases"),
                        f"{shown(name)} is a name of '{party.id}' and of '{other.id}' (line {other.at.line})",
                        "keep it with one of them, or give both parties 'from' and 'until' that do not overlap",
                        "alias-claimed-twice",
                    )
            claimed[key].append(party)


def _overlap(party: Party | Group, other: Party | Group) -> bool:
    """Whether both may exist on one day. A month that one ends and the other begins in counts as a handover."""
    starts = [getattr(side, "start", None) for side in (party, other)]
    ends = [getattr(side, "end", None) for side in (party, other)]
    for start, end in ((starts[0], ends[1]), (starts[1], ends[0])):
        if start is not None and end is not None and (end.last < start.first or (end == start and end.day is None)):
            return False
    return True


def check_ties(inspection: Inspection) -> None:
    """Find parties that belong to themselves, and places within themselves, by whatever detour."""
    members = {party.id: [tie.target for tie in party.member_of] for party in inspection.accord.parties}
    for cycle in circles(members):
        at = inspection.parties[cycle[0]].at
        inspection.findings.error(
            inspection.place(at, "member_of"),
            f"{' belongs to '.join(map(shown, [*cycle, cycle[0]]))}",
            "leave one of the memberships out",
            "circular-membership",
        )
    places = {place.id: place for place in inspection.accord.places}
    for cycle in circles({place.id: [place.within] if place.within else [] for place in places.values()}):
        inspection.findings.error(
            inspection.place(places[cycle[0]].at, "within"),
            f"{' lies within '.join(map(shown, [*cycle, cycle[0]]))}",
            "leave one of them out",
            "circular-place",
        )


def circles(ties: Mapping[str, list[str]]) -> list[list[str]]:
    """Ways that lead back to their beginning, each once, starting with the first of its members."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in ties:
        path: list[str] = []
        branches = [iter([start])]
        while branches:
            step = next(branches[-1], None)
            if step is None:
                branches.pop()
                if path and len(path) > len(branches) - 1:
                    done.add(path.pop())
                continue
            if step in path:
                found.append(path[path.index(step) :])
            elif step not in done:
                path.append(step)
                branches.append(iter(ties.get(step, [])))
    return found


def check_places(inspection: Inspection) -> None:
    """Advise on a place that is nearly, but not quite, one of those declared."""
    known = {
        comparable(name): name for place in inspection.accord.places for name in (place.id, place.name, *place.aliases)
    }
    for provision in inspection.accord.provisions:
        if provision.place is None or not known or comparable(provision.place) in known:
            continue
        near = nearest(comparable(provision.place), known.keys(), at_least=80)
        if near is not None:
            inspection.findings.advice(
                inspection.place(provision.at, "place"),
                f"{shown(provision.place)} is no name of a declared place",
                f"did you mean '{known[near]}'?",
                "unknown-place-name",
            )


def check_sources(inspection: Inspection) -> None:
    """Find two grades of one source for the same time."""
    seen: dict[tuple[str, str], int] = {}
    for source in inspection.accord.sources:
        key = (comparable(source.name), str(source.since))
        if key in seen:
            inspection.findings.error(
                source.at,
                f"{shown(source.name)} is graded twice for the same time (first on line {seen[key]})",
                "keep one grade, or say from when the other holds with 'since'",
                "source-graded-twice",
            )
        seen.setdefault(key, source.at.line)
