"""Pages that answer one question each: what changed, how good the sources are; and the search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda.core.problems import ServandaError
from servanda.web.rendering import render, render_kept
from servanda.web.view import day_of, view_of

if TYPE_CHECKING:
    from servanda.web.snapshots import Snapshot

router = APIRouter()


@router.get("/changes", response_class=HTMLResponse)
def changes(request: Request) -> HTMLResponse:
    """What changed between `since` and the page's `as_of`."""
    view = view_of(request)
    asked = request.query_params.get("since")
    month = min(timedelta(days=30), view.as_of - date.min)
    since = day_of("since", asked) if asked else view.as_of - month
    snapshot = request.app.state.snapshots.at(view)
    found = request.app.state.dossier.changes(since=since, until=view.as_of)
    names = {party.id: party.name for party in snapshot.accord.parties}
    return render(request, "changes.html", {"view": view, "since": since, "changes": found, "names": names})


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request) -> HTMLResponse:
    """Who publishes, how reliable the accord's author holds them, and how much of theirs was accepted as proof."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    return render_kept(request, snapshot, "sources.html", lambda: {"view": view, "rows": source_rows(snapshot)})


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A publisher: what came from it, what of that bears on commitments, and how reliable it is held."""

    publisher: str | None
    documents: int
    cited: int
    accepted: int
    reliability: tuple[str, ...]
    reason: str | None


def source_rows(snapshot: Snapshot) -> list[SourceRow]:
    """The publishers, those with most documents first."""
    documents = Counter(document.publisher for document in snapshot.documents)
    cited: Counter[str | None] = Counter()
    accepted: Counter[str | None] = Counter()
    grades: dict[str | None, set[str]] = {}
    for judgement in snapshot.judgements:
        for evidence in judgement.evidence:
            publisher = evidence.record.document.publisher
            cited[publisher] += 1
            accepted[publisher] += evidence.accepted
            grades.setdefault(publisher, set()).add(evidence.grade.reliability.value)
    graded = {name: source for source in snapshot.accord.sources for name in (source.name, *source.aliases)}
    return [
        SourceRow(
            publisher,
            count,
            cited[publisher],
            accepted[publisher],
            tuple(sorted(grades.get(publisher, set()))),
            graded[publisher].reason if publisher in graded else None,
        )
        for publisher, count in documents.most_common()
    ]


@router.get("/search", response_class=HTMLResponse)
def search(request: Request) -> HTMLResponse:
    """Documents and quotes that hold the words; only the list where the page asks for it while one types."""
    view = view_of(request)
    query = (request.query_params.get("q") or "").strip()
    said = f"Nothing found for “{query}”."
    try:
        known = request.app.state.snapshots.at(view).documents_by_id
        hits = request.app.state.dossier.search(query, limit=40, documents=known) if query else ()
    except ServandaError as error:
        hits, said = (), str(error)
    template = "hits.html" if request.headers.get("HX-Request") else "search.html"
    return render(request, template, {"view": view, "query": query, "hits": hits, "said": said})
