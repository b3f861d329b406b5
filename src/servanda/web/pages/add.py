"""Add: drop files, or paste a text or a table; each answers for itself."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from servanda.core.problems import ServandaError
from servanda.dossier import Added, readable_endings
from servanda.web.accounts import Role, Task
from servanda.web.guard import allow
from servanda.web.rendering import render
from servanda.web.view import day_of, view_of

if TYPE_CHECKING:
    from datetime import date

router = APIRouter()

LARGEST = 25_000_000
"""Bytes of one upload."""
_TABLES = (".csv", ".jsonl")
_UNSAFE = re.compile(r"[^\w. ()-]+")


@router.get("/add", response_class=HTMLResponse)
def add_form(request: Request) -> HTMLResponse:
    """Where documents come in."""
    return render(request, "add.html", {"view": view_of(request), "outcomes": None, "endings": _endings()})


@router.post("/add", response_class=HTMLResponse)
async def add(request: Request) -> HTMLResponse:
    """Take in what was sent; one whole document at a time, and each failure for itself."""
    form = await request.form(max_files=200, max_fields=50)
    account = allow(request, form, Role.ANALYST)
    published = _day(form)
    publisher = _words(form, "publisher")
    outcomes: list[Added] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in await _kept(form, Path(folder)):
            outcomes.append(await run_in_threadpool(_take_in, request, account.name, path, published, publisher))
    template = "outcomes.html" if request.headers.get("HX-Request") else "add.html"
    context = {"view": view_of(request), "outcomes": outcomes, "endings": _endings()}
    return render(request, template, context, status=200 if outcomes else 400)


def _endings() -> tuple[str, ...]:
    return (*readable_endings(), *_TABLES)


def _words(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _day(form: FormData) -> date | None:
    words = _words(form, "published")
    return day_of("published", words) if words else None


async def _kept(form: FormData, folder: Path) -> list[Path]:
    """Write what was sent into a folder of its own, under names that are only names."""
    found = []
    for item in form.getlist("files"):
        if isinstance(item, UploadFile) and item.filename:
            found.append(_place(folder, item.filename))
            found[-1].write_bytes(await item.read(LARGEST + 1))
    pasted = _words(form, "text")
    if pasted:
        found.append(_place(folder, f"{_words(form, 'title') or 'pasted text'}.txt"))
        found[-1].write_text(pasted, encoding="utf-8")
    return found


def _place(folder: Path, name: str) -> Path:
    plain = _UNSAFE.sub("-", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")[-120:] or "document"
    path = folder / plain
    for number in range(2, 1000):
        if not path.exists():
            break
        path = folder / f"{number}-{plain}"
    return path


def _take_in(request: Request, by: str, path: Path, published: date | None, publisher: str | None) -> Added:
    accounts, dossier = request.app.state.accounts, request.app.state.dossier
    if path.stat().st_size > LARGEST:
        return Added(Path(path.name), error=ServandaError("it is larger than 25 MB", "split it, or use servanda add"))
    if path.suffix.lower() not in _endings():
        message = f"files that end in {path.suffix or 'nothing'} are not read here"
        return Added(Path(path.name), error=ServandaError(message, f"send {', '.join(_endings())}"))
    with accounts.doing(by, Task.UPLOAD, path.name) as changed:
        outcome = _added(request, path, published, publisher)
        if outcome.document:
            changed.append(("document added", outcome.document))
    dossier.revision()
    return outcome


def _added(request: Request, path: Path, published: date | None, publisher: str | None) -> Added:
    dossier = request.app.state.dossier
    name = Path(path.name)
    try:
        if path.suffix.lower() in _TABLES:
            rows, problems = dossier.add_table(path, published=published, publisher=publisher)
            if any(problem.error for problem in problems):
                shown = "; ".join(f"line {p.location.line}: {p.what}" for p in problems[:5])
                return Added(name, claims=rows.new, error=ServandaError(f"some rows are no claims: {shown}"))
            return Added(name, document=path.stem, claims=rows.new)
        [outcome] = dossier.add([path], published=published, publisher=publisher)
    except ServandaError as error:
        return Added(name, error=error)
    plain = ServandaError(str(outcome.error).replace(f"{path}", path.name)) if outcome.error else None
    return Added(name, outcome.document, outcome.claims, outcome.duplicate_of, outcome.not_read, plain)
