"""The web application: its pages, its files, and the one shape of its errors."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from servanda.core.problems import ServandaError
from servanda.dossier import Dossier
from servanda.web import api, api_desk, errors, security
from servanda.web.accounts import Accounts
from servanda.web.guard import LogInLimit, account_of, keep_name
from servanda.web.pages import (
    accord,
    add,
    answers,
    brief,
    claims,
    commitment,
    documents,
    overview,
    parties,
    places,
    planning,
    review,
    session,
    timeline,
)
from servanda.web.pages.planning import Plans
from servanda.web.snapshots import Snapshots
from servanda.web.view import View, today

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.responses import Response

_HERE = Path(__file__).parent


_OPEN = ("/log-in", "/static/")
"""What somebody who has not logged in may see."""


def _judge_today(snapshots: Snapshots) -> None:
    """Prepare what most readers ask for first; what is wrong is told to whoever asks."""
    with suppress(ServandaError):
        snapshots.at(View(today(), today(), stated=False))


def create_app(
    folder: Path,
    *,
    demands_accounts: bool = False,
    hosts: tuple[str, ...] = security.LOCAL,
    judges_at_start: bool = False,
) -> FastAPI:
    """The application for one dossier.

    Args:
        folder: the dossier.
        demands_accounts: whether everybody has to log in; needed wherever others than this machine can reach it.
        hosts: the names under which it may be asked for.
        judges_at_start: whether today's judgements are prepared as soon as it runs, so that the first reader need not
            wait for them.

    Raises:
        ServandaError: the folder is no dossier, its accord has errors, or accounts are demanded and there is none.
    """
    dossier = Dossier(folder, keeps_open=True)
    accounts = Accounts(dossier.folder)
    if demands_accounts and not accounts.any():
        raise ServandaError(
            "nobody could log in: this dossier has no account",
            f"make one with: servanda account {folder} NAME --role editor",
        )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if judges_at_start:
            threading.Thread(target=_judge_today, args=(app.state.snapshots,), daemon=True).start()
        yield
        dossier.close()
        accounts.close()

    app = FastAPI(
        title="Servanda", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", lifespan=lifespan
    )
    app.state.dossier = dossier
    app.state.snapshots = Snapshots(dossier)
    app.state.accounts = accounts
    app.state.demands_accounts = demands_accounts
    app.state.plans = Plans(dossier.folder)
    app.state.log_in_limit = LogInLimit()
    app.state.deciding = threading.Lock()
    app.state.unfinished = accounts.unfinished()
    security.install(app, hosts)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    for page in (overview, commitment, parties, documents, claims, answers, timeline, places, brief):
        app.include_router(page.router)
    for page in (review, add, accord, session, planning):
        app.include_router(page.router)
    app.include_router(api.router)
    app.include_router(api_desk.router)

    @app.middleware("http")
    async def only_for_accounts(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if account_of(request) is None and not request.url.path.startswith(_OPEN):
            if request.url.path.startswith("/api/"):
                return errors.answer(request, errors.Fault(status=401, what="log in first"))
            return RedirectResponse("/log-in", status_code=303)
        response = await call_next(request)
        keep_name(request, response)
        return response

    errors.install(app)
    return app
