"""Claims: one thing that a document says about one action, with the stretch of text that says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servanda.core.dates import iso_when
from servanda.core.vocabulary import Act, Action, Certainty, Part, Polarity, WhenKind

if TYPE_CHECKING:
    from datetime import datetime

    from servanda.core.dates import When
    from servanda.core.documents import Document
    from servanda.core.problems import Location


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the annotation guidelines. Offsets count code points in the document's text, end exclusive."""

    doc: str
    act: Act
    action: Action
    polarity: Polarity
    quote: str | None
    """Verbatim; `None` where the claim came without a text, as a row of somebody's table."""
    start: int = 0
    end: int = 0
    sentence: tuple[int, int] = (0, 0)
    actors: tuple[str, ...] = ()
    source: str | None = None
    """Whom the text attributes the claim to; `None` where the outlet itself says it."""
    when: When | None = None
    when_kind: WhenKind | None = None
    quantity: float | None = None
    place: str | None = None
    certainty: Certainty = Certainty.CERTAIN
    object: str | None = None
    """What is withdrawn, closed, extended…, as the text names it; for linking."""
    part: Part = Part.BODY

    def fields(self) -> dict[str, Any]:
        """The fields of the annotation guidelines, with their names, as plain data; what is unknown is `None`."""
        quantity = self.quantity
        return {
            "doc": self.doc,
            "quote": self.quote,
            "act": self.act.value,
            "action": self.action.value,
            "polarity": self.polarity.value,
            "actors": list(self.actors),
            "source": self.source,
            "when": iso_when(self.when) if self.when is not None else None,
            "when_kind": self.when_kind.value if self.when_kind else None,
            "quantity": int(quantity) if quantity is not None and quantity.is_integer() else quantity,
            "place": self.place,
            "certainty": self.certainty.value,
        }

    @property
    def identity(self) -> tuple[str, int, int, str, str, str, tuple[str, ...], float | None]:
        """What makes it the same claim on re-reading: document, sentence, act, action, polarity, actors, quantity."""
        return (self.doc, *self.sentence, self.act, self.action, self.polarity, self.actors, self.quantity)


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim as the ledger keeps it, beside the document that makes it."""

    id: str
    claim: Claim
    document: Document
    recorded: datetime
    commitment: str | None = None
    """`provision/debtor`, where whoever handed the claim in said so; this skips linking."""
    stance: str | None = None
    """A `Stance`, given with `commitment`."""
    credibility: str | None = None
    """1 to 6, where whoever handed the claim in graded it."""
    row: str | None = None
    """The row itself, as it was handed in, of a claim without a quote."""
    by: str | None = None
    """The person who entered the claim, or corrected it last; `None` where it is as a reader or a table gave it."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim handed in as a row of a table, on its way into the ledger. The row itself is its evidence."""

    claim: Claim
    document: Document
    """The report that the row belongs to. It has no text; its `sha256` is that of what the row says about it."""
    row: str
    """The row as it was handed in; of a CSV file as a JSON object, so that its columns keep their names."""
    at: Location
    recorded: datetime | None = None
    commitment: str | None = None
    stance: str | None = None
    credibility: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """An analyst's decision about a claim's link. It overrides for good, until a later decision does."""

    claim: str
    decision: str
    """`accept`, `reject`, `relink` or `undo`."""
    by: str
    note: str
    recorded: datetime
    quote: str | None = None
    """The text that the decision was made on; it anchors the decision when a better reader reads anew."""
    commitment: str | None = None
    stance: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A claim as a person reads it: one that no reader found, or one that they read otherwise.

    It counts from the day on which it is made, and a later one counts over it; what the readers found is kept.
    """

    document: str
    claim: Claim | None
    """`None` takes back the last annotation that stands: an entered claim goes, a corrected one is as it was before."""
    by: str
    note: str
    recorded: datetime
    corrects: str | None = None
    """The id of the claim that is corrected or taken back; `None` where the claim is a new one."""
    commitment: str | None = None
    """`provision/debtor`, where they say what it bears on; else the links are found as for any claim."""
    stance: str | None = None
    """A `Stance`, given with `commitment`."""
    id: str = ""
    """Given by the ledger. A claim that was entered bears the id of its first annotation."""
