"""The command that opens a dossier in a browser: serve."""

from __future__ import annotations

from typing import Annotated

import typer

from servanda.cli.options import Folder


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(serve)


def serve(
    folder: Folder,
    host: Annotated[str, typer.Option("--host", metavar="H", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="P", min=1, max=65535, help="The port.")] = 8021,
) -> None:
    """Open a dossier in the browser."""
    import uvicorn

    from servanda.cli.output import console
    from servanda.web import create_app

    app = create_app(folder)
    console().print(f"Servanda is at http://{host}:{port}/ until you press Ctrl-C.", markup=False)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
