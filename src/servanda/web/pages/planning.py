"""The plan: schedule, remaining strength and exposure over time, equal numbers beside it, and what-if controls."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from servanda.core.forces import Measure, Order
from servanda.core.problems import ServandaError
from servanda.dossier.planning import equal_numbers_beside, has_forces, plan_withdrawal, task_from
from servanda.publishing.schedule_charts import schedule_chart
from servanda.publishing.schedule_table import COLUMNS, promises, rows, schedule_csv
from servanda.web.rendering import render
from servanda.web.view import day_of, view_of

if TYPE_CHECKING:
    from pathlib import Path

    from servanda.dossier.planning import Plan, Progress

router = APIRouter()

Chosen = TypeVar("Chosen", Order, Measure)

SECONDS = 8.0
"""How long one plan may take; the search keeps the best it has."""
_KEPT = 12


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The controls of the page; each plan belongs to one setting of them."""

    order: Order
    measure: Measure
    lag: int | None
    deadline: str

    @property
    def parameters(self) -> dict[str, str]:
        """As they stand in the address."""
        lag = "" if self.lag is None else str(self.lag)
        return {"order": self.order.value, "measure": self.measure.value, "lag": lag, "deadline": self.deadline}


USUAL = WhatIf(Order.LEAPFROG, Measure.SHARE, None, "")
"""The setting that the page opens with."""


@dataclass(slots=True)
class Job:
    """A plan in the making: how far it is, and what came of it."""

    progress: Progress | None = None
    plan: Plan | None = None
    error: ServandaError | None = None
    done: threading.Event = field(default_factory=threading.Event)


class Plans:
    """Plans that were asked for, made one at a time in the background, and kept until the accord changes."""

    def __init__(self, folder: Path) -> None:
        """Start empty."""
        self._folder = folder
        self._jobs: OrderedDict[tuple[object, ...], Job] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._offered: tuple[object, bool] = (None, False)

    def offered(self, revision: object) -> bool:
        """Whether the accord has forces to plan for; looked up again only when the accord changed."""
        if self._offered[0] != revision:
            self._offered = (revision, has_forces(self._folder))
        return self._offered[1]

    def of(self, wanted: WhatIf, revision: object) -> Job:
        """The job for a setting, begun now if there is none."""
        key = (wanted, revision)
        with self._lock:
            if key not in self._jobs:
                self._jobs[key] = job = Job()
                threading.Thread(target=self._make, args=(job, wanted), daemon=True).start()
                while len(self._jobs) > _KEPT:
                    self._jobs.popitem(last=False)
            return self._jobs[key]

    def _make(self, job: Job, wanted: WhatIf) -> None:
        def note(progress: Progress) -> None:
            job.progress = progress

        try:
            deadline = day_of("deadline", wanted.deadline) if wanted.deadline else None
            task = task_from(self._folder, lag=wanted.lag, deadline=deadline)
            with self._turn:
                job.plan = plan_withdrawal(
                    task, order=wanted.order, measure=wanted.measure, time_limit=SECONDS, progress=note
                )
        except ServandaError as error:
            job.error = error
        finally:
            job.done.set()


def _wanted(request: Request) -> WhatIf:
    """The controls as the address sets them.

    Raises:
        ServandaError: one of them is set to something that it cannot be.
    """
    asked = request.query_params
    order = _chosen("order", asked.get("order") or Order.LEAPFROG, Order)
    measure = _chosen("measure", asked.get("measure") or Measure.SHARE, Measure)
    lag = asked.get("lag") or None
    if lag is not None and not (lag.isdecimal() and len(lag) < 7 and int(lag) <= 52):
        raise ServandaError(f"{lag!r} is no number of periods", "give 0 to 52")
    deadline = asked.get("deadline") or ""
    if deadline:
        day_of("deadline", deadline)
    return WhatIf(order, measure, None if lag is None else int(lag), deadline)


def _chosen(name: str, value: str, choices: type[Chosen]) -> Chosen:
    try:
        return choices(value)
    except ValueError:
        raise ServandaError(f"{value!r} is no {name}", f"choose one of {', '.join(choices)}") from None


def _job(request: Request, wanted: WhatIf) -> Job:
    job: Job = request.app.state.plans.of(wanted, request.app.state.dossier.accord_path.stat().st_mtime_ns)
    return job


@router.get("/plan", response_class=HTMLResponse)
def plan_page(request: Request) -> HTMLResponse:
    """The page; while the plan is being made, only its progress."""
    wanted = _wanted(request)
    job = _job(request, wanted)
    job.done.wait(0.3)
    return render(request, "plan.html", _context(request, wanted, job))


@router.get("/plan/progress", response_class=HTMLResponse)
def plan_progress(request: Request) -> HTMLResponse:
    """The part of the page that changes while the plan is being made."""
    wanted = _wanted(request)
    return render(request, "plan_result.html", _context(request, wanted, _job(request, wanted)))


def _context(request: Request, wanted: WhatIf, job: Job) -> dict[str, object]:
    view = view_of(request)
    made = job.plan
    return {
        "view": view,
        "wanted": wanted,
        "orders": list(Order),
        "measures": list(Measure),
        "job": job,
        "plan": made,
        "columns": COLUMNS,
        "rows": rows(made.schedule, made.task) if made else (),
        "promises": promises(made.schedule, made.certificate) if made else (),
        "equal": equal_numbers_beside(made)[1].exposure if made else None,
        "percent": _percent,
    }


def _percent(value: Fraction | float) -> str:
    return f"{float(value):.1%}"


def finished(request: Request, wanted: WhatIf) -> Plan:
    """The plan of a setting, waited for.

    Raises:
        HTTPException: 404 where there is none, with the reason.
    """
    job = _job(request, wanted)
    job.done.wait(SECONDS * 3)
    if job.plan is None:
        raise HTTPException(404, str(job.error) if job.error else "this plan is still being made; ask again")
    return job.plan


@router.get("/plan/chart.svg")
def chart(request: Request) -> Response:
    """What remains and what each side risks, with equal numbers beside it."""
    made = finished(request, _wanted(request))
    equal, certificate = equal_numbers_beside(made)
    drawn = schedule_chart(made.schedule, made.task, made.certificate, beside=("equal numbers", equal, certificate))
    return Response(drawn, media_type="image/svg+xml")


@router.get("/plan/schedule.csv")
def table(request: Request) -> Response:
    """The schedule as CSV."""
    made = finished(request, _wanted(request))
    headers = {"Content-Disposition": 'attachment; filename="schedule.csv"'}
    return Response(schedule_csv(made.schedule, made.task), media_type="text/csv; charset=utf-8", headers=headers)
