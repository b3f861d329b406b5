"""Servanda: who undertook what, by when, and whether it was kept."""

from servanda.dossier import Dossier

__all__ = ["Dossier"]
__version__ = "0.1.0"
