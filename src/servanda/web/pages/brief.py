"""The brief: the page one prints or sends."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from servanda.publishing.brief import Brief, compose_brief
from servanda.publishing.brief_docx import brief_docx
from servanda.publishing.brief_markdown import brief_markdown
from servanda.web.rendering import render
from servanda.web.view import view_of

router = APIRouter()

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _compose(request: Request) -> Brief:
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    return compose_brief(
        snapshot.accord,
        snapshot.judgements,
        as_of=view.as_of,
        known_by=view.known_by,
        documents=len(snapshot.documents),
    )


@router.get("/brief", response_class=HTMLResponse)
def brief(request: Request) -> HTMLResponse:
    """The brief as a page that prints well on A4."""
    return render(request, "brief.html", {"view": view_of(request), "brief": _compose(request)})


@router.get("/brief.md", response_class=PlainTextResponse)
def brief_as_markdown(request: Request) -> PlainTextResponse:
    """The brief as Markdown, to be saved."""
    view = view_of(request)
    headers = {"Content-Disposition": f'attachment; filename="brief-{view.as_of.isoformat()}.md"'}
    return PlainTextResponse(brief_markdown(_compose(request)), media_type="text/markdown", headers=headers)


@router.get("/brief.docx")
def brief_as_word_document(request: Request) -> Response:
    """The brief as a Word document, to be saved."""
    view = view_of(request)
    headers = {"Content-Disposition": f'attachment; filename="brief-{view.as_of.isoformat()}.docx"'}
    return Response(brief_docx(_compose(request)), media_type=_WORD, headers=headers)
