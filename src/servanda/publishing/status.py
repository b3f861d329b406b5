"""The status of every commitment as data: the shape that other tools rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servanda.core.dates import iso_when
from servanda.publishing.wording import counted_words, quote_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from servanda.core.judgement import Change, Evidence, HistoryEntry, Judgement, Summary


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence."""
    record = evidence.record
    return {
        "claim": record.id,
        "stance": evidence.stance,
        "quote": quote_of(evidence),
        "document": record.document.id,
        "published": record.document.published.isoformat(),
        "source": evidence.source,
        "grade": str(evidence.grade),
        "event": str(evidence.event) if evidence.event else None,
        "accepted": evidence.accepted,
        "why": evidence.why,
        "interest": evidence.interest,
        "origin": evidence.origin,
        "score": round(evidence.link.score, 3),
        "decided_by": evidence.link.decided_by,
    }


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """One commitment's judgement. What is unknown is `None`."""
    disputed: bool | dict[str, Any] = False
    if judgement.disputed:
        disputed = {
            "states": [state.value for state in judgement.disputed.states],
            "figures": [{"value": figure.value, "source": figure.source} for figure in judgement.disputed.figures],
        }
    return {
        "id": judgement.id,
        "instrument": judgement.instrument,
        "provision": judgement.provision,
        "debtor": judgement.debtor,
        "predecessor": judgement.predecessor,
        "bound": judgement.bound.value,
        "kind": judgement.kind.value,
        "state": judgement.state.value,
        "outlook": judgement.outlook.value if judgement.outlook else None,
        "standing": judgement.standing.value,
        "disputed": disputed,
        "stale_since": judgement.stale_since.isoformat() if judgement.stale_since else None,
        "due": iso_when(judgement.due) if judgement.due else None,
        "share": judgement.share,
        "evidence": [evidence_json(evidence) for evidence in judgement.evidence],
        "reasons": [
            {"rule": reason.rule, "text": reason.text, "evidence": list(reason.evidence)}
            for reason in judgement.reasons
        ],
        "episodes": [
            {"from": episode.first.isoformat(), "to": episode.last.isoformat() if episode.last else None}
            for episode in judgement.episodes
        ],
        "other_readings": [
            {
                "text": reading.text,
                "source": reading.source,
                "due": str(reading.due) if reading.due else None,
                "state": reading.state.value,
            }
            for reading in judgement.other_readings
        ],
        "notes": [*judgement.notes, *counted_words([judgement])],
        "would_change": list(judgement.would_change),
    }


def status_json(judgements: Sequence[Judgement], as_of: date, known_by: date) -> dict[str, Any]:
    """The whole status at a date, as known at a date."""
    return {
        "as_of": as_of.isoformat(),
        "known_by": known_by.isoformat(),
        "commitments": [judgement_json(judgement) for judgement in judgements],
    }


def status_lines(judgements: Iterable[Judgement], as_of: date, known_by: date) -> Iterator[str]:
    """The JSON text of `status_json`, one judgement at a time, so that no more than one need be in memory."""
    import orjson

    yield f'{{\n  "as_of": "{as_of.isoformat()}",\n  "known_by": "{known_by.isoformat()}",\n  "commitments": ['
    between = "\n    "
    for judgement in judgements:
        yield between + orjson.dumps(judgement_json(judgement), option=orjson.OPT_INDENT_2).decode().replace(
            "\n", "\n    "
        )
        between = ",\n    "
    yield "]\n}\n" if between == "\n    " else "\n  ]\n}\n"


def summaries_json(summaries: Sequence[Summary]) -> list[dict[str, Any]]:
    """Counts of states and standings, one object a party, instrument or provision."""
    return [
        {
            "id": summary.id,
            "commitments": list(summary.commitments),
            "states": {state.value: count for state, count in summary.states},
            "standings": {standing.value: count for standing, count in summary.standings},
            "disputed": summary.disputed,
            "at_risk": summary.at_risk,
            "late": summary.late,
            "episodes": summary.episodes,
            "kroc_derived": summary.kroc,
        }
        for summary in summaries
    ]


def history_json(entries: Sequence[HistoryEntry]) -> list[dict[str, Any]]:
    """A commitment's history, one object a stretch of time; `to` is `None` for the last."""
    return [
        {
            "from": entry.start.isoformat(),
            "to": entry.end.isoformat() if entry.end else None,
            "state": entry.state.value,
            "outlook": entry.outlook.value if entry.outlook else None,
            "standing": entry.standing.value,
            "rule": entry.rule,
            "evidence": list(entry.evidence),
        }
        for entry in entries
    ]


def changes_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """What changed between two dates; a side is `None` where the commitment was not listed then."""

    def side(judgement: Judgement | None) -> dict[str, Any] | None:
        if judgement is None:
            return None
        return {
            "state": judgement.state.value,
            "outlook": judgement.outlook.value if judgement.outlook else None,
            "standing": judgement.standing.value,
            "due": iso_when(judgement.due) if judgement.due else None,
        }

    return [
        {
            "commitment": change.commitment,
            "before": side(change.before),
            "after": side(change.after),
            "cause": change.cause,
        }
        for change in changes
    ]
