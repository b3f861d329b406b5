"""Review: the queue of doubtful links, decided by keyboard, by several analysts at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from servanda.core.claims import Review
from servanda.web.accounts import Role, Task
from servanda.web.guard import allow
from servanda.web.rendering import render
from servanda.web.view import today, view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

router = APIRouter()

SHOWN = 40
"""How many doubtful links a page shows."""
DECISIONS = ("accept", "reject", "relink", "undo")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two analysts decided alike: of how many claims that both decided, and Cohen's kappa."""

    one: str
    other: str
    both: int
    alike: int
    kappa: float | None
    """`None` where it is not defined: one of them always decided the same."""


def agreements(reviews: Sequence[Review]) -> list[Agreement]:
    """Agreement of each pair of analysts over the claims that both decided; the last decision of each counts.

    Cohen, J. (1960), A coefficient of agreement for nominal scales.
    """
    last: defaultdict[str, dict[tuple[str, str | None], str]] = defaultdict(dict)
    for review in reviews:
        key = (review.claim, review.commitment)
        if review.decision == "undo":
            last[review.by].pop(key, None)
        else:
            last[review.by][key] = review.decision
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
        sum(a == decision for a, _ in pairs) * sum(b == decision for _, b in pairs) / total**2 for decision in DECISIONS
    )
    return None if chance == 1 else (observed - chance) / (1 - chance)


def _last_decision(request: Request, claim: str) -> Review | None:
    """The last decision on a claim."""
    kept = [item.review for item in request.app.state.dossier.decisions() if item.claim == claim]
    return kept[-1] if kept else None


def _stale(decision: str, last: Review | None) -> str:
    """What somebody is told whose page was older than the last decision."""
    if last is None:
        return f"your decision ({decision}) was not kept, since this page does not know the claim's decisions"
    when = last.recorded.strftime("%Y-%m-%d %H:%M UTC")
    commitment = f" for {last.commitment}" if last.commitment else ""
    return (
        f"{last.by} decided this claim on {when}: {last.decision}{commitment}. Your decision ({decision}) was not kept,"
        " so that nothing is overwritten unseen; look at theirs in the review, and decide anew if you disagree"
    )


@router.get("/review", response_class=HTMLResponse)
def queue(request: Request) -> HTMLResponse:
    """What waits, in the order in which it matters to a judgement; and who decided what."""
    view = view_of(request)
    dossier = request.app.state.dossier
    snapshot = request.app.state.snapshots.at(view)
    doubts = snapshot.doubts
    kept = dossier.decisions()
    last = {item.claim: item.review.id for item in kept if item.claim}
    return render(
        request,
        "review.html",
        {
            "view": view,
            "doubts": doubts[:SHOWN],
            "waiting": len(doubts),
            "now": today(),
            "last": last,
            "decided": list(reversed(kept))[:SHOWN],
            "agreements": agreements([item.review for item in kept]),
            "commitments": [judgement.id for judgement in snapshot.judgements],
        },
    )


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
        last = _last_decision(request, claim)
        if (last.id if last else "") != fields.get("seen", ""):
            raise HTTPException(409, _stale(decision, last))
        review = Review(
            claim=claim,
            decision=decision,
            by=by,
            note=fields.get("note", "")[:2000],
            recorded=datetime.now(UTC),
            commitment=fields.get("to") or fields.get("commitment") or None,
        )
        with request.app.state.accounts.doing(by, Task.REVIEW, f"{decision} of {claim}"):
            kept = request.app.state.dossier.decide(review)
    request.app.state.accounts.note(by, f"review: {decision}", f"{claim} {kept.commitment or ''}".strip())
    return RedirectResponse(view.url("/review", done=kept.id), status_code=303)
