"""What the example's own reports, all of them, must give."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.libya.expectation import Row, seen

if TYPE_CHECKING:
    from servanda.dossier import Dossier

END = date(2022, 12, 31)

TABLE = (
    Row("foreign-forces-leave/turkey", date(2021, 1, 22), "in force", outlook="at risk"),
    *(
        Row(f"foreign-forces-leave/{debtor}", END, "violated", due="2021-01-23")
        for debtor in ("turkey", "russia", "uae", "lna")
    ),
    Row("ceasefire-monitors/unsmil", END, "in force", outlook="none"),
    Row("front-lines-cleared/lna", END, "in force", outlook="none"),
    Row("legal-basis-by-july/house-of-representatives", date(2021, 7, 3), "overdue", due="2021-07-01"),
    Row("elections/gnu", date(2021, 12, 23), "in force", outlook="at risk", known_by=date(2021, 12, 23)),
    Row("elections/gnu", END, "violated", due="2021-12-24"),
    *(
        Row(f"arms-embargo/{debtor}", day, "violated", standing="verified", bound="endorsed")
        for debtor in ("turkey", "russia", "uae")
        for day in (date(2021, 3, 18), END)
    ),
    *(
        Row(f"coastal-road/{debtor}", day, state, known_by=known_by)
        for debtor in ("gnu", "lna")
        for day, known_by, state in (
            (date(2021, 6, 23), date(2021, 6, 23), "in force"),
            (date(2021, 6, 23), END, "in force"),
            (date(2021, 7, 30), date(2021, 7, 30), "fulfilled"),
            (date(2022, 7, 21), END, "reversed"),
            (date(2022, 7, 21), date(2022, 7, 21), "fulfilled"),
            (END, END, "fulfilled"),
        )
    ),
    *(
        Row(f"reciprocal-300/{debtor}", day, "tentative")
        for debtor in ("turkey", "russia")
        for day in (date(2021, 6, 23), END)
    ),
    *(Row(f"foreign-forces-berlin-2/{debtor}", END, "in force", due="none") for debtor in ("turkey", "russia")),
    *(Row(f"joint-command/{debtor}", END, "in force", due="none") for debtor in ("gnu", "lna")),
)


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_state(reports: Dossier, row: Row) -> None:
    assert seen(row, reports.judgement(row.commitment, as_of=row.as_of, known_by=row.known_by)) == row


def test_the_road_has_its_episode_on_record(reports: Dossier) -> None:
    for debtor in ("gnu", "lna"):
        judgement = reports.judgement(f"coastal-road/{debtor}", as_of=END, known_by=END)
        (episode,) = judgement.episodes
        assert (episode.first.year, episode.first.month) == (2022, 7)
        assert episode.last is not None


def test_the_road_has_a_history(reports: Dossier) -> None:
    entries = reports.history("coastal-road/lna", as_of=END, known_by=END)
    assert [entry.state.value for entry in entries] == ["in force", "fulfilled", "reversed", "fulfilled"]
    assert [str(entry.start) for entry in entries[1:2]] == ["2021-07-30"]


def test_late_reports_change_what_is_said_of_the_past_and_not_what_was_said_then(reports: Dossier) -> None:
    day = date(2021, 2, 1)
    then = reports.judgement("arms-embargo/turkey", as_of=day, known_by=day)
    now = reports.judgement("arms-embargo/turkey", as_of=day, known_by=END)
    assert (then.state.value, now.state.value) == ("in force", "violated")


def test_the_reservation_stands_beside_its_paragraph_only(reports: Dossier) -> None:
    notes = {
        judgement.id: " ".join(judgement.notes).lower()
        for judgement in reports.status(as_of=END, known_by=END)
        if judgement.debtor in ("turkey", "russia")
    }
    assert "reserv" in notes["foreign-forces-berlin-2/turkey"]
    assert not [
        identity for identity, words in notes.items() if "reserv" in words and not identity.endswith("2/turkey")
    ]


def test_three_hundred_chadians_count_for_nobody_else(reports: Dossier) -> None:
    for provision in ("foreign-forces-leave", "reciprocal-300", "foreign-forces-2570", "foreign-forces-berlin-2"):
        for debtor in ("turkey", "russia"):
            judgement = reports.judgement(f"{provision}/{debtor}", as_of=END, known_by=END)
            assert judgement.share in (None, 0), judgement.id
            assert judgement.state.value not in ("in progress", "fulfilled", "fulfilled late"), judgement.id


@pytest.mark.parametrize(("first", "second"), [("09", "10"), ("22", "23")])
def test_copies_of_one_dispatch_are_one_origin(reports: Dossier, first: str, second: str) -> None:
    """The same words in two papers never count as two origins, also where letters were exchanged for look-alikes."""
    shared = 0
    for judgement in reports.status(as_of=END, known_by=END):
        origins: dict[str, set[str]] = {first: set(), second: set()}
        for item in judgement.evidence:
            origins.get(item.record.document.id[:2], set()).add(item.origin)
        if origins[first] and origins[second]:
            shared += bool(origins[first] & origins[second])
    assert shared


def test_what_is_not_english_is_kept_and_not_read(reports: Dossier) -> None:
    languages = {document.id[:2]: document.language for document in reports.documents()}
    assert (languages["25"], languages["27"]) == ("it", "fr")
    assert not [record for record in reports.records() if record.document.id[:2] in ("25", "27")]


def test_nobody_was_given_more_time(reports: Dossier) -> None:
    judgement = reports.judgement("foreign-forces-leave/turkey", as_of=END, known_by=END)
    assert str(judgement.due) == "2021-01-23"


def test_the_example_has_no_problem() -> None:
    from servanda.dossier import check_accord
    from tests.libya.conftest import EXAMPLE

    accord, problems = check_accord(EXAMPLE / "accord.yaml")
    assert accord is not None
    assert not [str(problem) for problem in problems if problem.error]


def test_every_report_names_its_page() -> None:
    from tests.libya.conftest import EXAMPLE

    for path in sorted((EXAMPLE / "reports").glob("*.txt")):
        heading, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in heading.splitlines())
        assert fields["Title"]
        assert fields["Publisher"]
        assert fields["Address"].startswith("http")
        date.fromisoformat(fields["Date"])
        assert body.strip(), path.name
