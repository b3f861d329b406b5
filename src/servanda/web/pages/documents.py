"""The documents, and one document: its text with its claims highlighted."""

from __future__ import annotations

import itertools
import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from servanda.web.changing import by_claim, last_changes
from servanda.web.claim_form import CHOICES, Filled
from servanda.web.originals import inert_page, pages_of, picture_of, shown_as
from servanda.web.rendering import render, render_kept
from servanda.web.view import today, view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.claims import ClaimRecord
    from servanda.web.snapshots import Snapshot
    from servanda.web.view import View

router = APIRouter()

_FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
"""An original in a frame of ours: it may draw itself, and nothing else."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text and the claims that it belongs to; plain text belongs to none."""

    text: str
    claims: tuple[str, ...]


def stretches(text: str, records: Sequence[ClaimRecord]) -> list[Stretch]:
    """Cut a text where claims begin or end, so that overlapping claims can all be marked. Joined, it is the text."""
    spans = [(r.claim.start, r.claim.end, r.id) for r in records if r.claim.quote is not None]
    cuts = sorted({0, len(text), *(cut for start, end, _ in spans for cut in (start, end))})
    return [
        Stretch(text[start:end], tuple(identity for first, last, identity in spans if first <= start and end <= last))
        for start, end in itertools.pairwise(cuts)
        if 0 <= start < end <= len(text)
    ]


@router.get("/documents", response_class=HTMLResponse)
def documents(request: Request) -> HTMLResponse:
    """All documents that were known, newest first."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    ordered = sorted(snapshot.documents, key=lambda document: (document.published, document.id), reverse=True)
    return render_kept(request, snapshot, "documents.html", lambda: {"view": view, "documents": ordered})


@router.get("/documents/{document_id}/original")
def original(request: Request, document_id: str) -> Response:
    """The file as it came in, to be saved: it is somebody else's, and never opened as a page of ours."""
    raw, kind = _original(request, document_id)
    ending = mimetypes.guess_extension(kind.partition(";")[0].strip()) or ".bin"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document_id, safe='')}{ending}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(raw, media_type="application/octet-stream", headers=headers)


@router.get("/documents/{document_id}/original/page", response_class=HTMLResponse)
def original_page(request: Request, document_id: str) -> HTMLResponse:
    """A web page or a Word file, with all taken out that acts or fetches, in a frame that allows neither."""
    raw, kind = _original(request, document_id)
    if shown_as(kind) != "page":
        raise HTTPException(404, f"the file of {document_id!r} is no page")
    return HTMLResponse(inert_page(raw, kind), headers=_FRAMED)


@router.get("/documents/{document_id}/original/pictures/{number}.png")
def original_picture(request: Request, document_id: str, number: int) -> Response:
    """A page of a PDF file as a picture."""
    raw, kind = _original(request, document_id)
    if shown_as(kind) != "pictures":
        raise HTTPException(404, f"the file of {document_id!r} has no pages to draw")
    return Response(picture_of(raw, number), media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def _original(request: Request, document_id: str) -> tuple[bytes, str]:
    """The bytes of a document that was known, and what kind of file they are."""
    view = view_of(request)
    if document_id not in request.app.state.snapshots.at(view).documents_by_id:
        raise HTTPException(404, f"no document {document_id!r} was known by {view.known_by.isoformat()}")
    with request.app.state.dossier.ledger() as ledger:
        raw, kind = ledger.raw(document_id), ledger.media_type(document_id)
    if raw is None or kind is None:
        raise HTTPException(404, f"{document_id!r} is known by rows of a table only; there is no file")
    return raw, kind


@router.get("/documents/{document_id}", response_class=HTMLResponse)
def document(request: Request, document_id: str) -> HTMLResponse:
    """One text; in the address, `claim` is shown first, `correct` opened in a form, and `beside` is the `original`."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    correct = request.query_params.get("correct")
    return render_kept(
        request, snapshot, "document.html", lambda: _context(request, view, snapshot, document_id, correct), today()
    )


def form_again(
    request: Request, document_id: str, filled: Filled, said: str, *, correct: str | None, status: int
) -> HTMLResponse:
    """The page of a document with a form as it was sent, and why it could not be kept; `correct` names its claim."""
    view = view_of(request)
    context = _context(request, view, request.app.state.snapshots.at(view), document_id, correct)
    return render(request, "document.html", context | {"filled": filled, "said": said}, status=status)


def _context(request: Request, view: View, snapshot: Snapshot, document_id: str, correct: str | None) -> dict[str, Any]:
    found = snapshot.documents_by_id.get(document_id)
    if found is None:
        raise HTTPException(404, f"no document {document_id!r} was known by {view.known_by.isoformat()}")
    dossier = request.app.state.dossier
    records = dossier.records(view.known_by, documents=[document_id])
    with dossier.ledger() as ledger:
        text, kind = ledger.text(document_id), ledger.media_type(document_id)
        annotations = ledger.annotations(document_id)
    beside = shown_as(kind) if request.query_params.get("beside") == "original" else None
    corrected = next((record for record in records if record.id == correct), None)
    return {
        "view": view,
        "document": found,
        "stretches": stretches(text, records) if text is not None else [],
        "has_text": text is not None,
        "records": records,
        "judgements": snapshot.judgement,
        "links": snapshot.links,
        "chosen": request.query_params.get("claim") or correct,
        "correct": corrected.id if corrected else None,
        "filled": Filled.of(corrected) if corrected else Filled.empty(),
        "said": "",
        "last": last_changes(request) if corrected or annotations else {},
        "annotated": by_claim(annotations),
        "choices": CHOICES,
        "back": request.query_params.get("back"),
        "showable": shown_as(kind),
        "beside": beside,
        "pages": pages_of(_original(request, document_id)[0]) if beside == "pictures" else [],
        "now": today(),
    }
