"""Commands that open a dossier in a browser: serve, account."""

from __future__ import annotations

import socket
import sys
from typing import Annotated

import typer

from servanda.cli.options import Folder
from servanda.cli.output import console
from servanda.core.problems import ServandaError
from servanda.dossier import Dossier


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(serve)
    app.command()(account)


def serve(
    folder: Folder,
    host: Annotated[str, typer.Option("--host", metavar="H", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="P", min=1, max=65535, help="The port.")] = 8021,
) -> None:
    """Open a dossier in the browser.

    On any other address than this machine's own it demands accounts; make them with `servanda account`.
    """
    import uvicorn

    from servanda.web import LOCAL, create_app

    if host in LOCAL or host == "::1":
        app = create_app(folder, judges_at_start=True)
    else:
        hosts = ("*",) if host in ("0.0.0.0", "::") else (host,)
        app = create_app(folder, demands_accounts=True, hosts=hosts, judges_at_start=True)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServandaError(
                f"{host}:{port} cannot be listened on: {error.strerror}", "choose another with --port or --host"
            ) from None
    console().print(f"Servanda is at http://{host}:{port}/ until you press Ctrl-C.", markup=False)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def account(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to log in with.")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="reader, analyst or editor.")] = "reader",
) -> None:
    """Make an account for the browser, or give one a new role and password. The password is asked for."""
    from servanda.web import Accounts, Role

    dossier = Dossier(folder)
    if role not in list(Role):
        raise ServandaError(f"{role!r} is no role", f"choose one of {', '.join(Role)}")
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    Accounts(dossier.folder).create(name, Role(role), password)
    console().print(f"{name} may log in as {role}.", markup=False)
