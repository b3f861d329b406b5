"""Who is asking, and whether they may: sessions, roles, and tokens against forged requests."""

from __future__ import annotations

import secrets
import threading
import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from fastapi import HTTPException, Request

from servanda.web.accounts import Account, Role

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

SESSION_COOKIE = "servanda_session"
TOKEN_COOKIE = "servanda_token"
NAME_COOKIE = "servanda_name"
_TRIES, _WITHIN = 5, 300.0
"""How many failed log-ins one address has within how many seconds."""


class LogInLimit:
    """Counts failed log-ins by address, so that passwords cannot be tried out."""

    def __init__(self) -> None:
        """Start with a clean slate."""
        self._failed: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def exceeded(self, address: str) -> bool:
        """Whether this address has failed too often of late."""
        with self._lock:
            failed = self._failed[address]
            while failed and failed[0] < time.monotonic() - _WITHIN:
                failed.popleft()
            if not failed:
                del self._failed[address]
                return False
            return len(failed) >= _TRIES

    def failed(self, address: str) -> None:
        """Count one more failure."""
        with self._lock:
            self._failed[address].append(time.monotonic())


def account_of(request: Request) -> Account | None:
    """Who is asking. On this machine alone, without accounts, everybody may do everything under the name they give."""
    if request.app.state.demands_accounts:
        account: Account | None = request.app.state.accounts.of_session(request.cookies.get(SESSION_COOKIE))
        return account
    given = getattr(request.state, "name", None)
    return Account(given or unquote(request.cookies.get(NAME_COOKIE, "")), Role.EDITOR)


def token_of(request: Request) -> str:
    """The token that a form of this browser must carry; made once for each browser."""
    token = getattr(request.state, "token", None) or request.cookies.get(TOKEN_COOKIE) or secrets.token_urlsafe(24)
    request.state.token = token
    return str(token)


def keep_token(request: Request, response: Response) -> None:
    """Let the browser keep its token, where a page was given one."""
    token = getattr(request.state, "token", None)
    if token and request.cookies.get(TOKEN_COOKIE) != token:
        response.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")


def keep_name(request: Request, response: Response) -> None:
    """Let the browser keep the name that a change was made under, so that it need not be typed again."""
    name = getattr(request.state, "name", None)
    if name:
        response.set_cookie(NAME_COOKIE, quote(name), max_age=31_536_000, httponly=True, samesite="strict")


def refuse_other_sites(request: Request) -> None:
    """Let only forms of our own pages through.

    Raises:
        HTTPException: 403, the browser says that another site's page sent the form.
    """
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise HTTPException(403, "this form was sent from another site")


def allow(request: Request, form: FormData, role: Role) -> Account:
    """Let a change through, and say who makes it.

    Raises:
        HTTPException: 401 without a session, 403 without the role, from another site, or without the form's token.
    """
    account = account_of(request)
    if account is None:
        raise HTTPException(401, "log in first")
    if not account.role.includes(role):
        raise HTTPException(403, f"this needs the role {role}; yours is {account.role}")
    refuse_other_sites(request)
    expected, given = request.cookies.get(TOKEN_COOKIE), form.get("token")
    if not expected or not isinstance(given, str) or not secrets.compare_digest(expected.encode(), given.encode()):
        raise HTTPException(403, "this form is too old; open the page anew and send it again")
    name = form.get("by")
    if not request.app.state.demands_accounts and isinstance(name, str) and name.strip():
        account = Account(name.strip()[:80], account.role)
        request.state.name = account.name
    if not account.name:
        raise HTTPException(400, "say who you are: fill in your name")
    return account
