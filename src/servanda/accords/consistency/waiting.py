"""Who waits for whom: cycles ("each waits for the other") and conditions that can never be met."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.accords.consistency.inspection import Inspection, requirements, step_name
from servanda.core.accord import (
    AfterFulfilment,
    AllOf,
    AnyOf,
    Deadline,
    EarlierOf,
    Fulfilled,
    LaterOf,
    NoDeadline,
    Recurring,
    Requirement,
    Window,
    Within,
)
from servanda.core.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servanda.core.accord import Provision
    from servanda.core.problems import Location

Step = tuple[str, int | None]
"""A provision, or one stage of it."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What a step waits for: all of the parts, or any of them. A leaf is one step; no parts mean no wait."""

    step: Step | None = None
    parts: tuple[Wait, ...] = ()
    any_will_do: bool = False
    words: str = "waits for"

    def is_over(self, possible: set[Step]) -> bool:
        """Whether the wait can end, if those steps are possible."""
        if self.step is not None:
            return self.step in possible
        if self.any_will_do and self.parts:
            return any(part.is_over(possible) for part in self.parts)
        return all(part.is_over(possible) for part in self.parts)

    def steps(self) -> Iterator[tuple[Step, str]]:
        """The steps at the leaves, with the words for the tie."""
        if self.step is not None:
            yield self.step, self.words
        for part in self.parts:
            yield from part.steps()


def check_waiting(inspection: Inspection) -> None:
    """Find steps that can never come about, and the cycles of waiting that keep them."""
    waits = {step: wait for provision in inspection.accord.provisions for step, wait in _waits(provision, inspection)}
    possible = _possible(waits)
    stuck = {step: wait for step, wait in waits.items() if step not in possible}
    in_cycles: set[Step] = set()
    for cycle in _cycles(stuck):
        in_cycles |= set(cycle)
        _report_cycle(cycle, stuck, inspection)
    for step, wait in stuck.items():
        blocked = next((name for name, _ in wait.steps() if name not in possible), None)
        if step in in_cycles or blocked is None or step[1] is not None or blocked[0] == step[0]:
            continue  # Of a provision held up by its own stage, the stage's cycle says enough.
        inspection.findings.error(
            _place(step, inspection),
            f"{step_name(*step)} can never come about: it waits for {step_name(*blocked)}, which never does",
            "break the cycle of waiting that holds the other one up",
            "unreachable-condition",
        )


def _possible(waits: Mapping[Step, Wait]) -> set[Step]:
    """The steps that can come about: the least set that contains every step whose wait can end within it."""
    needed_by: dict[Step, list[Step]] = {}
    for step, wait in waits.items():
        for needed, _ in wait.steps():
            needed_by.setdefault(needed, []).append(step)
    possible: set[Step] = set()
    queue = deque(waits)
    while queue:
        step = queue.popleft()
        if step not in possible and waits[step].is_over(possible):
            possible.add(step)
            queue.extend(needed_by.get(step, ()))
    return possible


def _waits(provision: Provision, inspection: Inspection) -> Iterator[tuple[Step, Wait]]:
    own = [_of_requirement(requirement, inspection) for _, requirement in requirements(provision)]
    if provision.kind is Kind.ACHIEVE:
        own.append(_of_deadline(provision.deadline, inspection))
    before: Step | None = None
    for stage in provision.stages:
        waits = [_of_step(step, "waits for", inspection) for step in stage.after]
        waits.append(_of_deadline(stage.deadline, inspection))
        waits.extend([Wait(before)] if before is not None else own)
        before = (provision.id, stage.number)
        yield before, Wait(parts=tuple(waits))
    if before is not None:
        own.append(Wait(before))
    yield (provision.id, None), Wait(parts=tuple(own))


def _of_requirement(requirement: Requirement, inspection: Inspection) -> Wait:
    match requirement:
        case AllOf():
            return Wait(parts=tuple(_of_requirement(part, inspection) for part in requirement.parts))
        case AnyOf():
            parts = tuple(_of_requirement(part, inspection) for part in requirement.parts)
            return Wait(parts=parts, any_will_do=True)
        case Fulfilled():
            step = AfterFulfilment(requirement.provision, requirement.stage)
            return _of_step(step, "waits for", inspection)
        case _:
            return Wait()


def _of_deadline(deadline: Deadline | None, inspection: Inspection) -> Wait:
    """What has to come about before the deadline can begin to run."""
    match deadline:
        case Within() | Recurring() if isinstance(deadline.anchor, AfterFulfilment):
            return _of_step(deadline.anchor, "counts from", inspection)
        case Window():
            return Wait(parts=(_of_deadline(deadline.opens, inspection), _of_deadline(deadline.closes, inspection)))
        case LaterOf():
            return Wait(parts=tuple(_of_deadline(part, inspection) for part in deadline.deadlines))
        case EarlierOf():
            parts = tuple(_of_deadline(part, inspection) for part in deadline.deadlines)
            return Wait(parts=parts, any_will_do=True)
        case _:
            return Wait()


