"""The documents, and one document: its text with its claims highlighted."""

from __future__ import annotations

import itertools
import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from servanda.web.rendering import render
from servanda.web.view import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.claims import ClaimRecord

router = APIRouter()


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
    return render(request, "documents.html", {"view": view, "documents": ordered})


@router.get("/documents/{document_id}/original")
def original(request: Request, document_id: str) -> Response:
    """The file as it came in, to be saved: it is somebody else's, and never opened as a page of ours."""
    view = view_of(request)
    if document_id not in request.app.state.snapshots.at(view).documents_by_id:
        raise HTTPException(404, f"no document {document_id!r} was known by {view.known_by.isoformat()}")
    with request.app.state.dossier.ledger() as ledger:
        raw, kind = ledger.raw(document_id), ledger.media_type(document_id)
    if raw is None or kind is None:
        raise HTTPException(404, f"{document_id!r} is known by rows of a table only; there is no file")
    ending = mimetypes.guess_extension(kind.partition(";")[0].strip()) or ".bin"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document_id, safe='')}{ending}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(raw, media_type="application/octet-stream", headers=headers)


@router.get("/documents/{document_id}", response_class=HTMLResponse)
def document(request: Request, document_id: str) -> HTMLResponse:
    """One text; `claim` in the address names the claim to show first."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    found = snapshot.documents_by_id.get(document_id)
    if found is None:
        raise HTTPException(404, f"no document {document_id!r} was known by {view.known_by.isoformat()}")
    dossier = request.app.state.dossier
    records = dossier.records(view.known_by, documents=[document_id])
    return render(
        request,
        "document.html",
        {
            "view": view,
            "document": found,
            "stretches": stretches(dossier.text(document_id), records),
            "records": records,
            "links": snapshot.links,
            "chosen": request.query_params.get("claim"),
        },
    )
