"""Claims and documents to rows of the ledger's tables and back, sharing what repeats."""

from __future__ import annotations

import json
from dataclasses import replace
from sys import intern
from typing import TYPE_CHECKING, Any

from servanda.core.claims import Claim, ClaimRecord, ClaimRow
from servanda.core.dates import DateRange, Duration, When, iso_when, parse_when
from servanda.core.documents import Document
from servanda.core.likeness import sketch_of
from servanda.core.vocabulary import Act, Action, Certainty, Part, Polarity, WhenKind
from servanda.core.wires import wire_of
from servanda.ledger.identity import plain
from servanda.ledger.sqlite import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

ACTS = {str(act): act for act in Act}
ACTIONS = {str(action): action for action in Action}
POLARITIES = {str(polarity): polarity for polarity in Polarity}
KINDS: dict[str | None, WhenKind | None] = {None: None} | {str(kind): kind for kind in WhenKind}
CERTAINTIES = {str(certainty): certainty for certainty in Certainty}
PARTS = {str(part): part for part in Part}


def claim_columns(claim: Claim, claim_id: str) -> dict[str, Any]:
    """The columns of `claims` for one claim, but for its reading."""
    return {
        "id": claim_id,
        "act": str(claim.act),
        "action": str(claim.action),
        "polarity": str(claim.polarity),
        "quote": claim.quote,
        "quote_start": claim.start,
        "quote_end": claim.end,
        "sentence_start": claim.sentence[0],
        "sentence_end": claim.sentence[1],
        "actors": json.dumps(claim.actors, ensure_ascii=False),
        "source": claim.source,
        "happens": None if claim.when is None else kept_when(claim.when),
        "happens_kind": None if claim.when_kind is None else str(claim.when_kind),
        "quantity": plain(claim.quantity),
        "place": claim.place,
        "certainty": str(claim.certainty),
        "object": claim.object,
        "part": str(claim.part),
    }


def kept_columns(row: ClaimRow, claim_id: str, reading: int) -> dict[str, Any]:
    """The columns of `claims` for a row of somebody's table."""
    return claim_columns(row.claim, claim_id) | {
        "reading": reading,
        "recorded": row.recorded,
        "commitment": row.commitment,
        "stance": row.stance,
        "credibility": row.credibility,
        "row": row.row,
    }


def story_columns(key: int, body: str) -> dict[str, Any]:
    """The columns of `stories` for a text without its heading."""
    return {"document": key, "sketch": sketch_of(body), "wire": wire_of(body)}


def kept_when(when: When) -> str:
    """A claim's `when` as text from which `when_kept` makes the very same value."""
    match when:
        case DateRange():
            return f"{when.first.isoformat()}/{when.last.isoformat()}"
        case Duration(business_days=business) if business:
            return f"{replace(when, business_days=0).iso}+{business}B"
        case _:
            return iso_when(when)


def when_kept(text: str) -> When:
    """The value that `kept_when` wrote."""
    span, _, business = text.partition("+")
    if business:
        return replace(Duration.parse(span), business_days=int(business.removesuffix("B")))
    return parse_when(text)


def claim_of(row: Row[Any], document: str) -> Claim:
    """The claim of one named row of `annotations`; many claims at once are for the `ClaimFactory`."""
    return Claim(
        doc=document,
        act=ACTS[row.act],
        action=ACTIONS[row.action],
        polarity=POLARITIES[row.polarity],
        quote=row.quote,
        start=row.quote_start,
        end=row.quote_end,
        sentence=(row.sentence_start, row.sentence_end),
        actors=tuple(json.loads(row.actors)),
        source=row.source,
        when=None if row.happens is None else when_kept(row.happens),
        when_kind=KINDS[row.happens_kind],
        quantity=row.quantity,
        place=row.place,
        certainty=CERTAINTIES[row.certainty],
        object=row.object,
        part=PARTS[row.part],
    )


def document_of(row: Row[Any]) -> Document:
    """The document of a row of `documents`, as it was entered."""
    return Document(
        id=row.id,
        sha256=row.sha256,
        published=row.published,
        publisher=row.publisher and intern(row.publisher),
        title=row.title,
        language=intern(row.language),
        address=row.address,
        reliability=row.reliability,
        recorded=row.recorded,
    )


class ClaimFactory:
    """Makes claim records from rows. Names, dates and tuples that many claims share are made once."""

    def __init__(self) -> None:
        """Start with nothing to share; drop the factory when the read is done."""
        self._actors: dict[str, tuple[str, ...]] = {"[]": ()}
        self._whens: dict[str | None, When | None] = {None: None}
        self._words: dict[str | None, str | None] = {None: None}

    def _shared_actors(self, text: str) -> tuple[str, ...]:
        actors = self._actors[text] = tuple(intern(str(name)) for name in json.loads(text))
        return actors

    def _shared_when(self, text: str) -> When:
        when = self._whens[text] = when_kept(text)
        return when

    def record(self, row: Sequence[Any], document: Document, recorded: datetime) -> ClaimRecord:
        """The record of one plain row: its reading, then the columns in the order of `CLAIM_COLUMNS`."""
        (
            _, claim_id, act, action, polarity, quote, start, end, sentence_start, sentence_end, actors, source,
            happens, happens_kind, quantity, place, certainty, object_, part,
            own_recorded, commitment, stance, credibility, own_row,
        ) = row  # fmt: skip
        share = self._words.setdefault
        claim = Claim(
            document.id,
            ACTS[act],
            ACTIONS[action],
            POLARITIES[polarity],
            quote,
            start,
            end,
            (sentence_start, sentence_end),
            self._actors.get(actors) or (() if actors == "[]" else self._shared_actors(actors)),
            share(source, source),
            self._whens.get(happens) or (None if happens is None else self._shared_when(happens)),
            KINDS[happens_kind],
            quantity,
            share(place, place),
            CERTAINTIES[certainty],
            share(object_, object_),
            PARTS[part],
        )
        return ClaimRecord(
            claim_id,
            claim,
            document,
            recorded if own_recorded is None else moment(own_recorded),
            share(commitment, commitment),
            share(stance, stance),
            share(credibility, credibility),
            own_row if quote is None else None,
        )


CLAIM_COLUMNS = (
    "id", "act", "action", "polarity", "quote", "quote_start", "quote_end", "sentence_start", "sentence_end", "actors",
    "source", "happens", "happens_kind", "quantity", "place", "certainty", "object", "part",
    "recorded", "commitment", "stance", "credibility", "row",
)  # fmt: skip
