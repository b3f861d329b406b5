"""Servanda: who undertook what, by when, and whether it was kept."""

import os

from servanda.dossier import Dossier

# Nothing is sent anywhere. ONNX Runtime, which runs the reader's weights, reports its use to its maker over the network
# and keeps an identifier of the machine in the home folder, unless it is told not to before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__all__ = ["Dossier"]
__version__ = "0.1.0"
