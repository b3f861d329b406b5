"""The brief: what a desk officer hands on. Composed once, rendered as Markdown, HTML or anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.dates import days_of
from servanda.core.vocabulary import Outlook, Polarity, Stance, Standing, State
from servanda.publishing.wording import (
    SETTLED,
    count_words,
    counted_words,
    days_to_due,
    days_words,
    due_words,
    reading_words,
    share_words,
    standing_words,
    state_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from servanda.core.accord import Accord, Provision
    from servanda.core.judgement import Evidence, Judgement

NEXT_DAYS = 90
_SHOWN = 4
"""How many pieces of evidence an entry quotes; the rest is counted and left to `why`."""
_WEIGHT = {
    Stance.BREACHES: 0,
    Stance.FAILS: 0,
    Stance.PERFORMS: 0,
    Stance.PERFORMS_IN_PART: 0,
    Stance.DENIES_ACCESS: 1,
    Stance.DISPUTES: 1,
    Stance.REFUSES: 2,
    Stance.AMENDS: 2,
    Stance.INTENDS: 3,
    Stance.DEMANDS: 4,
    Stance.BACKGROUND: 5,
}


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered source with its quote."""

    number: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision in the brief, with the debtors of whom the same is to be said."""

    judgements: tuple[Judgement, ...]
    title: str
    debtors: tuple[str, ...]
    line: str
    """State, standing and deadline in words."""
    because: str
    proof: Note | None
    """The accepted piece of evidence that says most; it is quoted in place."""
    details: tuple[str, ...]
    notes: tuple[Note, ...]
    unquoted: int
    """How many more pieces of evidence say something of it, beside background and doubtful links."""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a brief says, before it is laid out."""

    title: str
    as_of: date
    known_by: date
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    documents: int
    """How many documents were known."""


class _Notes:
    """Numbers sources in order of first use; the same claim keeps its number."""

    def __init__(self) -> None:
        self._by_claim: dict[str, Note] = {}

    def of(self, evidence: Evidence) -> Note:
        return self._by_claim.setdefault(evidence.record.id, Note(len(self._by_claim) + 1, evidence))

    def all(self) -> tuple[Note, ...]:
        return tuple(self._by_claim.values())


def _is_due_next(judgement: Judgement, as_of: date) -> bool:
    left = days_to_due(judgement, as_of)
    return left is not None and 0 <= left <= NEXT_DAYS and judgement.state not in SETTLED


def _sections(as_of: date) -> tuple[tuple[str, Callable[[Judgement], bool]], ...]:
    """Headings and who belongs under each; every commitment stands under the first that fits."""
    return (
        ("Violated or reversed", lambda j: j.state in (State.VIOLATED, State.REVERSED)),
        ("Disputed", lambda j: j.disputed is not None),
        ("Overdue", lambda j: j.state is State.OVERDUE),
        ("At risk", lambda j: j.outlook is Outlook.AT_RISK),
        (f"Due within {NEXT_DAYS} days", lambda j: _is_due_next(j, as_of)),
        ("Kept", lambda j: j.state in (State.FULFILLED, State.FULFILLED_LATE)),
        ("In progress or in force", lambda j: j.state in (State.IN_PROGRESS, State.IN_FORCE)),
        ("Not binding yet", lambda j: j.state in (State.TENTATIVE, State.CONDITIONAL)),
        ("Suspended or ended", lambda j: True),
    )


def _chosen(judgements: Sequence[Judgement]) -> list[Evidence]:
    """The evidence to quote, each claim once: accepted first, then by what it says, newest first.

    Background and doubtful links say nothing that one would hand on; `why` shows them.
    """
    telling = {
        evidence.record.id: evidence
        for judgement in judgements
        for evidence in judgement.evidence
        if evidence.link.clear and evidence.stance is not Stance.BACKGROUND
    }
    return sorted(
        telling.values(),
        key=lambda e: (not e.accepted, _WEIGHT[e.stance], -e.record.document.published.toordinal(), e.record.id),
    )


def _details(judgement: Judgement) -> tuple[str, ...]:
    lines = []
    if (share := share_words(judgement.share)) and judgement.state not in SETTLED:
        lines.append(f"Done so far: {share}.")
    if judgement.disputed:
        states = " or ".join(state.value for state in judgement.disputed.states)
        lines.append(f"Disputed: the evidence supports {states}.")
        lines += [f"{f.source or 'A source'} gives {f.value:g}." for f in judgement.disputed.figures]
    if judgement.episodes:
        closed = sum(episode.last is not None for episode in judgement.episodes)
        still_open = "; still open" if closed < len(judgement.episodes) else ""
        lines.append(
            f"{count_words(len(judgement.episodes), 'breach', 'breaches')} on record, {closed} ended{still_open}."
        )
    lines += [reading_words(reading) for reading in judgement.other_readings]
    return (*lines, *judgement.notes)


