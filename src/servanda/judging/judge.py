"""Judge an accord: every commitment's state, outlook and standing at a date, as known at a date. No clock is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.accord import (
    AfterFulfilment,
    AllOf,
    AnyOf,
    EarlierOf,
    Fulfilled,
    LaterOf,
    Recurring,
    Window,
    Within,
)
from servanda.core.collector import collector_paused
from servanda.judging.case import Case
from servanda.judging.evidence import ABOUT_ACCESS
from servanda.judging.gathering import Decisions, Gatherer
from servanda.judging.relations import bearings
from servanda.judging.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from servanda.core.accord import Accord, Deadline, Provision, Requirement
    from servanda.core.claims import ClaimRecord, Review
    from servanda.core.judgement import Judgement
    from servanda.core.vocabulary import Action
    from servanda.judging.visible import View


def judge(
    accord: Accord,
    records: Iterable[ClaimRecord],
    reviews: Iterable[Review] = (),
    *,
    as_of: date,
    known_by: date,
    only: Collection[str] | None = None,
) -> tuple[Judgement, ...]:
    """Judge every commitment (or those of the given ids), in the order of the accord.

    Args:
        accord: parties, instruments, provisions and records.
        records: claims; those published after `known_by` or withdrawn are left aside.
        reviews: analysts' decisions about links; they override the engine's.
        as_of: the day that the judgement is about.
        known_by: the day up to which documents had been published.
        only: ids `provision/debtor`; `None` for all. The result equals the same part of the whole.
    """
    return tuple(judge_each(accord, records, reviews, as_of=as_of, known_by=known_by, only=only))


def judge_each(
    accord: Accord,
    records: Iterable[ClaimRecord],
    reviews: Iterable[Review] = (),
    *,
    as_of: date,
    known_by: date,
    only: Collection[str] | None = None,
) -> Iterator[Judgement]:
    """What `judge` says, one judgement after the other: whoever does not keep them needs memory for one at a time."""
    asked = None if only is None else {name.partition("/")[0] for name in only}
    needed = None if asked is None else with_references(accord, asked)
    view = visible(accord, as_of=as_of, known_by=known_by, provisions=needed)
    with collector_paused():
        gatherer = Gatherer(accord, view.commitments, Decisions.of(reviews), known_by).gather(records)
    records = ()
    yield from judged(view, gatherer, None if only is None else only.__contains__)


def judged(view: View, gatherer: Gatherer, wanted: Callable[[str], bool] | None = None) -> Iterator[Judgement]:
    """Judge the commitments of a view (those whose ids are wanted), and hold no more evidence than is still needed."""
    case = Case(view, gatherer.evidence)
    referred = {name for provision in view.accord.provisions for name in references(view.accord, provision)}
    for one in view.commitments:
        if wanted is None or wanted(one.id):
            with collector_paused():
                judgement = case.judge(one)
            if one.provision.id not in referred:
                case.release(one)
            yield judgement


@dataclass(frozen=True, slots=True)
class Concern:
    """Which claims can bear on certain commitments; all others may be left aside, and the answer is the same."""

    actions: frozenset[Action]
    """Claims of these actions; and beside them whatever"""
    provisions: frozenset[str]
    """was handed in for these provisions,"""
    claims: frozenset[str]
    """or was decided on by an analyst."""


def concern(accord: Accord, only: Collection[str], reviews: Iterable[Review] = ()) -> Concern:
    """Which claims can bear on the commitments of these ids, and on all that those refer to."""
    needed = with_references(accord, {name.partition("/")[0] for name in only})
    actions = set(ABOUT_ACCESS)
    for provision in accord.provisions:
        if provision.id in needed:
            subject = provision.object or provision.text
            actions |= {done for done, _ in bearings(provision.action, provision.kind, provision.polarity, subject)}
    return Concern(frozenset(actions), needed, frozenset(review.claim for review in reviews))


def with_references(accord: Accord, asked: Collection[str]) -> frozenset[str]:
    """Provisions with all that they refer to, at any remove."""
    provisions = {provision.id: provision for provision in accord.provisions}
    reached: set[str] = set()
    queue = list(asked)
    while queue:
        here = queue.pop()
        if here in reached or here not in provisions:
            continue
        reached.add(here)
        queue += references(accord, provisions[here])
    return frozenset(reached)


def references(accord: Accord, provision: Provision) -> list[str]:
    """The provisions on which a provision's deadlines, as written and as changed, its stages and requirements rest."""
    found = [*_of_deadline(provision.deadline)]
    for record in accord.records:
        if record.deadline is not None and (
            record.provision == provision.id or record.instrument == provision.instrument
        ):
            found += _of_deadline(record.deadline)
    for requirement in (provision.condition, provision.depends_on):
        found += _of_requirement(requirement)
    for stage in provision.stages:
        found += _of_deadline(stage.deadline)
        found += [step.provision for step in stage.after]
    return found


def _of_deadline(deadline: Deadline) -> list[str]:
    match deadline:
        case Within(anchor=AfterFulfilment() as anchor) | Recurring(anchor=AfterFulfilment() as anchor):
            return [anchor.provision]
        case Window():
            return [name for end in (deadline.opens, deadline.closes) if end for name in _of_deadline(end)]
        case EarlierOf() | LaterOf():
            return [name for one in deadline.deadlines for name in _of_deadline(one)]
        case _:
            return []


def _of_requirement(requirement: Requirement | None) -> list[str]:
    match requirement:
        case Fulfilled():
            return [requirement.provision]
        case AllOf() | AnyOf():
            return [name for part in requirement.parts for name in _of_requirement(part)]
        case _:
            return []
