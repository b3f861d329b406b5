"""Review: the queue of doubtful links, decided by keyboard, by several analysts at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from servanda.core.claims import Review
from servanda.web.accounts import Role, Task
from servanda.web.changing import Change, changes, last_changes, latest, refusal
from servanda.web.guard import allow
from servanda.web.rendering import render_kept
from servanda.web.view import today, view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.claims import ClaimRecord
    from servanda.web.snapshots import Snapshot
    from servanda.web.view import View

router = APIRouter()

SHOWN = 40
"""How many doubtful links a page shows."""
DECISIONS = ("accept", "reject", "relink", "undo")
_COMPARED = ("accept", "reject", "relink", "correct")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two analysts decided alike: of how many claims that both decided, and Cohen's kappa."""

    one: str
    other: str
    both: int
    alike: int
    kappa: float | None
    """`None` where it is not defined: one of them always decided the same."""


def agreements(decided: Sequence[Change]) -> list[Agreement]:
    """Agreement of each pair of analysts over the claims that both decided; the last decision of each counts.

    Accepting, rejecting, relinking and correcting are four decisions; what was entered anew is none.

    Cohen, J. (1960), A coefficient of agreement for nominal scales.
    """
    last: defaultdict[str, dict[tuple[str, str | None], str]] = defaultdict(dict)
    for change in decided:
        key = (change.claim or change.id, change.commitment if not change.annotation else None)
        if change.decision in ("undo", "take back"):
            last[change.by].pop(key, None)
        elif change.decision in _COMPARED:
            last[change.by][key] = change.decision
    names = sorted(last)
    found = []
    for n, one in enumerate(names):
        for other in names[n + 1 :]:
            shared = last[one].keys() & last[other].keys()
            if shared:
                pairs = [(last[one][key], last[other][key]) for key in shared]
                alike = sum(a == b for a, b in pairs)
                found.append(Agreement(one, other, len(pairs), alike, _kappa(pairs)))
    return found


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    total = len(pairs)
    observed = sum(a == b for a, b in pairs) / total
    chance = sum(
        sum(a == decision for a, _ in pairs) * sum(b == decision for _, b in pairs) / total**2 for decision in _COMPARED
    )
    return None if chance == 1 else (observed - chance) / (1 - chance)


@router.get("/review", response_class=HTMLResponse)
def queue(request: Request) -> HTMLResponse:
    """What waits, in the order in which it matters to a judgement; and who decided what."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    return render_kept(request, snapshot, "review.html", lambda: _context(request, view, snapshot), today())


def _context(request: Request, view: View, snapshot: Snapshot) -> dict[str, Any]:
    decided, doubts = changes(request), snapshot.doubts(SHOWN)
    return {
        "view": view,
        "doubts": doubts,
        "around": _around(request, [doubt.evidence.record for doubt in doubts]),
        "waiting": snapshot.sitting.waiting,
        "now": today(),
        "last": latest(decided),
        "decided": decided[: -SHOWN - 1 : -1],
        "all_decided": len(decided),
        "agreements": agreements(decided),
    }


def _around(request: Request, records: Sequence[ClaimRecord]) -> dict[str, tuple[str, str]]:
    """For each claim, what its sentence says before and after the quote: a word alone can hardly be judged."""
    found: dict[str, tuple[str, str]] = {}
    texts: dict[str, str | None] = {}
    with request.app.state.dossier.ledger(create=True) as ledger:
        for record in records:
            claim = record.claim
            if claim.quote is None:
                continue
            if claim.doc not in texts:
                texts[claim.doc] = ledger.text(claim.doc)
            text = texts[claim.doc] or ""
            first, last = min(claim.sentence[0], claim.start), max(claim.sentence[1], claim.end)
            found[record.id] = (text[first : claim.start], text[claim.end : last])
    return found


@router.post("/review")
async def decide(request: Request) -> Response:
    """Keep one decision, unless somebody decided the same claim since the page was opened."""
    form = await request.form()
    account = allow(request, form, Role.ANALYST)
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    decision, claim = fields.get("decision", ""), fields.get("claim", "")
    if decision not in DECISIONS:
        raise HTTPException(400, f"{decision!r} is no decision; decide one of {', '.join(DECISIONS)}")
    return await run_in_threadpool(_decide, request, account.name, decision, claim, fields)


def _decide(request: Request, by: str, decision: str, claim: str, fields: dict[str, str]) -> Response:
    view = view_of(request)
    with request.app.state.deciding:
        last = last_changes(request).get(claim)
        if (last.id if last else "") != fields.get("seen", ""):
            raise HTTPException(409, refusal(decision, last))
        review = Review(
            claim=claim,
            decision=decision,
            by=by,
            note=fields.get("note", "")[:2000],
            recorded=datetime.now(UTC),
            commitment=fields.get("to") or fields.get("commitment") or None,
        )
        with request.app.state.accounts.doing(by, Task.REVIEW, f"{decision} of {claim}") as changed:
            kept = request.app.state.dossier.decide(review)
            changed.append((f"review: {decision}", f"{claim} {kept.commitment or ''}".strip()))
    return RedirectResponse(view.url("/review", done=kept.id), status_code=303)
