"""The browser: see it, check it, decide it, share it."""

from servanda.web.app import create_app

__all__ = ["create_app"]
