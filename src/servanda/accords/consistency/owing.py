"""Provisions that nobody owes, that nobody verifies, that have no date, or a date that their text does not support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.consistency.stated_spans import stated_spans, states_a_time
from servanda.core.accord import (
    AfterEntryIntoForce,
    AfterSignature,
    Deadline,
    EarlierOf,
    LaterOf,
    NoDeadline,
    Recurring,
    Window,
    Within,
)
from servanda.core.vocabulary import InstrumentStatus, Kind, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servanda.accords.consistency.inspection import Inspection
    from servanda.core.accord import Provision


def check_debtors(inspection: Inspection) -> None:
    """Find provisions that nobody owes, and duties that nobody can be held to."""
    for provision in inspection.accord.provisions:
        place = inspection.place(provision.at, "debtors")
        if not provision.debtors:
            inspection.findings.error(
                place, f"nobody owes '{provision.id}'", "name who does under 'debtors'", "nobody-owes"
            )
        elif provision.joint and len(provision.debtors) == 1:
            inspection.findings.advice(
                place,
                f"'{provision.id}' is owed jointly by one party",
                "name the others, or leave 'joint' out",
                "joint-alone",
            )
        if len(provision.debtors) == 1 and provision.debtors == provision.creditors:
            inspection.findings.advice(
                place, f"'{provision.debtors[0]}' owes '{provision.id}' to itself", "name the creditors", "owes-itself"
            )
        if provision.kind is Kind.REFRAIN and provision.polarity is Polarity.POSITIVE:
            inspection.findings.error(
                inspection.place(provision.at, "polarity"),
                f"'{provision.id}' is a duty to refrain, and says that the action is to be done",
                "leave 'polarity' out, or make it 'kind: maintain' if the action is to go on",
                "refrain-positive",
            )


def check_verifiers(inspection: Inspection) -> None:
    """Advise where nobody verifies."""
    for instrument in inspection.accord.instruments:
        if instrument.verifier is None and any(not provision.proof.verifiers for provision in instrument.provisions):
            inspection.findings.advice(
                instrument.at,
                f"nobody verifies '{instrument.id}', so nothing in it can be shown as verified",
                "name a 'verifier', or one for each provision under 'proof'",
                "no-verifier",
            )


def check_dates_of_instruments(inspection: Inspection) -> None:
    """Advise where an instrument lacks a date that something counts from."""
    for instrument in inspection.accord.instruments:
        concluded = instrument.status is not InstrumentStatus.TENTATIVE
        anchors = {type(anchor) for provision in instrument.provisions for anchor in _anchors(provision)}
        if concluded and instrument.signed is None and (instrument.known is None or AfterSignature in anchors):
            inspection.findings.advice(
                instrument.at,
                f"'{instrument.id}' has no date"
                + (", and deadlines count from its signature" if AfterSignature in anchors else ""),
                "add 'signed: YYYY-MM-DD'; YYYY-MM or YYYY, if no more is known",
                "instrument-without-date",
            )
        if concluded and instrument.in_force is None and AfterEntryIntoForce in anchors:
            inspection.findings.advice(
                instrument.at,
                f"deadlines of '{instrument.id}' count from its entry into force, which has no date",
                "add 'in_force: YYYY-MM-DD' once it has entered into force",
                "instrument-without-date",
            )


def check_deadlines_are_said(inspection: Inspection) -> None:
    """Advise where no deadline is given, or one that the text does not support."""
    for provision in inspection.accord.provisions:
        deadlines = [provision.deadline, *(stage.deadline for stage in provision.stages)]
        if all(isinstance(deadline, NoDeadline) for deadline in deadlines):
            if provision.kind is Kind.ACHIEVE and not inspection.says(provision.at, "deadline"):
                inspection.findings.advice(
                    provision.at,
                    f"'{provision.id}' has no deadline, so it can never be overdue",
                    "add one, or write 'deadline: none' if the text gives none",
                    "no-deadline",
                )
        elif provision.text is not None and inspection.says(provision.at, "deadline"):
            _compare_with_text(provision, provision.text, inspection)


def _compare_with_text(provision: Provision, text: str, inspection: Inspection) -> None:
    place = inspection.place(provision.at, "deadline")
    if not states_a_time(text) and not isinstance(provision.deadline, NoDeadline):
        inspection.findings.advice(
            place,
            f"'{provision.id}' has a deadline, and its text says nothing of one",
            "quote the words that give it, or write 'deadline: none'",
            "deadline-not-in-text",
        )
        return
    stated = stated_spans(text)
    for deadline in _leaves(provision.deadline):
        span = deadline.span if isinstance(deadline, Within) else deadline.every
        if stated and span not in stated and (span.years, span.months, span.weeks, span.days) != (0, 0, 0, 0):
            inspection.findings.advice(
                place,
                f"the text of '{provision.id}' says {' and '.join(map(str, stated))}, its deadline {span}",
                "write the span as the text has it: 90 days and 3 months end on different days",
                "deadline-differs-from-text",
            )


def _leaves(deadline: Deadline | None) -> Iterator[Within | Recurring]:
    match deadline:
        case Within() | Recurring():
            yield deadline
        case Window():
            yield from _leaves(deadline.opens)
            yield from _leaves(deadline.closes)
        case EarlierOf() | LaterOf():
            for part in deadline.deadlines:
                yield from _leaves(part)
        case _:
            pass


def _anchors(provision: Provision) -> Iterator[object]:
    for deadline in (provision.deadline, *(stage.deadline for stage in provision.stages)):
        for leaf in _leaves(deadline):
            yield leaf.anchor
