"""Pages that answer one question each: what changed, how good the sources are, what falls due when; and the search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda.core.dates import days_of
from servanda.core.problems import ServandaError
from servanda.web.rendering import render
from servanda.web.view import day_of, view_of

if TYPE_CHECKING:
    from servanda.core.judgement import Judgement

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the timeline."""

    day: date
    kind: str
    """`deadline`, `instrument`, `record` or `evidence`."""
    party: str
    text: str
    address: str | None
    state: Judgement | None = None


@router.get("/changes", response_class=HTMLResponse)
def changes(request: Request) -> HTMLResponse:
    """What changed between `since` and the page's `as_of`."""
    view = view_of(request)
    asked = request.query_params.get("since")
    since = day_of("since", asked) if asked else view.as_of - timedelta(days=30)
    snapshot = request.app.state.snapshots.at(view)
    found = request.app.state.dossier.changes(since=since, until=view.as_of)
    names = {party.id: party.name for party in snapshot.accord.parties}
    return render(request, "changes.html", {"view": view, "since": since, "changes": found, "names": names})


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request) -> HTMLResponse:
    """Who publishes, how reliable the accord's author holds them, and how much of theirs was accepted as proof."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    documents = Counter(document.publisher or "(no publisher noted)" for document in snapshot.documents)
    cited: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    grades: dict[str, set[str]] = {}
    for judgement in snapshot.judgements:
        for evidence in judgement.evidence:
            publisher = evidence.record.document.publisher or "(no publisher noted)"
            cited[publisher] += 1
            accepted[publisher] += evidence.accepted
            grades.setdefault(publisher, set()).add(evidence.grade.reliability.value)
    graded = {name: source for source in snapshot.accord.sources for name in (source.name, *source.aliases)}
    rows = [
        {
            "publisher": publisher,
            "documents": count,
            "cited": cited[publisher],
            "accepted": accepted[publisher],
            "reliability": ", ".join(sorted(grades.get(publisher, set()))) or None,
            "source": graded.get(publisher),
        }
        for publisher, count in documents.most_common()
    ]
    return render(request, "sources.html", {"view": view, "rows": rows})


@router.get("/timeline", response_class=HTMLResponse)
def timeline(request: Request) -> HTMLResponse:
    """Deadlines, instruments, records and dated evidence, in order; one party's where `party` is in the address."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    accord = snapshot.accord
    names = {party.id: party.name for party in accord.parties}
    moments = [
        Moment(i.signed.first, "instrument", "", f"{i.title}: {i.status.value}", None)
        for i in accord.instruments
        if i.signed and i.signed.first <= view.as_of
    ]
    moments += [
        Moment(r.on.first, "record", ", ".join(r.by or r.debtors), f"{r.kind.value}: {r.text or r.source}", None)
        for r in accord.records
        if r.on.first <= view.as_of
    ]
    seen = set()
    for judgement in snapshot.judgements:
        address = view.url(f"/commitments/{judgement.id}")
        if days := days_of(judgement.due):
            text = f"{judgement.provision} is due"
            moments.append(Moment(days.last, "deadline", judgement.debtor, text, address, judgement))
        for evidence in judgement.evidence:
            key = (evidence.record.id, judgement.debtor)
            if evidence.event and evidence.accepted and key not in seen:
                seen.add(key)
                text = f"{evidence.stance.value}: “{evidence.record.claim.quote}”"
                moments.append(Moment(evidence.event.first, "evidence", judgement.debtor, text, address))
    party = request.query_params.get("party")
    shown = sorted((m for m in moments if not party or party in m.party), key=lambda m: (m.day, m.kind, m.text))
    debtors = sorted({j.debtor for j in snapshot.judgements}, key=lambda debtor: names.get(debtor, debtor))
    context = {"view": view, "moments": shown, "names": names, "debtors": debtors, "party": party}
    return render(request, "timeline.html", context)


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
        hits, said = (), f"{error}."
    template = "hits.html" if request.headers.get("HX-Request") else "search.html"
    return render(request, template, {"view": view, "query": query, "hits": hits, "said": said})
