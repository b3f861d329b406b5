"""The one rule of imports: a stage imports core and itself; only the dossier composes stages."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "servanda"
STAGES = {"accords", "intake", "reading", "ledger", "judging", "planning", "verifying", "publishing"}
FACES = {"cli", "web", "bulk"}
ALLOWED = (
    {
        "core": {"core"},
        "dossier": {"dossier", "core"} | STAGES,
        "__main__": {"entry"},
        "entry": {"cli"},
        "__init__": {"dossier"},
    }
    | {stage: {stage, "core"} for stage in STAGES}
    | {face: {face, "core", "dossier", "publishing"} for face in FACES}
)
EXCEPTIONS = {"cli/serving.py": {"web"}, "cli/app.py": {"entry"}}
"""The command that serves opens the browser's application; what Ctrl-C looks like is known where the program begins."""
MODULES = sorted(ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(source: str, package: str) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                base = package.split(".")[: len(package.split(".")) - node.level + 1]
                names = [".".join([*base, node.module or ""])]
            elif node.module == "servanda":
                names = [f"servanda.{alias.name}" for alias in node.names]
            else:
                names = [node.module or ""]
        rooms |= {name.split(".")[1] for name in names if name.startswith("servanda.")}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_the_rule_allows(path: Path) -> None:
    package = ".".join(["servanda", *path.relative_to(ROOT).parent.parts])
    allowed = ALLOWED[room_of(path)] | EXCEPTIONS.get(path.relative_to(ROOT).as_posix(), set())
    assert imported_rooms(path.read_text(encoding="utf-8"), package) <= allowed


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) == "core"], ids=lambda path: path.name)
def test_core_needs_nothing_but_the_standard_library(path: Path) -> None:
    import sys

    tree = ast.parse(path.read_text(encoding="utf-8"))
    tops = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    tops |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert tops <= set(sys.stdlib_module_names) | {"servanda"}


def test_the_rule_sees_a_forbidden_import() -> None:
    assert imported_rooms("from servanda.judging.fold import judge", "servanda.accords") == {"judging"}
    assert imported_rooms("from servanda import judging", "servanda.accords") == {"judging"}
    assert imported_rooms("from ..judging import fold", "servanda.accords") == {"judging"}
