"""A claim as an analyst fills it in: from the form to a claim, and from a claim back to the form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servanda.core.claims import Claim
from servanda.core.dates import iso_when, parse_when
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Act, Action, Certainty, Polarity, Stance, WhenKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from servanda.core.claims import ClaimRecord

FIELDS = (
    "quote", "start", "act", "action", "polarity", "certainty", "actors", "source", "when", "when_kind", "quantity",
    "place", "object", "commitment", "stance", "note",
)  # fmt: skip
LONGEST = 4_000
"""Characters of one field."""
CHOICES: dict[str, tuple[str, ...]] = {
    "act": tuple(Act),
    "action": tuple(Action),
    "polarity": tuple(Polarity),
    "certainty": tuple(Certainty),
    "when_kind": tuple(WhenKind),
    "stance": tuple(Stance),
}
_SENTENCE_END = re.compile(r"(?<=[.!?\u2026])[\"'\u201d\u2019)\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form, as it was typed."""

    fields: Mapping[str, str]

    @classmethod
    def sent(cls, form: Mapping[str, object]) -> Filled:
        """What was sent; a field that is missing is empty.

        Raises:
            ServandaError: a field is longer than anybody types.
        """
        fields = {}
        for name in FIELDS:
            value = form.get(name)
            fields[name] = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
            if len(fields[name]) > LONGEST:
                raise ServandaError(f"{name} has {len(fields[name]):,} characters", f"give {LONGEST:,} at most")
        return cls(fields)

    @classmethod
    def of(cls, record: ClaimRecord) -> Filled:
        """A claim as it stands, to be corrected."""
        claim = record.claim
        number = claim.quantity
        return cls(
            {
                "quote": claim.quote or "",
                "start": str(claim.start),
                "act": claim.act.value,
                "action": claim.action.value,
                "polarity": claim.polarity.value,
                "certainty": claim.certainty.value,
                "actors": "; ".join(claim.actors),
                "source": claim.source or "",
                "when": iso_when(claim.when) if claim.when is not None else "",
                "when_kind": claim.when_kind.value if claim.when_kind else "",
                "quantity": "" if number is None else f"{number:.12g}",
                "place": claim.place or "",
                "object": claim.object or "",
                "commitment": "",
                "stance": "",
                "note": "",
            }
        )

    @classmethod
    def empty(cls) -> Filled:
        """An empty form, with what most claims are."""
        return cls(
            dict.fromkeys(FIELDS, "")
            | {"act": Act.REPORT.value, "polarity": Polarity.POSITIVE.value, "certainty": Certainty.CERTAIN.value}
        )

    def claim(self, document: str, text: str | None, before: Claim | None = None) -> Claim:
        """The claim that the form describes.

        Args:
            document: the document's id.
            text: its text; `None` where it is known by rows of a table only.
            before: the claim that is corrected.

        Raises:
            ServandaError: a field cannot be what it says, or the quote does not stand in the text.
        """
        quote, start, sentence = self._quoted(text, before)
        when, kind = self.fields["when"], self.fields["when_kind"]
        try:
            parsed = parse_when(when) if when else None
        except ValueError as error:
            raise ServandaError(
                f"when: {error}",
                "write a date such as 2021-01-29, 2021-01 or 2021, a span 2021-01-01/2021-01-31, or P90D",
            ) from None
        made = Claim(
            doc=document,
            act=Act(self._chosen("act", Act)),
            action=Action(self._chosen("action", Action)),
            polarity=Polarity(self._chosen("polarity", Polarity)),
            quote=quote,
            start=start,
            end=start + len(quote or ""),
            sentence=sentence,
            actors=tuple(name for part in self.fields["actors"].split(";") if (name := part.strip())),
            source=self.fields["source"] or None,
            when=parsed,
            when_kind=WhenKind(self._chosen("when_kind", WhenKind)) if kind else None,
            quantity=self._quantity(),
            place=self.fields["place"] or None,
            certainty=Certainty(self._chosen("certainty", Certainty)),
            object=self.fields["object"] or None,
        )
        return replace(made, part=before.part) if before is not None else made

    @property
    def tie(self) -> tuple[str | None, str | None]:
        """The commitment that it bears on and its stance, where the analyst says so.

        Raises:
            ServandaError: a stance without a commitment, or one that there is not.
        """
        commitment, stance = self.fields["commitment"] or None, self.fields["stance"] or None
        if stance is not None:
            self._chosen("stance", Stance)
            if commitment is None:
                raise ServandaError("a stance is taken towards a commitment", "choose the commitment as well")
        return commitment, stance

    def _chosen(self, name: str, words: type[StrEnum]) -> str:
        value = self.fields[name]
        if value not in {str(word) for word in words}:
            said = f"{value!r} is no {name}" if value else f"the {name} is missing"
            raise ServandaError(said.replace("_", " "), f"choose one of {', '.join(words)}")
        return value

    def _quantity(self) -> float | None:
        typed = self.fields["quantity"].replace(",", "").replace("\u202f", "").replace(" ", "")
        if not typed:
            return None
        try:
            number = float(typed.removesuffix("%")) / (100 if typed.endswith("%") else 1)
        except ValueError:
            number = float("nan")
        if not abs(number) < 1e15:
            raise ServandaError(f"{self.fields['quantity']!r} is no quantity", "write a number such as 300 or 45%")
        return number

    def _quoted(self, text: str | None, before: Claim | None) -> tuple[str | None, int, tuple[int, int]]:
        """The quote, where it starts, and its sentence."""
        quote = self.fields["quote"]
        if text is None or (before is not None and before.quote is None):
            return None, 0, (0, 0)
        if before is not None and quote == before.quote:
            return quote, before.start, before.sentence
        if not quote:
            raise ServandaError("no words are quoted", "select the words in the text that make the claim")
        start = place_of(quote, text, self.fields["start"])
        return quote, start, sentence_around(text, start, start + len(quote))


def place_of(quote: str, text: str, hint: str) -> int:
    """Where a quote stands in a text: at the place that the selection gave, else at the only one.

    Raises:
        ServandaError: it does not stand there, or several times and nothing says which is meant.
    """
    places = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]
    if not places:
        raise ServandaError(f"“{quote}” does not stand in the text", "quote the words exactly as they stand there")
    if hint.isascii() and hint.isdigit() and len(hint) < 9:
        near = min(places, key=lambda place: abs(place - int(hint)))
        if len(places) == 1 or abs(near - int(hint)) <= len(quote):
            return near
    if len(places) > 1:
        raise ServandaError(
            f"“{quote}” stands {len(places)} times in the text", "select it in the text, or quote more words around it"
        )
    return places[0]


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """From the end of the sentence before a stretch to the end of the one that it ends in."""
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    match = _SENTENCE_END.search(text, max(end - 1, 0))
    last = match.start() if match else len(text)
    return first, max(end, last)
