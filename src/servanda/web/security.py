"""What every answer carries so that a page can neither run foreign code nor be framed by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from fastapi import FastAPI, Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer carries, unless it says otherwise itself."""


LOCAL = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine alone."""


LARGEST_REQUEST = 120_000_000
"""Bytes of everything that is sent at once; a file may be smaller still."""


def refuse_if_too_large(size: int) -> None:
    """Refuse a body of so many bytes, or let it be.

    Raises:
        HTTPException: 413, it is too large.
    """
    if size > LARGEST_REQUEST:
        raise HTTPException(413, "this is larger than 120 MB; send less at once, or use servanda add")


class LimitedBody:
    """Refuses a request whose body is too large: at once where it says so itself, else as soon as it is."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        read = int(announced) if announced.isdigit() else 0

        async def limited() -> Message:
            nonlocal read
            refuse_if_too_large(read)
            message = await receive()
            if not announced.isdigit() or announced == b"0":
                read += len(message.get("body", b""))
                refuse_if_too_large(read)
            return message

        await self._app(scope, limited, send)


def install(app: FastAPI, hosts: tuple[str, ...]) -> None:
    """Check the host that is asked for, and add the headers to every answer."""
    app.add_middleware(LimitedBody)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))

    @app.middleware("http")
    async def add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
