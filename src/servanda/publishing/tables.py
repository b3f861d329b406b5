"""Claims and status as CSV and JSON, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from servanda.publishing.status import judgement_json
from servanda.publishing.wording import quote_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from servanda.core.claims import ClaimRecord
    from servanda.core.judgement import Judgement

CLAIM_COLUMNS = (
    "id",
    "doc",
    "published",
    "publisher",
    "quote",
    "start",
    "end",
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
)
STATUS_COLUMNS = (
    "id",
    "instrument",
    "provision",
    "debtor",
    "predecessor",
    "bound",
    "kind",
    "state",
    "outlook",
    "standing",
    "disputed",
    "stale_since",
    "due",
    "share",
    "reason",
    "evidence",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claim_rows(records: Iterable[ClaimRecord]) -> list[dict[str, Any]]:
    """Claims as flat rows, each with its document's date and publisher."""
    rows = []
    for record in records:
        fields = record.claim.fields()
        fields |= {
            "id": record.id,
            "doc": record.document.id,
            "published": record.document.published.isoformat(),
            "publisher": record.document.publisher,
            "start": record.claim.start,
            "end": record.claim.end,
        }
        rows.append({column: fields[column] for column in CLAIM_COLUMNS})
    return rows


def status_rows(judgements: Sequence[Judgement]) -> list[dict[str, Any]]:
    """Judgements as flat rows; evidence is cut to the quotes that were accepted."""
    rows = []
    for judgement in judgements:
        whole = judgement_json(judgement)
        rows.append(
            {column: whole[column] for column in STATUS_COLUMNS if column in whole}
            | {
                "disputed": bool(judgement.disputed),
                "reason": judgement.reasons[-1].text if judgement.reasons else None,
                "evidence": [quote_of(evidence) for evidence in judgement.evidence if evidence.accepted],
            }
        )
    return rows


KROC_COLUMNS = ("id", "as_of", "score", "basis")


def kroc_rows(scores: Sequence[tuple[Judgement, int | None]], as_of: date) -> list[dict[str, Any]]:
    """Scores on the Kroc institute's scale, each saying that it was derived from a judgement and not coded by hand."""
    return [
        {
            "id": judgement.id,
            "as_of": as_of.isoformat(),
            "score": score,
            "basis": f"derived by Servanda from: {judgement.state}, {judgement.standing}; not coded by hand",
        }
        for judgement, score in scores
    ]


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; lists are joined by ` | `."""
    if isinstance(value, list):
        value = " | ".join(str(part) for part in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def as_csv(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> str:
    """Rows as CSV (RFC 4180) with a header line."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(columns))
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _cell(row[column]) for column in columns})
    return out.getvalue()


def as_json(value: Any) -> str:
    """Any of the published shapes as indented JSON, in the letters of its language."""
    return json.dumps(value, ensure_ascii=False, indent=2)
