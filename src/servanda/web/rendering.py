"""Templates, and the words and marks that all of them use."""

from __future__ import annotations

import re
import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from servanda.core.dates import iso_when
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Outlook, Standing, State
from servanda.publishing import wording
from servanda.web.accounts import Account
from servanda.web.changing import word_of
from servanda.web.guard import account_of, keep_token, token_of
from servanda.web.view import view_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import Request

    from servanda.core.dates import When
    from servanda.core.judgement import Judgement
    from servanda.web.snapshots import Snapshot

_NAVIGATION = (
    ("/", "Overview"),
    ("/parties", "Parties"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/changes", "Changes"),
    ("/review", "Review"),
    ("/documents", "Documents"),
    ("/add", "Add"),
    ("/search", "Search"),
    ("/sources", "Sources"),
    ("/accord", "Accord"),
    ("/brief", "Brief"),
)
"""The pages that the head of every page leads to, in order."""

_MARKS = {
    State.TENTATIVE: "…",
    State.CONDITIONAL: "?",
    State.IN_FORCE: "●",
    State.IN_PROGRESS: "◐",
    State.FULFILLED: "✓",
    State.FULFILLED_LATE: "✓",
    State.OVERDUE: "!",
    State.VIOLATED: "✕",
    State.REVERSED: "↶",
    State.SUSPENDED: "‖",
    State.EXPIRED: "–",
    State.DISCHARGED: "–",
    State.SUPERSEDED: "–",
    State.TERMINATED: "–",
}
"""A sign a state, beside its word, so that nothing is told by colour alone."""


def state_class(judgement: Judgement) -> str:
    """The style class of a judgement: its state, or that it is at risk."""
    if judgement.outlook is Outlook.AT_RISK and judgement.state in (State.IN_FORCE, State.IN_PROGRESS):
        return "at-risk"
    return judgement.state.value.replace(" ", "-")


def day(when: When | date) -> Markup:
    """A date in words, with its ISO form for machines and on hover."""
    iso = when.isoformat() if isinstance(when, date) else iso_when(when)
    return Markup('<time datetime="{iso}" title="{iso}">{words}</time>').format(iso=iso, words=wording.date_words(when))


def sentence(words: str) -> str:
    """Words that say what is wrong, as a sentence; one that starts with an id or a quote starts as that is written."""
    capital = re.match(r"[a-z]+[ ,]", words)
    started = words[:1].upper() + words[1:] if capital else words
    return started if started.endswith((".", "…")) else f"{started}."


_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {
    "day": day,
    "state_class": state_class,
    "sentence": sentence,
    "breach_words": wording.breach_words,
    "standing_words": wording.standing_words,
    "share_words": wording.share_words,
    "quote_of": wording.quote_of,
    "source_words": wording.source_words,
    "bound_words": wording.bound_words,
    "annotation_word": word_of,
}
_environment.globals |= {"marks": _MARKS, "due_words": wording.due_words, "State": State, "Standing": Standing}


def _navigation(request: Request) -> tuple[tuple[str, str], ...]:
    """The pages of this dossier; the plan's only where the accord has forces to plan for."""
    state = request.app.state
    offered = state.plans.offered(state.dossier.accord_path.stat().st_mtime_ns)
    return (*_NAVIGATION, ("/plan", "Plan")) if offered else _NAVIGATION


_TOKEN_PLACE, _NAME_PLACE, _BEHIND_PLACE = (f"{name}-{secrets.token_hex(16)}" for name in ("token", "name", "behind"))
"""Stand in a kept page for what differs from reader to reader. Nobody can guess them, so no text can hold them."""
_BEHIND = Markup(
    '<p class="notice" role="status">Something changed, and everything is being judged anew, which takes a while here.'
    " Meanwhile this page shows what was judged before; open it again in a moment.</p>"
)


def render_kept(
    request: Request, snapshot: Snapshot, template: str, context: Callable[[], dict[str, Any]], *depends: object
) -> HTMLResponse:
    """A page that only its address, the reader's role, the snapshot and what it `depends` on decide; made once.

    Who reads it, and the token of their forms, are put in whenever it is sent.
    """
    account = account_of(request)
    role, named = (account.role, bool(account.name)) if account else (None, False)
    key: tuple[object, ...] = (request.url.path, request.url.query, role, named, *depends)
    page = snapshot.pages.get(key)
    if page is None:
        anybody = Account(_NAME_PLACE if named else "", role) if role else None
        page = _page(request, template, context(), _TOKEN_PLACE, anybody, _BEHIND_PLACE).encode()
        snapshot.pages.keep(key, page)
    page = page.replace(_TOKEN_PLACE.encode(), token_of(request).encode())
    page = page.replace(_BEHIND_PLACE.encode(), _behind(request).encode())
    if account and named:
        page = page.replace(_NAME_PLACE.encode(), str(escape(account.name)).encode())
    response = HTMLResponse(page)
    keep_token(request, response)
    return response


def render(request: Request, template: str, context: dict[str, Any], *, status: int = 200) -> HTMLResponse:
    """A page from its template. Every page knows its dates, its dossier and where it is."""
    page = _page(request, template, context, token_of(request), account_of(request), _behind(request))
    response = HTMLResponse(page, status_code=status)
    keep_token(request, response)
    return response


def _behind(request: Request) -> str:
    """What a page says that does not show all that is known yet."""
    try:
        return _BEHIND if request.app.state.snapshots.behind(view_of(request)) else ""
    except ServandaError:
        return ""


def _page(
    request: Request, template: str, context: dict[str, Any], token: str, account: Account | None, behind: str
) -> str:
    shared = {
        "request": request,
        "view": context.get("view") or view_of(request),
        "dossier_title": request.app.state.dossier.accord.title,
        "path": request.url.path,
        "navigation": _navigation(request),
        "demands_accounts": request.app.state.demands_accounts,
        "account": account,
        "token": token,
        "behind": behind,
    }
    return _environment.get_template(template).render(shared | context)
