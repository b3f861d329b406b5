"""Nothing is sent anywhere, and nothing is left in the home folder."""

import os
import subprocess
import sys
from pathlib import Path

TEXT = "Date: 2021-01-29\n\nRebels withdrew 40 fighters from the town on Friday, the mission said.\n"


def test_reading_leaves_no_trace_in_the_home_folder(tmp_path: Path) -> None:
    """A library that reports its use keeps an identifier and a queue of events there; this one is told not to."""
    home, text = tmp_path / "home", tmp_path / "text.txt"
    home.mkdir()
    text.write_text(TEXT, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    program = [sys.executable, "-m", "servanda", "read", "--jsonl", str(text)]
    found = subprocess.run(program, env=kept | {"HOME": str(home)}, capture_output=True, text=True, check=True)
    assert "withdraw" in found.stdout
    assert [path.relative_to(home) for path in home.rglob("*")] == []
