"""The browser: see it, check it, decide it, share it."""

from servanda.web.accounts import Accounts, Role
from servanda.web.app import create_app
from servanda.web.security import LOCAL

__all__ = ["LOCAL", "Accounts", "Role", "create_app"]