def _of_step(step: AfterFulfilment, words: str, inspection: Inspection) -> Wait:
    """A wait for a step; for none where the accord has no such stage, which is reported by itself."""
    target = inspection.provisions[step.provision]
    if step.stage is not None and step.stage > len(target.stages):
        return Wait()
    return Wait((step.provision, step.stage), words=words)


def _cycles(stuck: Mapping[Step, Wait]) -> Iterator[list[Step]]:
    """The smallest cycle through each stuck step that no reported cycle has yet, smallest first."""
    seen: set[Step] = set()
    found = [cycle for step in stuck if (cycle := _cycle_through(step, stuck)) is not None]
    for cycle in sorted(found, key=len):
        if seen.isdisjoint(cycle):
            seen |= set(cycle)
            yield cycle


def _cycle_through(start: Step, stuck: Mapping[Step, Wait]) -> list[Step] | None:
    came_from: dict[Step, Step] = {}
    queue = deque([start])
    while queue:
        step = queue.popleft()
        for needed, _ in stuck[step].steps():
            if needed == start:
                cycle = [step]
                while cycle[-1] != start:
                    cycle.append(came_from[cycle[-1]])
                return cycle[::-1]
            if needed in stuck and needed not in came_from:
                came_from[needed] = step
                queue.append(needed)
    return None


def _report_cycle(cycle: list[Step], stuck: Mapping[Step, Wait], inspection: Inspection) -> None:
    first = min(range(len(cycle)), key=lambda index: _place(cycle[index], inspection))
    turned = cycle[first:] + cycle[:first]
    ties = []
    for step, needed in zip(turned, turned[1:] + turned[:1], strict=True):
        words = next(words for name, words in stuck[step].steps() if name == needed)
        ties.append(f"{step_name(*step)} (line {_place(step, inspection).line}) {words} {step_name(*needed)}")
    what = "a step waits for itself" if len(turned) == 1 else "each waits for the other"
    if len(turned) > 2:
        what = "all of these wait for one another"
    inspection.findings.error(
        _place(turned[0], inspection),
        f"{what}: {', and '.join(ties)}",
        "let one of them go first, tie them to a named event, or give one a date of its own",
        "waiting-cycle",
    )


def _place(step: Step, inspection: Inspection) -> Location:
    provision = inspection.provisions[step[0]]
    return provision.at if step[1] is None else provision.stages[step[1] - 1].at


def check_references_to_parts(inspection: Inspection) -> None:
    """Find conditions on stages, debtors and duties that are never fulfilled."""
    for provision in inspection.accord.provisions:
        for key, requirement in requirements(provision):
            place = inspection.place(provision.at, key)
            for needed in _fulfilments(requirement):
                _check_reference(needed, place, key == "condition", inspection)
        deadline_place = inspection.place(provision.at, "deadline")
        for anchor in _anchors(provision.deadline):
            _check_reference(Fulfilled(anchor.provision, None, anchor.stage), deadline_place, True, inspection)
        for stage in provision.stages:
            for step in (*stage.after, *_anchors(stage.deadline)):
                _check_reference(Fulfilled(step.provision, None, step.stage), stage.at, True, inspection)


def _check_reference(needed: Fulfilled, place: Location, is_strict: bool, inspection: Inspection) -> None:
    target, findings = inspection.provisions[needed.provision], inspection.findings
    count = len(target.stages)
    if needed.stage is not None and needed.stage > count:
        has = f"has {count} stage{'s' if count != 1 else ''}" if count else "has no stages"
        findings.error(
            place, f"stage {needed.stage} of '{target.id}' is meant, which {has}", "correct the number", "no-such-stage"
        )
    if needed.debtor is not None and needed.debtor not in target.debtors:
        findings.error(
            place,
            f"'{needed.debtor}' is to fulfil '{target.id}', but does not owe it",
            f"its debtors are {', '.join(target.debtors) or 'nobody'}",
            "unreachable-condition",
        )
    elif not target.debtors:
        findings.error(
            place, f"'{target.id}' is to be fulfilled, but nobody owes it", "name its debtors", "unreachable-condition"
        )
    has_end = inspection.instruments[target.instrument].until is not None or target.deadline != NoDeadline()
    if target.kind is not Kind.ACHIEVE:
        report = findings.error if is_strict and not has_end else findings.advice
        report(
            place,
            f"'{target.id}' is to be fulfilled, but it is a duty to {target.kind}, which is kept and never finished",
            "name an event, or state the condition in words: {stated: …}",
            "never-fulfilled",
        )


def _fulfilments(requirement: Requirement) -> Iterator[Fulfilled]:
    match requirement:
        case Fulfilled():
            yield requirement
        case AllOf() | AnyOf():
            for part in requirement.parts:
                yield from _fulfilments(part)
        case _:
            pass


def _anchors(deadline: Deadline | None) -> Iterator[AfterFulfilment]:
    match deadline:
        case Within() | Recurring() if isinstance(deadline.anchor, AfterFulfilment):
            yield deadline.anchor
        case Window():
            yield from _anchors(deadline.opens)
            yield from _anchors(deadline.closes)
        case EarlierOf() | LaterOf():
            for part in deadline.deadlines:
                yield from _anchors(part)
        case _:
            pass
