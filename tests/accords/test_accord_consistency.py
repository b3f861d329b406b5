"""Laws of the checks of consistency: what was made to fit is not blamed, and what cannot fit is found."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.accords import check, check_text, parse
from servanda.accords.consistency.due_dates import longest, shortest
from servanda.accords.consistency.stated_spans import stated_spans, states_a_time
from servanda.core.dates import Duration

SIGNED = date(2020, 10, 23)
HEAD = f"""\
accord: Test
parties: {{a: {{name: A}}, b: {{name: B}}}}
events:
  rain: {{title: Rain, on: {(SIGNED + timedelta(days=40)).isoformat()}}}
instruments:
  - id: i
    title: I
    status: signed
    signed: {SIGNED.isoformat()}
    verifier: b
    provisions:
"""


def errors(provisions: list[str]) -> list[str]:
    text = HEAD + "".join(f"      - {{{provision}}}\n" for provision in provisions)
    accord, problems = check_text(text, "accord.yaml")
    assert accord is not None, [str(problem) for problem in problems]
    return [problem.code for problem in problems if problem.error]


spans = st.builds(
    Duration,
    st.integers(0, 2),
    st.integers(0, 30),
    st.integers(0, 10),
    st.integers(0, 200),
) | st.builds(lambda days: Duration(business_days=days), st.integers(1, 100))


@given(spans, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_span_is_never_shorter_than_its_shortest_or_longer_than_its_longest(span: Duration, day: date) -> None:
    assert shortest(span) <= (span.after(day) - day).days <= longest(span)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_timetable_that_was_kept_is_not_blamed(data: st.DataObject) -> None:
    """Moments first, then deadlines, windows, spans and waits that these moments fulfil."""
    count = data.draw(st.integers(2, 6))
    moments = sorted(data.draw(st.lists(st.integers(0, 400), min_size=count, max_size=count)))
    provisions = []
    for number, moment in enumerate(moments):
        day = SIGNED + timedelta(days=moment)
        earlier = data.draw(st.sampled_from(range(number))) if number else None
        late = (day + timedelta(days=data.draw(st.integers(0, 50)))).isoformat()
        early = (day - timedelta(days=data.draw(st.integers(0, 50)))).isoformat()
        gap = moment - moments[earlier] if earlier is not None else 0
        deadlines = [
            f"{{by: {late}}}",
            f"{{not_before: {early}, by: {late}}}",
            f"{{on: {day.isoformat()}}}",
            f"{day.year}",
            f"{{within: {moment} days, after: signature}}",
            f"{{within: {moment // 28 + 1} months, after: signature}}",
            f"{{later_of: [{early}, {late}]}}",
            f"{{earlier_of: [{late}, {{within: {moment} days, after: signature}}]}}",
            "{none: soon}",
        ]
        if earlier is not None:
            deadlines += [
                f"{{within: {gap} days, after: p{earlier}}}",
                f"{{not_before: {{within: {gap} days, after: p{earlier}}}, by: {late}}}",
                f"{{not_before: {{within: {gap // 31} months, after: p{earlier}}}}}",
                f"{{after: p{earlier}}}",
            ]
        wait = f", condition: p{earlier}" if earlier is not None and data.draw(st.booleans()) else ""
        rain = ", depends_on: rain" if moment >= 40 and data.draw(st.booleans()) else ""
        deadline = data.draw(st.sampled_from(deadlines))
        provisions.append(f"id: p{number}, debtors: a, action: open, deadline: {deadline}{wait}{rain}")
    assert errors(provisions) == [], provisions


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(1, 100), st.integers(0, 30))
def test_a_deadline_before_what_it_waits_for_is_found(start: int, too_early: int, more: int) -> None:
    opens = SIGNED + timedelta(days=start)
    due = opens - timedelta(days=too_early)
    chain = [
        f"id: q{n}, debtors: b, action: open, deadline: none, condition: {f'q{n - 1}' if n else 'p'}" for n in range(5)
    ]
    found = errors(
        [
            f"id: p, debtors: a, action: open, deadline: {{not_before: {opens.isoformat()}}}",
            *chain,
            f"id: r, debtors: a, action: open, deadline: {due.isoformat()}, depends_on: [q4, q{more % 5}]",
        ]
    )
    assert "contradictory-deadlines" in found


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(range(6)),
    st.integers(1, 5),
    st.sampled_from(["condition: p{}", "deadline: {{within: 5 days, after: p{}}}"]),
)
def test_waiting_is_blamed_only_where_it_closes_a_circle(order: list[int], length: int, tie: str) -> None:
    line = [f"id: p{order[0]}, debtors: a, action: open"]
    line += [f"id: p{this}, debtors: a, action: open, {tie.format(that)}" for that, this in pairwise(order)]
    assert "waiting-cycle" not in errors(line)
    line[0] += f", {tie.format(order[length])}"
    assert errors(line).count("waiting-cycle") == 1


def test_one_way_out_breaks_a_circle() -> None:
    free = [
        "id: p, debtors: a, action: open, condition: {any: [q, rain]}",
        "id: q, debtors: b, action: open, condition: p",
    ]
    stuck = [free[0].replace("any", "all"), free[1]]
    assert errors(free) == []
    assert "waiting-cycle" in errors(stuck)


def test_reciprocal_steps_that_alternate_are_no_circle() -> None:
    stages = "[{{text: one{}}}, {{text: two, after: {{fulfilled: {}, stage: {}}}}}]"
    assert (
        errors(
            [
                f"id: p, debtors: a, action: withdraw, stages: {stages.format('', 'q', 1)}",
                "id: q, debtors: b, action: withdraw, stages: [{text: one, after: {fulfilled: p, stage: 1}}, "
                "{text: two, after: {fulfilled: p, stage: 2}}]",
            ]
        )
        == []
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=6), st.integers(-3, 3))
def test_stages_add_up_or_are_blamed(counts: list[int], off: int) -> None:
    total = sum(counts) + off
    if total <= 0:
        return
    per_stage = ", ".join(f"{{quantity: {count} guns}}" for count in counts)
    sums = [sum(counts[: number + 1]) for number in range(len(counts))]
    in_all = ", ".join(f"{{quantity: {count} guns, cumulative: true}}" for count in sums)
    left = ", ".join(f"{{quantity: {sum(counts) - count} guns, remaining: true}}" for count in sums)
    for stages in (per_stage, in_all):
        found = errors([f"id: p, debtors: a, action: disarm, quantity: {total} guns, stages: [{stages}]"])
        assert ("stage-quantities" in found) == (off != 0)
    assert errors([f"id: p, debtors: a, action: disarm, quantity: {sum(counts)} guns, stages: [{left}]"]) == []


def test_a_contradiction_does_not_keep_an_accord_from_being_used(tmp_path: Path) -> None:
    path = tmp_path / "accord.yaml"
    path.write_text(
        HEAD + "      - {id: p, debtors: a, action: open, deadline: {not_before: 2021-02-01, by: 2021-01-01}}\n"
    )
    accord, problems = check(path)
    assert accord is not None
    assert any(problem.error for problem in problems)
    assert parse(path.read_text(), "accord.yaml") == (parse(path.read_text(), "accord.yaml")[0], ())


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("within three months of signature", ["3 months"]),
        ("within ninety (90) days", ["90 days"]),
        ("a 90-day period", ["90 days"]),
        ("forty-five days, then 10 working days", ["45 days", "10 business days"]),
        ("within a month", ["1 month"]),
        ("one hundred and thirty-five (135) days", ["135 days"]),
        ("a hundred and eighty days, or two hundred days", ["180 days", "200 days"]),
        ("without delay", []),
        ("by 23 January 2021", []),
    ],
)
def test_spans_that_words_state(text: str, spans: list[str]) -> None:
    assert [str(span) for span in stated_spans(text)] == spans


@pytest.mark.parametrize("text", ["by March", "in 2021", "on Tuesday", "within weeks", "until the vote"])
def test_words_that_say_when(text: str) -> None:
    assert states_a_time(text)


def test_words_that_do_not_say_when() -> None:
    assert not states_a_time("All forces leave the country without delay.")


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "examples").glob("*/accord.yaml")), ids=str)
def test_the_examples_are_consistent(path: Path) -> None:
    accord, problems = check(path)
    assert accord is not None
    assert [str(problem) for problem in problems if problem.error] == []


def test_names_of_a_government_and_its_successor_may_be_shared() -> None:
    accord, problems = check_text(
        dedent("""\
            accord: Test
            parties:
              old: {name: Old government, aliases: [government], until: 2021-03}
              new: {name: New government, aliases: [Government], from: 2021-03}
            """),
        "accord.yaml",
    )
    assert accord is not None
    assert problems == ()
