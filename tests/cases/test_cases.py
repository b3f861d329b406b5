"""The cases: real processes, and what must be said of them at several pairs of dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from servanda.core.vocabulary import Stance
from servanda.judging import judge
from servanda.judging.linking import CLEAR
from tests.cases.case_file import Case, load_case

if TYPE_CHECKING:
    from servanda.core.judgement import Judgement

FOLDER = Path(__file__).parent
LATER = date(2030, 1, 1)
CASES = tuple(load_case(path) for path in sorted(FOLDER.glob("*.yaml")))
ROWS = [
    pytest.param(
        case,
        row,
        id=f"{case.name}:{row['commitment']}:{row['as_of']}:{row.get('known_by', 'later')}",
        marks=[pytest.mark.xfail(strict=True, reason=row["not_yet"])] if "not_yet" in row else [],
    )
    for case in CASES
    for row in case.expect
]


@pytest.mark.parametrize(("case", "row"), ROWS)
def test_case(case: Case, row: dict[str, Any]) -> None:
    as_of, known_by = row["as_of"], row.get("known_by", LATER)
    judged = {
        judgement.id: judgement
        for judgement in judge(case.accord, case.records, case.reviews, as_of=as_of, known_by=known_by)
    }
    found = judged.get(row["commitment"])
    if row.get("listed") is False:
        assert found is None
        return
    assert found is not None, f"listed are {sorted(judged)}"
    wanted = {
        key: _plain(row[key]) for key in row if key not in ("commitment", "as_of", "known_by", "listed", "not_yet")
    }
    assert {key: _seen(key, wanted[key], found) for key in wanted} == wanted, [reason.text for reason in found.reasons]


def _seen(key: str, wanted: Any, found: Judgement) -> Any:
    """What the judgement says of one thing that is expected, in the words of the case file."""
    match key:
        case "state" | "standing" | "bound":
            return getattr(found, key).value
        case "outlook":
            return found.outlook.value if found.outlook else None
        case "due":
            return str(found.due) if found.due else None
        case "share":
            close = found.share is not None and wanted is not None and abs(found.share - wanted) < 0.001
            return wanted if close else found.share
        case "other_due":
            return [str(other.due) for other in found.other_readings]
        case "episodes":
            return len(found.episodes)
        case "disputed":
            return found.disputed is not None
        case "figures":
            return sorted((figure.value for figure in found.disputed.figures), reverse=True) if found.disputed else []
        case "stances":
            stances = {item.record.id: item.stance.value for item in found.evidence}
            return {claim: stances.get(claim) for claim in wanted}
        case "notes_name":
            return wanted if wanted in " ".join(found.notes).lower() else list(found.notes)
        case "notes_lack":
            return wanted if wanted not in " ".join(found.notes).lower() else list(found.notes)
        case _:
            return getattr(found, key)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, list) else value


def test_every_case_names_what_it_teaches_and_its_sources() -> None:
    for case in CASES:
        assert case.teaches.strip(), case.name
        assert case.sources, case.name
        assert case.expect, case.name


PRECISION, RECALL = 0.96, 1.0
"""What links have reached on these cases; the floors only go up."""


def test_links_are_as_an_analyst_would_make_them() -> None:
    wanted = {(case.name, *link) for case in CASES for link in case.links}
    made = {(case.name, *link) for case in CASES for link in _links_made(case)}
    precision, recall = len(made & wanted) / len(made), len(made & wanted) / len(wanted)
    print(f"{len(wanted)} links wanted, {len(made)} made: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= PRECISION, sorted(made - wanted)
    assert recall >= RECALL, sorted(wanted - made)


def _links_made(case: Case) -> set[tuple[str, str, str]]:
    """Clear links with a stance, of claims whose commitment nobody named, before any analyst's decision."""
    open_claims = {record.id for record in case.records if record.commitment is None}
    last = max([row["as_of"] for row in case.expect] + [record.document.published for record in case.records])
    return {
        (item.record.id, judgement.id, item.stance.value)
        for judgement in judge(case.accord, case.records, as_of=last, known_by=LATER)
        for item in judgement.evidence
        if item.record.id in open_claims and item.link.score >= CLEAR and item.stance is not Stance.BACKGROUND
    }
