"""Conditions and prerequisites: when they were met, which parts are not, and whether two wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.accord import AllOf, AnyOf, Fulfilled, Occurred, Stated
from servanda.core.vocabulary import RecordKind
from servanda.judging.due import fulfilment_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from servanda.core.accord import Provision, Requirement
    from servanda.judging.due import Clock
    from servanda.judging.visible import Commitment


def met_on(requirement: Requirement, commitment: Commitment, clock: Clock) -> date | None:
    """When a requirement was met; `None` while it is not. One in words only is met by a record that says so."""
    match requirement:
        case Fulfilled():
            return clock.fulfilled_on(
                requirement.provision, requirement.stage, requirement.verified, requirement.debtor
            )
        case Occurred():
            on = clock.event_on(requirement.event)
            return on.first if on else None
        case Stated():
            said = [
                record.on.first
                for record in commitment.records
                if record.kind is RecordKind.CONCLUSION and record.provision == commitment.provision.id
            ]
            return min(said) if said else None
        case AllOf():
            days = [met_on(part, commitment, clock) for part in requirement.parts]
            known = [day for day in days if day is not None]
            return max(known) if known and len(known) == len(days) else None
        case AnyOf():
            days = [met_on(part, commitment, clock) for part in requirement.parts]
            known = [day for day in days if day is not None]
            return min(known) if known else None


def unmet_parts(requirement: Requirement | None, commitment: Commitment, clock: Clock) -> tuple[str, ...]:
    """The parts of a requirement that are not met, in words."""
    if requirement is None or met_on(requirement, commitment, clock) is not None:
        return ()
    match requirement:
        case AllOf():
            return tuple(words for part in requirement.parts for words in unmet_parts(part, commitment, clock))
        case AnyOf():
            either = [words for part in requirement.parts for words in unmet_parts(part, commitment, clock)]
            return (" or ".join(either),)
        case _:
            return (requirement_words(requirement),)


def requirement_words(requirement: Requirement) -> str:
    """A requirement in words."""
    match requirement:
        case Fulfilled():
            return fulfilment_words(requirement.provision, requirement.stage, requirement.verified, requirement.debtor)
        case Occurred():
            return f"the event {requirement.event}"
        case Stated():
            return requirement.text
        case AllOf():
            return " and ".join(requirement_words(part) for part in requirement.parts)
        case AnyOf():
            return " or ".join(requirement_words(part) for part in requirement.parts)


def _fulfilments(requirement: Requirement | None) -> Iterator[Fulfilled]:
    match requirement:
        case Fulfilled():
            yield requirement
        case AllOf() | AnyOf():
            for part in requirement.parts:
                yield from _fulfilments(part)
        case _:
            return


def waits_for_itself(provision: Provision, commitments: Mapping[str, Sequence[Commitment]], clock: Clock) -> bool:
    """Whether what a provision waits for waits, at some remove, for the very same provision, and none has moved."""
    reached: set[str] = set()
    queue = [provision]
    while queue:
        here = queue.pop()
        for one in _fulfilments(here.condition):
            if clock.fulfilled_on(one.provision, one.stage, one.verified, one.debtor) is not None:
                continue
            if one.provision == provision.id:
                return True
            if one.provision not in reached and one.provision in commitments:
                reached.add(one.provision)
                queue.append(commitments[one.provision][0].provision)
    return False
