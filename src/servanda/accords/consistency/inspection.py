"""What every check of consistency works on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from servanda.accords.findings import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servanda.accords.findings import Findings
    from servanda.core.accord import Accord, Event, Instrument, Party, Provision, Requirement
    from servanda.core.problems import Location


@dataclass(frozen=True)
class Inspection:
    """An accord under inspection: where its keys stand, and where problems go."""

    accord: Accord
    findings: Findings
    key_places: Mapping[tuple[Location, str], Location]

    def place(self, thing: Location, key: str) -> Location:
        """Where the key of a thing stands; where the thing begins, if it lacks the key."""
        return self.key_places.get((thing, key), thing)

    def says(self, thing: Location, key: str) -> bool:
        """Whether the thing has that key."""
        return (thing, key) in self.key_places

    @cached_property
    def provisions(self) -> Mapping[str, Provision]:
        """The provisions by id."""
        return {provision.id: provision for provision in self.accord.provisions}

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """The instruments by id."""
        return {instrument.id: instrument for instrument in self.accord.instruments}

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.accord.events}

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """The parties by id."""
        return {party.id: party for party in self.accord.parties}


def requirements(provision: Provision) -> Iterator[tuple[str, Requirement]]:
    """The provision's condition and prerequisite, with their keys."""
    if provision.condition is not None:
        yield "condition", provision.condition
    if provision.depends_on is not None:
        yield "depends_on", provision.depends_on


def step_name(provision: str, stage: int | None = None) -> str:
    """How messages name a provision or one of its stages."""
    return shown(provision) if stage is None else f"stage {stage} of {shown(provision)}"
