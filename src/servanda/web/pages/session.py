"""Log in and out; the audit log."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from servanda.web.accounts import SESSION, Role
from servanda.web.guard import SESSION_COOKIE, account_of, allow, refuse_other_sites
from servanda.web.rendering import render

router = APIRouter()


@router.get("/log-in", response_class=HTMLResponse)
def log_in_form(request: Request) -> HTMLResponse:
    """Ask for name and password."""
    return render(request, "log_in.html", {"failed": False})


@router.post("/log-in")
async def log_in(request: Request) -> Response:
    """Open a session, unless this address has failed too often."""
    refuse_other_sites(request)
    address = request.client.host if request.client else ""
    limit = request.app.state.log_in_limit
    if limit.exceeded(address):
        raise HTTPException(429, "too many failed log-ins from here; wait five minutes")
    form = await request.form(max_fields=10)
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    key = await run_in_threadpool(request.app.state.accounts.log_in, name, password)
    if key is None:
        limit.failed(address)
        request.app.state.accounts.note(name[:80], "log-in failed", address)
        return render(request, "log_in.html", {"failed": True}, status=401)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        key,
        max_age=int(SESSION.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/log-out")
async def log_out(request: Request) -> Response:
    """End the session."""
    form = await request.form(max_fields=10)
    allow(request, form, Role.READER)
    request.app.state.accounts.log_out(request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse("/log-in", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    return response


@router.get("/audit", response_class=HTMLResponse)
def audit(request: Request) -> HTMLResponse:
    """Who changed what, newest first."""
    account = account_of(request)
    if account is None or not account.role.includes(Role.EDITOR):
        raise HTTPException(403, "the audit log is for editors")
    return render(request, "audit.html", {"entries": request.app.state.accounts.audit()})
