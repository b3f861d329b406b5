"""Claims by hand: an analyst enters one that no reader found, corrects one, or takes that back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from servanda.core.claims import Annotation
from servanda.core.problems import ServandaError
from servanda.web.accounts import Role, Task
from servanda.web.changing import last_changes, refusal
from servanda.web.claim_form import Filled
from servanda.web.guard import allow
from servanda.web.pages.documents import form_again
from servanda.web.view import today, view_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

router = APIRouter()


@router.post("/documents/{document_id}/claims")
async def enter(request: Request, document_id: str) -> Response:
    """Keep a claim that no reader found, as the analyst's own; or say in the form what is wrong with it."""
    form = await request.form(max_fields=40)
    account = allow(request, form, Role.ANALYST)
    return await run_in_threadpool(_keep, request, account.name, document_id, form, None)


@router.post("/documents/{document_id}/claims/{claim}")
async def correct(request: Request, document_id: str, claim: str) -> Response:
    """Keep a correction of a claim, or take the last one back, unless somebody changed it since the page was opened."""
    form = await request.form(max_fields=40)
    account = allow(request, form, Role.ANALYST)
    return await run_in_threadpool(_keep, request, account.name, document_id, form, claim)


def _keep(request: Request, by: str, document_id: str, form: FormData, claim: str | None) -> Response:
    state = request.app.state
    backwards = bool(form.get("take_back"))
    doing = "take back" if backwards else "correct" if claim else "enter"
    filled = Filled.sent(form)
    try:
        with state.deciding:
            if claim is not None:
                last = last_changes(request).get(claim)
                if (last.id if last else "") != form.get("seen", ""):
                    if backwards:
                        raise HTTPException(409, refusal(doing, last))
                    said = refusal(doing, last)
                    return form_again(request, document_id, filled, said, correct=claim, status=409)
            annotation = _annotation(request, by, document_id, filled, claim, backwards=backwards)
            of = f"{doing} {claim or filled.fields['quote'][:60]} in {document_id}"
            with state.accounts.doing(by, Task.CLAIM, of) as changed:
                kept = state.dossier.annotate(annotation)
                changed.append((f"claim: {doing}", f"{claim or kept.id} in {document_id}"))
    except ServandaError as error:
        if backwards:
            raise
        return form_again(request, document_id, filled, str(error), correct=claim, status=400)
    view = view_of(request)
    view = replace(view, known_by=max(view.known_by, today()))
    if form.get("back") == "review":
        return RedirectResponse(view.url("/review", done=kept.id), status_code=303)
    shown = claim or kept.id
    return RedirectResponse(f"{view.url(f'/documents/{document_id}', claim=shown)}#claim-{shown}", status_code=303)


def _annotation(
    request: Request, by: str, document_id: str, filled: Filled, claim: str | None, *, backwards: bool
) -> Annotation:
    """What the form says, as a record of its own.

    Raises:
        ServandaError: a field cannot be what it says, or there is no such document or claim.
    """
    dossier, now = request.app.state.dossier, datetime.now(UTC)
    if backwards:
        return Annotation(document_id, None, by, filled.fields["note"], now, corrects=claim)
    with dossier.ledger() as ledger:
        text = ledger.text(document_id)
    before = None
    if claim is not None:
        records = dossier.records(documents=[document_id])
        before = next((record.claim for record in records if record.id == claim), None)
        if before is None:
            raise ServandaError("this claim is no longer made by the document", "open the document anew")
    commitment, stance = filled.tie
    made = filled.claim(document_id, text, before)
    if before == made and commitment is None:
        raise ServandaError("nothing was changed", "change a field, or leave the form")
    return Annotation(document_id, made, by, filled.fields["note"], now, claim, commitment, stance)
