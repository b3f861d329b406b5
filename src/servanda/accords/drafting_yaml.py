"""A proposal as the text of an accord file, with the quotes that it rests on as comments."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

from servanda.accords.consistency.naming import comparable
from servanda.accords.drafting import deadline_of, propose, written_deadline
from servanda.accords.drafting_parties import printable, slug
from servanda.core.vocabulary import InstrumentStatus, Kind, Polarity, WhenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servanda.accords.drafting import InstrumentDraft, Proposal, ProvisionDraft, Quoted
    from servanda.accords.drafting_parties import PartyDraft
    from servanda.core.claims import ClaimRecord

WIDTH = 118
_SAFE = re.compile(r"[^\W\d_][\w .()/-]*[\w.)]|[^\W\d_]")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def draft(title: str, records: Sequence[ClaimRecord]) -> str:
    """Propose an accord file from the commitments and stipulations that texts mention.

    Every proposal carries, as comments, the quotes that it rests on, with publisher and date. `parse` accepts the
    result; whether it is what was agreed is for its reader to say.
    """
    return "\n".join([*_lines(propose(title, records))]) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield "# A draft, proposed from what the texts below say. Check every line against the instruments themselves."
    yield f"accord: {scalar(proposal.title) if printable(proposal.title) else 'Untitled'}"
    owing = {id(party) for i in proposal.instruments for p in i.provisions for party in p.debtors.values()}
    owing |= {id(party) for instrument in proposal.instruments for party in instrument.parties.values()}
    parties = [party for party in proposal.parties.all if id(party) in owing]
    if parties:
        yield from ("", "parties:")
        yield from _party_lines(parties)
    ids = _Ids()
    readings: list[str] = []
    if proposal.instruments:
        yield from ("", "instruments:")
    for instrument in proposal.instruments:
        yield from _instrument_lines(instrument, ids, readings)
    if readings:
        yield from ("", "records:", *readings)
    if proposal.left_out:
        yield from ("", "# Not proposed:")
        for reason, quoted in proposal.left_out:
            yield from _comment(f"- {reason}: {_cited(quoted)}", "")


def _party_lines(parties: Iterable[PartyDraft]) -> Iterator[str]:
    claimed: set[str] = set()
    for party in parties:
        claimed.add(comparable(party.name))
    for party in parties:
        aliases = [alias for alias in party.aliases if comparable(alias) not in claimed]
        claimed.update(map(comparable, aliases))
        also = f", aliases: [{', '.join(map(scalar, aliases))}]" if aliases else ""
        yield f"  {scalar(party.id)}: {{name: {scalar(party.name)}{also}}}"


class _Ids:
    """Ids that are unique in the file."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def new(self, wish: str) -> str:
        number, candidate = 1, wish
        while candidate in self._used:
            number += 1
            candidate = f"{wish}-{number}"
        self._used.add(candidate)
        return candidate


def _instrument_lines(instrument: InstrumentDraft, ids: _Ids, readings: list[str]) -> Iterator[str]:
    yield f"  - id: {scalar(ids.new(slug(instrument.title)))}"
    yield f"    title: {scalar(instrument.title)}"
    yield f"    status: {instrument.status}"
    if instrument.status is InstrumentStatus.TENTATIVE:
        yield f"    announced: {instrument.published.isoformat()}    # when the text that mentions it was published"
    elif instrument.signed is not None:
        yield f"    signed: {instrument.signed}"
    else:
        yield f"    known: {instrument.published.isoformat()}        # the texts do not give the day of signature"
    if instrument.parties:
        yield f"    parties: [{', '.join(scalar(name) for name in instrument.parties)}]"
    if instrument.status is InstrumentStatus.ADOPTED:
        yield "    bound: endorsed    # said, not signed"
    if instrument.source:
        yield f"    source: {scalar(instrument.source)}"
    yield "    provisions:"
    for provision in instrument.provisions:
        yield from _provision_lines(provision, ids, readings)


def _provision_lines(provision: ProvisionDraft, ids: _Ids, readings: list[str]) -> Iterator[str]:
    name = ids.new(f"{provision.action}-{next(iter(provision.debtors))}")
    yield f"      - id: {scalar(name)}"
    for quoted in provision.quotes:
        yield from _comment(_cited(quoted), "        ")
    yield f"        debtors: [{', '.join(scalar(debtor) for debtor in provision.debtors)}]"
    yield f"        action: {provision.action}"
    if provision.polarity is Polarity.NEGATIVE:
        yield "        polarity: negative"
    if provision.kind is not Kind.ACHIEVE:
        yield f"        kind: {provision.kind}"
    if provision.object:
        yield f"        object: {scalar(provision.object)}"
    if provision.place:
        yield f"        place: {scalar(provision.place)}"
    if provision.quantity is not None:
        value = f"{provision.quantity:.12g}"
        share = 0 < provision.quantity < 1
        yield f"        quantity: {f'{{value: {value}, unit: share}}' if share else value}"
    if (deadline := deadline_of(provision)) is not None:
        yield f"        deadline: {deadline}"
        readings.extend(_other_readings(provision, name))


def _other_readings(provision: ProvisionDraft, name: str) -> Iterator[str]:
    for when, quoted in provision.other_whens:
        if (deadline := written_deadline(when, WhenKind.BY, quoted.published)) is None:
            continue
        yield "  - kind: interpretation      # the same span, read differently"
        yield f"    provision: {scalar(name)}"
        yield f"    on: {quoted.published.isoformat()}"
        yield f"    source: {scalar(quoted.publisher or quoted.document)}"
        yield f"    quote: {scalar(quoted.quote)}"
        yield f"    deadline: {deadline}"


def _cited(quoted: Quoted) -> str:
    return f"“{quoted.quote}” ({quoted.publisher or quoted.document}, {quoted.published.isoformat()})"


def _comment(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        printable(text), WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ", break_on_hyphens=False
    )


def scalar(text: str) -> str:
    """The text as one YAML value, quoted where it has to be."""
    flat = printable(text)
    if _SAFE.fullmatch(flat) and flat.casefold() not in _RESERVED:
        return flat
    return json.dumps(flat, ensure_ascii=False)