def _summary(judgements: Sequence[Judgement], as_of: date) -> tuple[str, ...]:
    if not judgements:
        return ("No commitment is on record at this date.",)
    counts: dict[str, int] = {}
    for state in State:
        number = sum(judgement.state is state for judgement in judgements)
        if number:
            counts[state.value] = number
    listed = ", ".join(f"{number} {state}" for state, number in counts.items())
    lines = [f"{count_words(len(judgements), 'commitment')}: {listed}."]
    silent = sum(judgement.standing is Standing.NO_INFORMATION for judgement in judgements)
    if silent:
        lines.append(f"On {silent} there is no information, which is not evidence of inaction.")
    at_risk = sum(judgement.outlook is Outlook.AT_RISK for judgement in judgements)
    if at_risk:
        lines.append(f"{at_risk} at risk.")
    ahead = [(left, j) for j in judgements if _is_due_next(j, as_of) and (left := days_to_due(j, as_of)) is not None]
    if ahead:
        left, nearest = min(ahead, key=lambda pair: (pair[0], pair[1].id))
        lines.append(f"Next deadline: {nearest.id}, {days_words(left)} from this date.")
    return tuple(lines)


def _because(judgement: Judgement) -> str:
    return judgement.reasons[-1].text if judgement.reasons else ""


def _said_of(judgement: Judgement, as_of: date) -> tuple[object, ...]:
    """What a brief says of a commitment beside its evidence. Debtors of whom the same is said share an entry."""
    return (judgement.provision, _line(judgement, as_of), _because(judgement), judgement.share, judgement.disputed)


def _line(judgement: Judgement, as_of: date) -> str:
    return f"{state_words(judgement)}; {standing_words(judgement)}; due: {due_words(judgement, as_of)}"


def _entry(
    same: Sequence[Judgement], titles: dict[str, str], names: dict[str, str], numbered: _Notes, as_of: date
) -> Entry:
    first, chosen = same[0], _chosen(same)
    succeeded = [
        f"{names.get(j.debtor, j.debtor)} succeeded {names.get(j.predecessor, j.predecessor)}, which undertook it."
        for j in same
        if j.predecessor
    ]
    notes = tuple(numbered.of(evidence) for evidence in chosen[:_SHOWN])
    return Entry(
        judgements=tuple(same),
        title=titles.get(first.provision) or first.provision,
        debtors=tuple(names.get(judgement.debtor, judgement.debtor) for judgement in same),
        line=_line(first, as_of),
        because=_because(first),
        proof=notes[0] if notes and chosen[0].accepted else None,
        details=tuple(dict.fromkeys([*succeeded, *(line for j in same for line in _details(j)), *counted_words(same)])),
        notes=notes,
        unquoted=max(0, len(chosen) - _SHOWN),
    )


def _title(provision: Provision) -> str:
    """The words of a provision; of one without words (a draft's), what is to be done."""
    if provision.text:
        return provision.text
    done = " ".join(part for part in (provision.action.value, provision.object) if part)
    owed = f"not to {done}" if provision.polarity is Polarity.NEGATIVE else done
    where = f" ({provision.place})" if provision.place and provision.place not in owed else ""
    return f"{owed[0].upper()}{owed[1:]}{where}."


def compose_brief(
    accord: Accord, judgements: Sequence[Judgement], *, as_of: date, known_by: date, documents: int
) -> Brief:
    """Sort the judgements under headings and number their sources."""
    numbered = _Notes()
    titles = {provision.id: _title(provision) for provision in accord.provisions}
    names = {party.id: party.name for party in accord.parties}
    groups: dict[str, list[Judgement]] = {title: [] for title, _ in _sections(as_of)}
    for judgement in judgements:
        groups[next(title for title, fits in _sections(as_of) if fits(judgement))].append(judgement)
    sections = []
    for title, members in groups.items():
        members.sort(key=lambda j: days.last.toordinal() if (days := days_of(j.due)) else 10**9)
        alike: dict[tuple[object, ...], list[Judgement]] = {}
        for judgement in members:
            alike.setdefault(_said_of(judgement, as_of), []).append(judgement)
        entries = tuple(_entry(same, titles, names, numbered, as_of) for same in alike.values())
        if entries:
            sections.append(Section(title, entries))
    return Brief(
        title=accord.title,
        as_of=as_of,
        known_by=known_by,
        summary=_summary(judgements, as_of),
        sections=tuple(sections),
        notes=numbered.all(),
        documents=documents,
    )
