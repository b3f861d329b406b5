"""The one shape of errors: as JSON under `/api/`, as a page elsewhere; what, where, and what would be right."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from servanda.core.problems import ServandaError
from servanda.web.rendering import render
from servanda.web.security import HEADERS
from servanda.web.view import View, today, view_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.responses import Response

_log = logging.getLogger(__name__)


class Fault(BaseModel):
    """What is wrong, where, and what would be right."""

    status: int
    what: str
    where: str | None = None
    remedy: str | None = None


class FaultAnswer(BaseModel):
    """The body of every answer of the API that is not what was asked for."""

    error: Fault


def answer(request: Request, fault: Fault) -> Response:
    """A fault as JSON under `/api/`, as a page elsewhere."""
    if request.url.path.startswith("/api/"):
        return JSONResponse(FaultAnswer(error=fault).model_dump(), status_code=fault.status)
    try:
        view = view_of(request)
    except ServandaError:
        view = View(today(), today(), stated=False)
    context = {"what": fault.what, "where": fault.where, "remedy": fault.remedy, "view": view}
    return render(request, "error.html", context, status=fault.status)


def install(app: FastAPI) -> None:
    """Answer everything that goes wrong in this one shape."""

    @app.exception_handler(ServandaError)
    async def unusable(request: Request, error: ServandaError) -> Response:
        return answer(request, Fault(status=400, what=error.what, remedy=error.remedy))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        what = str(error.detail)
        if error.status_code == 404 and what == "Not Found":
            fault = Fault(status=404, what="there is no such page", where=request.url.path[:200])
            return answer(request, fault)
        return answer(request, Fault(status=error.status_code, what=what))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(request, _of_validation(error))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        name = secrets.token_hex(4)
        _log.error("failure %s at %s", name, request.url.path, exc_info=error)
        fault = Fault(
            status=500,
            what="Servanda itself failed here; what was saved before is kept",
            where=request.url.path[:200],
            remedy=f"try once more; if it fails again, report it with the lines of the log that name failure {name}",
        )
        response = answer(request, fault)
        for header, value in HEADERS.items():
            response.headers.setdefault(header, value)
        return response


_RIGHT = {
    "date": "write a whole date such as 2021-01-29",
    "int": "write a whole number",
    "missing": "give it",
    "string_too_short": "give one word or more",
    "string_too_long": "make it shorter",
}
"""What would be right, by the start of the kind of error."""


def _of_validation(error: RequestValidationError) -> Fault:
    """The first thing that is wrong, in words, and how many more there are."""
    found: list[dict[str, Any]] = list(error.errors())
    first = found[0] if found else {"loc": (), "msg": "it cannot be read", "type": ""}
    where = ".".join(str(part) for part in first["loc"]) or None
    kind = str(first["type"])
    given = first.get("input")
    said = "is missing" if kind == "missing" else f"is {str(given)[:80]!r}: {str(first['msg']).lower()}"
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    name = str(first["loc"][-1]) if first["loc"] else "the request"
    remedy = next((right for start, right in _RIGHT.items() if kind.startswith(start)), None)
    return Fault(status=422, what=f"{name} {said}{more}", where=where, remedy=remedy or "see /api/v1/openapi.json")
