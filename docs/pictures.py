"""Draw the picture of the README anew from the Libya example.

make demo && .venv/bin/python docs/pictures.py demo
"""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from servanda import Dossier
from servanda.cli.status_table import print_status

_FOREIGN_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""The picture asks no other host for a font."""
AS_OF = date(2021, 6, 23)
SHOWN = ("ceasefire-2020", "lpdf-roadmap", "russia-turkey-2021")
THEME = TerminalTheme(
    (251, 250, 247),
    (27, 31, 36),
    [(27, 31, 36), (164, 22, 26), (27, 94, 53), (122, 74, 0), (31, 78, 121), (95, 60, 120), (0, 95, 95), (86, 93, 102)],
)


def main() -> None:
    dossier = Dossier(Path(sys.argv[1]))
    judged = dossier.status(as_of=AS_OF, known_by=AS_OF)
    out = Console(
        record=True, width=136, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    shown = [judgement for judgement in judged if judgement.instrument in SHOWN]
    print_status(out, dossier.accord, shown, as_of=AS_OF, known_by=AS_OF)
    target = Path(__file__).parent / "images" / "status.svg"
    drawn = out.export_svg(title=f"servanda status libya --as-of {AS_OF}", theme=THEME)
    target.write_text(_FOREIGN_FONT.sub("", drawn), encoding="utf-8")
    print(f"drew {target}")


if __name__ == "__main__":
    main()
