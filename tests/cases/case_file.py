"""A case as people write it: an accord, claims, decisions, and what must be answered at several pairs of dates."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from servanda.accords import parse
from servanda.core.accord import Accord
from servanda.core.claims import Claim, ClaimRecord, Review
from servanda.core.dates import parse_when
from servanda.core.documents import Document
from servanda.core.vocabulary import Act, Action, Certainty, Part, Polarity, WhenKind

CLAIM_KEYS = frozenset(
    [
        "id",
        "published",
        "publisher",
        "doc",
        "act",
        "action",
        "polarity",
        "actors",
        "source",
        "when",
        "when_kind",
        "quantity",
        "place",
        "certainty",
        "object",
        "part",
        "quote",
        "commitment",
        "stance",
        "reliability",
        "credibility",
    ]
)
EXPECT_KEYS = frozenset(
    [
        "commitment",
        "as_of",
        "known_by",
        "listed",
        "state",
        "outlook",
        "standing",
        "bound",
        "due",
        "predecessor",
        "share",
        "other_due",
        "episodes",
        "disputed",
        "figures",
        "stances",
        "notes_name",
        "notes_lack",
        "not_yet",
    ]
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case file."""

    name: str
    title: str
    teaches: str
    sources: tuple[str, ...]
    accord: Accord
    records: tuple[ClaimRecord, ...]
    reviews: tuple[Review, ...]
    links: frozenset[tuple[str, str, str]]
    """Claim, commitment and stance of every link that an analyst would make, background apart."""
    expect: tuple[dict[str, Any], ...]


def load_case(path: Path) -> Case:
    """Read a case; a key that no case has is an error, so that no expectation is skipped by a misspelling."""
    written = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    unknown = set(written) - {"case", "teaches", "sources", "accord", "claims", "reviews", "links", "expect"}
    assert not unknown, f"{path.name}: unknown keys {sorted(unknown)}"
    accord, problems = parse(written["accord"], path.name)
    errors = [str(problem) for problem in problems if problem.error]
    assert accord is not None, errors
    assert not errors, errors
    for row in written["expect"]:
        assert set(row) <= EXPECT_KEYS, f"{path.name}: unknown keys {sorted(set(row) - EXPECT_KEYS)}"
    return Case(
        name=path.stem,
        title=written["case"],
        teaches=written["teaches"],
        sources=tuple(written["sources"]),
        accord=accord,
        records=tuple(_record(row, path.name) for row in written["claims"]),
        reviews=tuple(_review(row) for row in written.get("reviews", ())),
        links=frozenset(
            (claim, commitment, stance)
            for claim, bears_on in written.get("links", {}).items()
            for commitment, stance in bears_on.items()
        ),
        expect=tuple(written["expect"]),
    )


def _record(row: dict[str, Any], file: str) -> ClaimRecord:
    assert set(row) <= CLAIM_KEYS, f"{file}: unknown keys {sorted(set(row) - CLAIM_KEYS)}"
    publisher, published = row["publisher"], row["published"]
    doc = row.get("doc") or f"{re.sub(r'[^a-z0-9]+', '-', publisher.lower())}-{published}"
    claim = Claim(
        doc=doc,
        act=Act(row["act"]),
        action=Action(row["action"]),
        polarity=Polarity(row.get("polarity", "positive")),
        quote=row["quote"],
        end=len(row["quote"]),
        sentence=(0, len(row["quote"])),
        actors=tuple(row.get("actors", ())),
        source=row.get("source"),
        when=parse_when(str(row["when"])) if row.get("when") else None,
        when_kind=WhenKind(row["when_kind"]) if row.get("when_kind") else None,
        quantity=row.get("quantity"),
        place=row.get("place"),
        certainty=Certainty(row.get("certainty", "certain")),
        object=row.get("object"),
        part=Part(row.get("part", "body")),
    )
    document = Document(
        id=doc,
        sha256=hashlib.sha256(doc.encode()).hexdigest(),
        published=published,
        publisher=publisher,
        reliability=row.get("reliability"),
        recorded=_at_noon(published),
    )
    return ClaimRecord(
        id=row["id"],
        claim=claim,
        document=document,
        recorded=_at_noon(published),
        commitment=row.get("commitment"),
        stance=row.get("stance"),
        credibility=row.get("credibility"),
    )


def _review(row: dict[str, Any]) -> Review:
    return Review(
        claim=row["claim"],
        decision=row["decision"],
        by=row["by"],
        note=row["note"],
        recorded=_at_noon(row["recorded"]),
        commitment=row.get("commitment"),
        stance=row.get("stance"),
    )


def _at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
