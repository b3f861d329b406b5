"""What the documentation names exists, and what exists is documented."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from servanda.cli.app import app
from servanda.core.vocabulary import Outlook, Stance, Standing, State

ROOT = Path(__file__).parent.parent
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GROUP = typer.main.get_command(app)
COMMANDS: dict[str, Any] = GROUP.commands  # type: ignore[attr-defined]


def options_of(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")} - {"--help"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    assert f"`servanda {name} " in COMMANDS_PAGE or f"`servanda {name}`" in COMMANDS_PAGE
    missing = [option for option in options_of(COMMANDS[name]) if option not in COMMANDS_PAGE]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)servanda ([a-z]+)", text, re.MULTILINE))
    assert named <= set(COMMANDS)
    known = {option for command in COMMANDS.values() for option in options_of(command)} | {"--help"}
    for line in re.findall(r"servanda [a-z]+[^`\n]*", text):
        assert set(re.findall(r"(?<![\w-])--[a-z-]+", line)) <= known, line


@pytest.mark.parametrize("word", [*State, *Standing, *Outlook, *Stance], ids=str)
def test_every_state_standing_outlook_and_stance_is_documented(word: str) -> None:
    assert f"`{word}`" in COMMANDS_PAGE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
