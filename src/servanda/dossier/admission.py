"""What a dossier asks of what is handed in, beside what `intake` asks: days that have come, commitments that exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from servanda.core.names import nearest
from servanda.core.problems import Problem, ServandaError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRow


def latest_day() -> date:
    """Tomorrow in UTC: nowhere on earth has a later day begun."""
    return datetime.now(UTC).date() + timedelta(days=1)


def refuse_future(what: str, published: date | None) -> None:
    """Refuse a day of publication that is still to come: until then nothing would be known of the document.

    Raises:
        ServandaError: the day is later than today, wherever one is.
    """
    if published is not None and published > latest_day():
        raise ServandaError(
            f"{what} would be published on {published.isoformat()}, which is still to come",
            "give the day on which it was published with --date, or put the date in its heading right",
        )


def commitments_of(accord: Accord) -> list[str]:
    """Every commitment of an accord, those of successors among them."""
    return [f"{provision.id}/{debtor}" for provision in accord.provisions for debtor in provision.debtors] + [
        f"{provision.id}/{record.successor}"
        for record in accord.records
        if record.successor
        for provision in accord.provisions
        if record.predecessor in provision.debtors
    ]


def doubt_about(row: ClaimRow, commitments: Sequence[str]) -> Problem | None:
    """What keeps a sound row of a table from counting: its report is still to come, or its commitment is none."""
    published = row.document.published
    if published > latest_day():
        what = f"the report would be published on {published.isoformat()}, which is still to come"
        return Problem(
            row.at, what, "put the day right in a new row, and withdraw this report", "row-to-come", error=False
        )
    if row.commitment is not None and row.commitment not in commitments:
        close = nearest(row.commitment, commitments)
        return Problem(
            row.at,
            f"{row.commitment!r} is no commitment of the accord, so that the row counts for none",
            f"did you mean {close!r}?" if close else "write it as provision/debtor, as `servanda status` shows it",
            "row-without-commitment",
            error=False,
        )
    return None
