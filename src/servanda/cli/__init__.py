"""The command line."""

from servanda.cli.app import main

__all__ = ["main"]
