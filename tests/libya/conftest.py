"""The Libya example as dossiers: with the two seed articles only, and with all of its own reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.dossier import Dossier

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "libya"
SEEDS = ROOT.parent / "shared" / "seeds"


def _dossier(folder: Path, sources: Path) -> Dossier:
    dossier = Dossier.create(folder / "libya", EXAMPLE / "accord.yaml")
    failed = [added for added in dossier.add([sources]) if added.error is not None]
    assert not failed, [f"{added.path.name}: {added.error}" for added in failed]
    return dossier


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The example's accord with the two real articles."""
    if not SEEDS.is_dir():
        pytest.skip("the two articles are not part of the repository: ../shared/seeds is absent")
    return _dossier(tmp_path_factory.mktemp("seeds"), SEEDS)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The example's accord with all of its reports."""
    return _dossier(tmp_path_factory.mktemp("reports"), EXAMPLE / "reports")
