"""The `forces:` section of an accord, written as its author writes it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from ruamel.yaml import YAML

from servanda.core.problems import ServandaError
from servanda.planning.section import forces_from_accord

SECTION = """
sides: [east, west]
start: 2021-10-08
deadline: 2021-12-24
period: 1 week
verification_lag: 1
materiality: 10%
sites:
  jufra: {region: centre, influence: {south: 0.25}}
  misrata: west coast
exits:
  jufra airfield: 400
  misrata port: {capacity: 600, source: estimate}
units:
  - {id: wagner, side: east, owner: Russia, kind: fighters, count: 1200, site: jufra, exit: jufra airfield,
     capabilities: {men: 1, air: 0.02}}
  - {id: sna, side: west, owner: Türkiye, kind: fighters, count: 3000, site: misrata, exit: misrata port, earliest: 2,
     capabilities: {men: 1}}
precedences:
  - {first: wagner, then: sna}
ceilings:
  - {side: east, by: 2021-11-30, at_most: 600}
exchanges:
  - {id: pledge, east: fighters, west: fighters}
"""


def read(text: str):
    return forces_from_accord(YAML().load(text), "accord.yaml")


def test_a_section_is_read_whole() -> None:
    task = read(SECTION)
    assert task.sides == ("east", "west")
    assert len(task.periods) == 11
    assert task.periods[-1].last.isoformat() == "2021-12-23"
    assert dict(task.forces[0].influence) == {"centre": Fraction(1), "south": Fraction(1, 4)}
    assert task.forces[1].influence == (("west coast", Fraction(1)),)
    assert (task.lag, task.materiality) == (1, Fraction(1, 10))
    assert task.ceilings[0].period == 7
    assert [dimension.name for dimension in task.compared] == ["men", "pledge"]
    assert "only east holds it" in {dimension.left_out for dimension in task.dimensions}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("units:", "unit:", "accord.yaml:14: nobody knows 'unit' under forces"),
        ("count: 1200", "count: many", "accord.yaml:15: `count` is 'many'"),
        ("side: west,", "side: north,", "'north' is neither side"),
        ("site: jufra,", "site: jafra,", "the site 'jafra' is not listed"),
        ("exit: misrata port", "exit: misrata", "exit 'misrata' is not listed"),
        ("deadline: 2021-12-24", "deadline: 2021-10-09", "no period of 1 week fits"),
        ("deadline: 2021-12-24", "", "the timetable has no length"),
        ("period: 1 week", "period: soon", "the period is 'soon'"),
        ("at_most: 600", "at_most: none", "`at_most` is 'none'"),
        ("by: 2021-11-30", "by: 2021-10-09", "no period ends by 2021-10-09"),
        ("then: sna", "then: sma", "no force is called 'sma'"),
        ("then: sna}", "then: sna}\n  - {first: sna, then: wagner}", "wait for each other"),
        ("id: sna", "id: wagner", "the id 'wagner' stands on 2 rows"),
        ("earliest: 2", "earliest: 40", "'sna' can leave in no period"),
        ("sides: [east, west]", "sides: [east]", "1 sides are named"),
        ("materiality: 10%", "materiality: lots", "`materiality` is 'lots'"),
        ("men: 1, air", "men: -1, air", "`men` is -1"),
        (", west: fighters}", "}", "an exchange needs a kind for each side"),
        ("jufra airfield: 400", "jufra airfield: ", "exit jufra airfield has no capacity"),
    ],
)
def test_messages_name_the_line(old: str, new: str, message: str) -> None:
    assert old in SECTION
    with pytest.raises(ServandaError) as raised:
        read(SECTION.replace(old, new))
    assert message in str(raised.value)


def test_a_section_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(ServandaError, match="`forces` is not a mapping"):
        forces_from_accord(["a"], "accord.yaml")  # type: ignore[arg-type]


def test_the_example_in_the_documentation_can_be_planned() -> None:
    import re
    from pathlib import Path

    from servanda.planning.planner import plan

    page = (Path(__file__).parents[2] / "docs" / "planning.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert block is not None
    task = forces_from_accord(YAML().load(block[1])["forces"], "docs/planning.md")
    found = plan(task, time_limit=1)
    assert found.certificate.valid
    assert min(m.period for m in found.schedule.moves if m.force == "fighters-misrata") > 2
