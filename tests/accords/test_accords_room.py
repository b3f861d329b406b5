"""The room's front door: every public name is there, and costs nothing until it is used."""

from __future__ import annotations

import os
import subprocess
import sys
from inspect import isfunction

import pytest

from servanda import accords


def test_every_public_name_is_there() -> None:
    for _ in range(2):  # Importing a module must not put it in the place of a function of the same name.
        assert all(isfunction(getattr(accords, name)) for name in accords.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        accords.laod  # noqa: B018


def test_importing_the_room_loads_no_yaml_reader() -> None:
    code = (
        "import sys, importlib.util as u; import servanda.core;"
        "spec = u.find_spec('servanda.accords'); m = u.module_from_spec(spec); spec.loader.exec_module(m);"
        "sys.exit('yaml' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode == 0
