"""The program is killed in the middle of its work: nothing is half-done; the next start says what was not finished."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from servanda.dossier import Dossier, check_text
from tests.cli.conftest import ACCORD, REPORT, ROOT, servanda
from tests.web.conftest import DOUBTFUL


class Served:
    """`servanda serve` in a process of its own, that can be killed."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "servanda", "serve", folder, "--port", str(port)],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
        )
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        limit = time.monotonic() + 60
        while True:
            try:
                self.client.get("/static/mark.svg")
                break
            except httpx.ConnectError:
                assert time.monotonic() < limit, "the server did not start"
                time.sleep(0.05)

    def post_and_kill(self, path: str, fields: dict[str, str], when: Callable[[], bool], delay: float = 0.0) -> None:
        """Send a form, and kill the process a moment after something is seen, whether or not it has answered."""
        found = re.search(r'name="token" value="([^"]+)"', self.client.get("/add").text)
        assert found is not None
        data = fields | {"by": "Amal", "token": found[1]}
        sending = threading.Thread(target=self._post, args=(path, data), daemon=True)
        sending.start()
        limit = time.monotonic() + 60
        while not when():
            assert time.monotonic() < limit, "it never began"
        time.sleep(delay)
        self.kill()
        sending.join(30)

    def _post(self, path: str, data: dict[str, str]) -> None:
        try:
            self.client.post(path, data=data)
        except httpx.HTTPError:
            return  # It was killed before it could answer.

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def begun(self, task: str) -> Callable[[], bool]:
        """Whether a task of this kind was begun and has not ended."""
        path = self.folder / "accounts.db"

        def look() -> bool:
            if not path.exists():
                return False
            with closing(sqlite3.connect(path, timeout=10)) as connection:
                try:
                    rows = connection.execute("SELECT what FROM audit ORDER BY number").fetchall()
                except sqlite3.OperationalError:
                    return False
            return (f"{task} begun",) in rows

        return look


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    return tmp_path


def front_page(folder: Path) -> str:
    """What the next start says."""
    again = Served(folder)
    try:
        return again.client.get("/").text
    finally:
        again.kill()


def test_killed_during_an_upload(folder: Path) -> None:
    served = Served(folder)
    served.post_and_kill("/add", {"text": REPORT, "title": "deadline"}, served.begun("upload"), delay=0.05)
    dossier = Dossier(folder)
    assert dossier.documents() == ()
    assert dossier.records() == ()
    page = front_page(folder)
    assert "Amal was adding deadline.txt" in page
    assert "stopped in the middle" not in front_page(folder), "it is told once"


@pytest.mark.parametrize("delay", [0.0, 0.002])
def test_killed_during_a_review(folder: Path, tmp_path: Path, delay: float) -> None:
    (tmp_path / "four-stages.html").write_text(DOUBTFUL, encoding="utf-8")
    added = servanda("add", folder, tmp_path / "four-stages.html")
    assert added.status == 0, added.err
    claim = Dossier(folder).records()[0].id
    served = Served(folder)
    fields = {"claim": claim, "decision": "accept", "commitment": "troops-leave/eastland"}
    served.post_and_kill("/review", fields, served.begun("review"), delay)
    kept = Dossier(folder).decisions()
    assert [(item.review.decision, item.review.by, item.claim) for item in kept] in ([], [("accept", "Amal", claim)])
    page = front_page(folder)
    with closing(sqlite3.connect(folder / "accounts.db")) as connection:
        ended = connection.execute("SELECT 1 FROM audit WHERE what = 'review ended'").fetchone()
    assert ("Amal was deciding" in page) == (ended is None)
    assert ended is None or len(kept) == 1


def test_killed_while_a_claim_is_entered(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "four-stages.html").write_text(DOUBTFUL, encoding="utf-8")
    added = servanda("add", folder, tmp_path / "four-stages.html")
    assert added.status == 0, added.err
    before = Dossier(folder).records()
    served = Served(folder)
    fields = {
        "quote": "Nobody has left",
        "act": "report",
        "polarity": "negative",
        "action": "withdraw",
        "certainty": "certain",
    }
    served.post_and_kill("/documents/four-stages/claims", fields, served.begun("claim"))
    after = Dossier(folder).records()
    assert len(after) - len(before) == len(Dossier(folder).annotations()) <= 1
    page = front_page(folder)
    with closing(sqlite3.connect(folder / "accounts.db")) as connection:
        ended = connection.execute("SELECT 1 FROM audit WHERE what = 'claim ended'").fetchone()
    assert ("Amal was working on a claim" in page) == (ended is None)
    assert ended is None or len(after) == len(before) + 1


@pytest.mark.parametrize("delay", [0.0, 0.004, 0.008])
def test_killed_during_an_accord_edit(folder: Path, delay: float) -> None:
    newer = ACCORD.replace("accord: Borderlands", "accord: Borderlands, newer")
    served = Served(folder)
    fields = {"text": newer, "based_on": ACCORD, "save": "1"}
    served.post_and_kill("/accord", fields, served.begun("accord"), delay)
    text = (folder / "accord.yaml").read_text(encoding="utf-8")
    assert text in (ACCORD, newer)
    accord, _ = check_text(text, "accord.yaml")
    assert accord is not None
    page = front_page(folder)
    with closing(sqlite3.connect(folder / "accounts.db")) as connection:
        ended = connection.execute("SELECT 1 FROM audit WHERE what = 'accord ended'").fetchone()
    assert ("Amal was saving the accord" in page) == (ended is None)
    dossier = Dossier(folder)
    saved, _ = dossier.save_accord(newer + "# again\n", by="Amal", based_on=text)
    assert saved
    assert text in [version.text for version in dossier.accord_versions()]
