"""The accord: edit the file with its problems beside the lines; its versions, and what changed between two."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from servanda.core.problems import ServandaError
from servanda.dossier import check_text, draft_accord
from servanda.web.accounts import Role, Task
from servanda.web.guard import allow
from servanda.web.rendering import render
from servanda.web.view import view_of

if TYPE_CHECKING:
    from servanda.core.problems import Problem

router = APIRouter()

LONGEST = 2_000_000
"""Characters of an accord file."""


def _page(
    request: Request, text: str, based_on: str, problems: tuple[Problem, ...], said: str, status: int = 200
) -> HTMLResponse:
    versions = request.app.state.dossier.accord_versions()
    context = {
        "view": view_of(request),
        "text": text,
        "based_on": based_on,
        "problems": problems,
        "said": said,
        "versions": list(reversed(versions)),
        "difference": None,
    }
    return render(request, "accord.html", context, status=status)


@router.get("/accord", response_class=HTMLResponse)
def accord(request: Request) -> HTMLResponse:
    """The file as it stands, with what the check finds."""
    text = request.app.state.dossier.accord_text()
    _, problems = check_text(text, "accord.yaml")
    return _page(request, text, text, problems, "")


@router.post("/accord", response_class=HTMLResponse)
async def save(request: Request) -> HTMLResponse:
    """Check a new text, and save it where it is free of errors and nobody else changed the file."""
    form = await request.form(max_fields=20, max_part_size=4 * LONGEST)
    account = allow(request, form, Role.EDITOR)
    text, based_on = (str(form.get(name, "")).replace("\r\n", "\n") for name in ("text", "based_on"))
    if len(text) > LONGEST:
        raise HTTPException(413, "this is longer than any accord; 2 MB at most")
    if form.get("draft"):
        records = request.app.state.snapshots.records(view_of(request))
        if not records:
            return _page(request, text, based_on, (), "There is nothing to draft from yet: add documents first.", 400)
        drafted = draft_accord(request.app.state.dossier.accord.title, records)
        _, problems = check_text(drafted, "accord.yaml")
        return _page(request, drafted, based_on, problems, "A draft from the documents. Nothing was saved yet.")
    if form.get("check"):
        _, problems = check_text(text, "accord.yaml")
        return _page(request, text, based_on, problems, "Checked; nothing was saved.")
    try:
        saved, problems = await run_in_threadpool(_save, request, account.name, text, based_on)
    except ServandaError as error:
        return _page(request, text, based_on, (), str(error), status=409)
    if not saved:
        return _page(request, text, based_on, problems, "Not saved: it has errors.", status=400)
    return _page(request, text, text, problems, "Saved. The version before is kept.")


def _save(request: Request, by: str, text: str, based_on: str) -> tuple[bool, tuple[Problem, ...]]:
    state = request.app.state
    with state.accounts.doing(by, Task.ACCORD, "accord.yaml") as changed:
        outcome: tuple[bool, tuple[Problem, ...]] = state.dossier.save_accord(text, by=by, based_on=based_on)
        if outcome[0]:
            changed.append(("accord saved", "accord.yaml"))
        return outcome


@router.get("/accord/difference", response_class=HTMLResponse)
def difference(request: Request) -> HTMLResponse:
    """What changed between two versions, line by line."""
    versions = {str(version.number): version for version in request.app.state.dossier.accord_versions()}
    older, newer = (versions.get(request.query_params.get(name, "")) for name in ("older", "newer"))
    if older is None or newer is None:
        raise HTTPException(404, "there are no such versions")
    lines = difflib.unified_diff(
        older.text.splitlines(),
        newer.text.splitlines(),
        f"version {older.number}, {older.by}",
        f"version {newer.number}, {newer.by}",
        lineterm="",
    )
    context = {"view": view_of(request), "older": older, "newer": newer, "lines": list(lines)}
    return render(request, "difference.html", context)
