"""A server on this machine with a small dossier, and a real browser to look at it with."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from servanda.dossier import Dossier
from tests.cli.conftest import ACCORD, REPORT, servanda

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DATES = "as_of=2021-01-29&known_by=2021-01-29"


LONG = f"org/{'deadline' * 20}"
"""An address without a place where a line might end."""
PLACES = "places:\n  borderlands: {name: Borderlands, latitude: 31.2, longitude: 16.6}\n"
DOUBTFUL = """\
<!doctype html><html lang="en"><head><title>Plan of four stages</title>
<meta property="article:published_time" content="2021-01-28T09:00:00Z">
<meta property="og:site_name" content="The Herald">
</head><body><article><h1>Plan of four stages</h1>
<p>The plan of the two sides has four stages, according to a document that The Herald has obtained.</p>
<p>Nobody has left so far, and nobody in the Borderlands expects any withdrawal before the spring.</p>
</article></body></html>
"""


@pytest.fixture(scope="session")
def web_dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    (folder / "truce.yaml").write_text(ACCORD, encoding="utf-8")
    (folder / "deadline-passes.txt").write_text(REPORT.replace("org/deadline", LONG), encoding="utf-8")
    (folder / "four-stages.html").write_text(DOUBTFUL, encoding="utf-8")
    dossier = folder / "dossier"
    assert servanda("init", dossier, "--accord", folder / "truce.yaml").status == 0
    added = servanda("add", dossier, folder / "deadline-passes.txt", folder / "four-stages.html")
    assert added.status == 0, added.out + added.err
    saved, _ = Dossier(dossier).save_accord(f"{ACCORD}{PLACES}", by="Amal", based_on=ACCORD)
    assert saved
    return dossier


class Server:
    """The application on a free port of the loopback address, in a thread."""

    def __init__(self, folder: Path, *, demands_accounts: bool = False) -> None:
        from servanda.web import create_app

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(
            create_app(folder, demands_accounts=demands_accounts), host="127.0.0.1", port=self.port, log_level="warning"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        deadline = time.monotonic() + 30
        while not self._server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="session")
def server(web_dossier: Path) -> Iterator[Server]:
    with Server(web_dossier) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine; .ci/run installs it")
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@contextmanager
def watched(
    browser: Browser, server: Server, width: int = 1280, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    """A page that fails the test on any console error and on any request to another host."""
    context = browser.new_context(
        base_url=server.address, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "request",
        lambda request: None if request.url.startswith((server.address, "data:")) else faults.append(request.url),
    )
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A watched page on a wide screen."""
    with watched(browser, server) as opened:
        yield opened
