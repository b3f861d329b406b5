"""Rows that are claims already: the fields of the claim guidelines, and who says so, since when, how surely."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.core.claims import Claim, ClaimRow
from servanda.core.documents import Document
from servanda.core.vocabulary import Act, Action, Certainty, Part, Polarity, Stance, WhenKind

if TYPE_CHECKING:
    from datetime import date

    from servanda.intake.fields import Fields

FIELDS = (
    "doc", "quote", "act", "action", "polarity", "actors", "source", "when", "when_kind", "quantity", "place",
    "certainty", "object", "part", "published", "recorded", "publisher", "title", "address", "reliability",
    "credibility", "commitment", "stance",
)  # fmt: skip
"""What a row may say. Other columns are kept with the row and not understood."""

NEEDED = frozenset({"act", "action", "polarity"})


@dataclass(slots=True)
class Reports:
    """The reports that rows belong to: rows with the same publisher, date and name share one."""

    stem: str
    published: date | None
    """For rows that do not say it themselves."""
    publisher: str | None
    _known: dict[tuple[str | None, ...], Document] = field(default_factory=dict)

    def report(
        self,
        published: date,
        *,
        doc: str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        address: str | None = None,
        reliability: str | None = None,
    ) -> Document:
        """The report of a row. Its hash is that of what the row says about it, so that tables may overlap."""
        key = (doc, published.isoformat(), publisher or self.publisher, title, address, reliability)
        report = self._known.get(key)
        if report is None:
            report = self._known[key] = Document(
                id=doc or f"{self.stem}-{published.isoformat()}",
                sha256=hashlib.sha256(json.dumps(key).encode("ascii")).hexdigest(),
                published=published,
                publisher=publisher or self.publisher,
                title=title,
                address=address,
                reliability=reliability,
            )
        return report


def claim_of_row(fields: Fields, row: str, reports: Reports) -> ClaimRow | None:
    """One row as a claim; `None` where `fields` now holds what is wrong with it."""
    for name in sorted(NEEDED):
        if fields.given(name) is None:
            fields.fault(f"{name} is missing", f"give {', '.join(sorted(NEEDED))} in every row")
    act, action = fields.choice("act", Act), fields.choice("action", Action)
    polarity = fields.choice("polarity", Polarity)
    published = fields.day("published") or reports.published
    if published is None and fields.given("published") is None:
        fields.fault("nothing says when this was published", "give published as YYYY-MM-DD, or --date for all rows")
    commitment, stance = fields.text("commitment"), fields.choice("stance", Stance)
    if commitment is not None and not all(part.strip() for part in (*commitment.partition("/"),)):
        fields.fault(f"{commitment!r} is no commitment", "write provision/debtor")
    if stance is not None and commitment is None:
        fields.fault("a stance is given, and no commitment", "say which commitment it bears on, as provision/debtor")
    quote = fields.text("quote")
    doc = fields.text("doc")
    claim_fields = {
        "actors": fields.names("actors"),
        "source": fields.text("source"),
        "when": fields.when("when"),
        "when_kind": fields.choice("when_kind", WhenKind),
        "quantity": fields.number("quantity"),
        "place": fields.text("place"),
        "certainty": fields.choice("certainty", Certainty) or Certainty.CERTAIN,
        "object": fields.text("object"),
        "part": fields.choice("part", Part) or Part.BODY,
    }
    heading = {
        "publisher": fields.text("publisher"),
        "title": fields.text("title"),
        "address": fields.text("address"),
        "reliability": fields.letter("reliability", "ABCDEF", "give one letter from A to F"),
    }
    recorded = fields.moment("recorded")
    credibility = fields.letter("credibility", "123456", "give one digit from 1 to 6")
    if fields.problems or act is None or action is None or polarity is None or published is None:
        return None
    report = reports.report(published, doc=doc, **heading)
    claim = Claim(report.id, act, action, polarity, quote, **claim_fields)  # type: ignore[arg-type]
    return ClaimRow(claim, report, row, fields.at, recorded, commitment, stance, credibility)
