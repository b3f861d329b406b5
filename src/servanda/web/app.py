"""The web application: its pages, its files, and the one shape of its errors."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from servanda.core.problems import ServandaError
from servanda.dossier import Dossier
from servanda.web import api, security
from servanda.web.pages import answers, brief, commitment, documents, overview
from servanda.web.rendering import render
from servanda.web.snapshots import Snapshots
from servanda.web.view import View, view_of

if TYPE_CHECKING:
    from starlette.responses import Response

_HERE = Path(__file__).parent


def create_app(folder: Path) -> FastAPI:
    """The application for one dossier.

    Raises:
        ServandaError: the folder is not a dossier, or its accord has errors.
    """
    dossier = Dossier(folder)
    app = FastAPI(title="Servanda", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.state.dossier = dossier
    app.state.snapshots = Snapshots(dossier)
    security.install(app)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    for page in (overview, commitment, documents, answers, brief):
        app.include_router(page.router)
    app.include_router(api.router)

    @app.exception_handler(ServandaError)
    async def unusable(request: Request, error: ServandaError) -> Response:
        return _error(request, 400, error.what, error.remedy)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return _error(request, error.status_code, str(error.detail), None)

    return app


def _error(request: Request, status: int, what: str, remedy: str | None) -> HTMLResponse | JSONResponse:
    """The one shape of errors: as JSON under `/api/`, as a page elsewhere."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"status": status, "what": what, "remedy": remedy}}, status_code=status)
    try:
        view = view_of(request)
    except ServandaError:
        view = View(date.today(), date.today(), stated=False)
    return render(request, "error.html", {"what": what, "remedy": remedy, "view": view}, status=status)
