"""Charts of a schedule: what remains of both sides, and what each risks, over time. SVG or PNG, without a display.

Matplotlib draws both from one description, with its own renderer; nothing is shown on a screen.
"""

from __future__ import annotations

import io
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from servanda.core.forces import Measure

if TYPE_CHECKING:
    from servanda.core.forces import Withdrawal
    from servanda.core.schedules import Certificate, Moment, Schedule

COLOURS = ("#1b5e9b", "#b8470b")
STYLES = ("-", "--")
MOST_REGIONS = 6


def schedule_chart(
    schedule: Schedule,
    task: Withdrawal,
    certificate: Certificate,
    *,
    beside: tuple[str, Schedule, Certificate] | None = None,
    form: str = "svg",
) -> bytes:
    """Above what remains, below what each side risks, with the worst moment marked; regions in further rows.

    `beside` is another schedule under a title, drawn next to it on the same scales: why not 300 each. `form` is `svg`
    or `png`. The same schedule always gives the same bytes.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = [("This schedule", schedule, certificate)] + ([beside] if beside else [])
    regions = sorted({moment.region for moment in certificate.moments if moment.region is not None})[:MOST_REGIONS]
    figure = Figure(figsize=(6.2 * len(shown) + 1.2, 3.0 * (2 + len(regions))), layout="constrained")
    FigureCanvasAgg(figure)
    axes: Any = figure.subplots(2 + len(regions), len(shown), squeeze=False, sharey="row")
    for column, (title, one, found) in enumerate(shown):
        _remaining(axes[0][column], one, task, found, title)
        _exposure(axes[1][column], one, task, list(found.moments), "What each side risks, in its worst capability")
        for row, region in enumerate(regions, 2):
            local = [moment for moment in found.moments if moment.region == region]
            _exposure(axes[row][column], one, task, local, f"What each side risks in {region}")
    out = io.BytesIO()
    from matplotlib import rc_context

    with rc_context({"svg.hashsalt": "servanda", "svg.fonttype": "path"}):
        figure.savefig(out, format=form, metadata={"Date": None} if form == "svg" else {"Software": None}, dpi=110)
    return out.getvalue()


def _series(moments: list[Moment], side: str) -> dict[int, Moment]:
    """For each period the worst moment of a side."""
    found: dict[int, Moment] = {}
    for moment in moments:
        if moment.side == side and (moment.period not in found or moment.exposure > found[moment.period].exposure):
            found[moment.period] = moment
    return dict(sorted(found.items()))


def _labels(axis: Any, schedule: Schedule) -> None:
    periods = schedule.periods
    step = max(1, len(periods) // 8)
    ticks = [period.number for period in periods[::step]]
    axis.set_xticks(ticks)
    if periods[0].last is not None:
        ends = {period.number: period.last for period in periods}
        axis.set_xticklabels([ends[tick].strftime("%d %b %y") for tick in ticks], rotation=30, fontsize=8)  # type: ignore[union-attr]
        axis.set_xlabel("end of period", fontsize=8)
    else:
        axis.set_xlabel("period", fontsize=8)
    axis.grid(alpha=0.3)
    axis.set_xlim(0, len(periods) + 0.5)


def _percent(axis: Any, schedule: Schedule) -> None:
    if schedule.measure is Measure.SHARE:
        axis.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def _remaining(axis: Any, schedule: Schedule, task: Withdrawal, certificate: Certificate, title: str) -> None:
    first = next((d for d in task.compared if d.region is None), task.compared[0])
    for number, side in enumerate(task.sides):
        own = {m.period: m.own for m in certificate.moments if m.side == side and m.dimension == first.name}
        whole = 1.0 if schedule.measure is Measure.SHARE else float(first.held[number])
        axis.step(
            [0, *own],
            [whole, *(whole - float(value) for value in own.values())],
            STYLES[number],
            where="post",
            color=COLOURS[number],
            label=side,
        )
    axis.set_title(f"{title}: {first.name} that remains", fontsize=10)
    axis.set_ylim(bottom=0)
    axis.legend(fontsize=8)
    _percent(axis, schedule)
    _labels(axis, schedule)


def _exposure(axis: Any, schedule: Schedule, task: Withdrawal, moments: list[Moment], title: str) -> None:
    worst: dict[str, Moment] = {}
    for number, side in enumerate(task.sides):
        series = _series(moments, side)
        if not series:
            continue
        axis.plot(
            list(series),
            [float(moment.exposure) for moment in series.values()],
            STYLES[number],
            marker="o",
            markersize=3,
            color=COLOURS[number],
            label=side,
        )
        worst[side] = max(series.values(), key=lambda moment: moment.exposure)
    if worst:
        top = max(worst.values(), key=lambda moment: moment.exposure)
        shown = f"{float(top.exposure):.1%}" if schedule.measure is Measure.SHARE else f"{float(top.exposure):,.6g}"
        axis.plot([top.period], [float(top.exposure)], "X", color="black", markersize=9, zorder=5)
        axis.annotate(
            f"worst: {top.side} {shown}\n{top.dimension}",
            (top.period, float(top.exposure)),
            textcoords="offset points",
            xytext=(6, 8),
            fontsize=7,
        )
        axis.legend(fontsize=8, loc="lower left")
        axis.margins(y=0.25)
    axis.axhline(0, color="grey", linewidth=0.8)
    axis.set_title(title, fontsize=10)
    _percent(axis, schedule)
    _labels(axis, schedule)


def chart_data(schedule: Schedule, task: Withdrawal, certificate: Certificate) -> dict[str, object]:
    """The same figures as plain values, for a chart drawn elsewhere (the browser's)."""
    sides: dict[str, object] = {}
    for side in task.sides:
        by_dimension: dict[str, list[dict[str, object]]] = defaultdict(list)
        for moment in certificate.moments:
            if moment.side == side:
                by_dimension[moment.dimension].append(
                    {
                        "period": moment.period,
                        "half": moment.half,
                        "gone": float(moment.own),
                        "verified": float(moment.seen),
                        "exposure": float(moment.exposure),
                    }
                )
        sides[side] = by_dimension
    return {
        "measure": str(schedule.measure),
        "periods": [{"n": p.number, "to": p.last.isoformat() if p.last else None} for p in schedule.periods],
        "sides": sides,
        "worst": [
            {"side": m.side, "period": m.period, "dimension": m.dimension, "exposure": str(m.exposure)}
            for m in certificate.worst
        ],
    }
