"""A small dossier that the tests of the command line share, and a way to run the program as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

ACCORD = """\
accord: Borderlands
parties:
  eastland: {name: Eastland, aliases: [Eastern]}
  westland: {name: Westland}
  mission: {name: Border Mission}
instruments:
  - id: truce
    title: Truce of October 2020
    status: signed
    signed: 2020-10-23
    verifier: mission
    parties: [eastland, westland]
    provisions:
      - id: troops-leave
        text: All foreign troops leave the Borderlands within three months.
        debtors: [eastland, westland]
        action: withdraw
        object: troops
        place: Borderlands
        deadline: {within: 3 months, after: signature}
"""

REPORT = """\
Title: Deadline passes
Date: 2021-01-29
Publisher: The Gazette
Address: https://example.org/deadline

Eastland did not withdraw its troops from the Borderlands by 23 January 2021.

Westland withdrew all its troops from the Borderlands on 20 January 2021, the Border Mission said.
"""


@dataclass(frozen=True)
class Run:
    """What a run of the program printed, and how it ended."""

    status: int
    out: str
    err: str


def servanda(*arguments: object, cwd: Path | None = None, env: dict[str, str] | None = None) -> Run:
    """Run the program in a process of its own, as a user does."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "140", "NO_COLOR": "1"} | (env or {})
    done = subprocess.run(
        [sys.executable, "-m", "servanda", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def accord_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accord") / "truce.yaml"
    path.write_text(ACCORD, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "deadline-passes.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory, accord_file: Path, report_file: Path) -> Path:
    """A dossier with one report. Tests that change a dossier make their own."""
    folder = tmp_path_factory.mktemp("dossiers") / "borderlands"
    assert servanda("init", folder, "--accord", accord_file).status == 0
    added = servanda("add", folder, report_file)
    assert added.status == 0, added.err + added.out
    return folder
