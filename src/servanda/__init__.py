"""Servanda: who undertook what, by when, and whether it was kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servanda.dossier import Dossier

# Nothing is sent anywhere. ONNX Runtime, which runs the reader's weights, reports its use to its maker over the network
# and keeps an identifier of the machine in the home folder, unless it is told not to before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__all__ = ["Dossier"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`Dossier` is loaded on first use, so that `servanda.entry` is there before anything that takes time."""
    if name != "Dossier":
        raise AttributeError(f"module 'servanda' has no attribute {name!r}")
    from servanda.dossier import Dossier

    return Dossier
