"""The card beside the weights: as JSON for the program, as a page for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("card-page.md")
COLUMNS = ("sentences", "claims", "claim", "precision", "recall", "action", "mission", "trigger", "act", "polarity")
MORE = ("certainty", "quote", "actors", "source", "invented")


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write `card.json`, and, once there are figures, `CARD.md` from it."""
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    if "figures" in card:
        (folder / "CARD.md").write_text(page(card), "utf-8")


def page(card: dict[str, Any]) -> str:
    """The card as a page."""
    figures: dict[str, dict[str, Any]] = card.get("figures", {})
    columns = [*COLUMNS, *MORE]
    table = [f"| set | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    table += [f"| {name} | {' | '.join(str(row[column]) for column in columns)} |" for name, row in figures.items()]
    triage = ["| set | threshold | claims in sentences that pass | words skipped |", "|---|---|---|---|"]
    triage += [
        f"| {name} | {step['threshold']} | {step['claims kept']:.1%} | {step['words skipped']:.1%} |"
        for name, row in figures.items()
        for step in row["triage"]
    ]
    return PAGE.read_text("utf-8").format(
        version=card["version"],
        base=card["base"],
        layers=card["recipe"]["layers"],
        threshold=card["threshold"],
        practice=card["recipe"]["practice"],
        gold=card["learnt"]["gold"],
        wire=card["learnt"]["wire"],
        dispatches=card["learnt"]["dispatches"],
        table="\n".join(table),
        triage="\n".join(triage),
    )
