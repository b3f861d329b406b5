"""Documents and claims to put into ledgers: invented, short, and built from plain words."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from servanda.core.claims import Claim, ClaimRow
from servanda.core.documents import Document, NewDocument
from servanda.core.problems import Location
from servanda.core.vocabulary import Act, Action, Polarity

NOON = datetime(2021, 7, 1, 12, 0, tzinfo=UTC)
TEXT = "Arland began to withdraw its troops on Monday. Borland refused to withdraw. Elections were held in Cerville."


def document(
    text: str = TEXT, name: str = "report", published: date = date(2021, 1, 29), **known: object
) -> NewDocument:
    raw = text.encode("utf-8")
    return NewDocument(
        Document(name, hashlib.sha256(raw).hexdigest(), published, **known),  # type: ignore[arg-type]
        text,
        raw,
        "text/plain",
        "given",
    )


def claim(quote: str, text: str = TEXT, doc: str = "report", **fields: object) -> Claim:
    start = text.index(quote)
    before = text.rfind(".", 0, start) + 1
    sentence = (before, text.find(".", start) + 1)
    base: dict[str, object] = {"act": Act.REPORT, "action": Action.WITHDRAW, "polarity": Polarity.POSITIVE}
    return Claim(doc=doc, quote=quote, start=start, end=start + len(quote), sentence=sentence, **(base | fields))  # type: ignore[arg-type]


def row(words: str, published: date = date(2021, 1, 29), report: str = "table", **fields: object) -> ClaimRow:
    heading = Document(report, hashlib.sha256(f"{report} {published}".encode()).hexdigest(), published)
    given = {name: fields.pop(name) for name in ("recorded", "commitment", "stance", "credibility") if name in fields}
    base: dict[str, object] = {"act": Act.REPORT, "action": Action.ATTACK, "polarity": Polarity.POSITIVE, "quote": None}
    return ClaimRow(Claim(doc=report, **(base | fields)), heading, words, Location("table.jsonl", 1), **given)  # type: ignore[arg-type]
