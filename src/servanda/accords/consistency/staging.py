"""Stages whose quantities do not add up."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from servanda.accords.consistency.inspection import step_name
from servanda.accords.quantities import SHARE

if TYPE_CHECKING:
    from servanda.accords.consistency.inspection import Inspection
    from servanda.core.accord import Provision, Quantity, Stage

SLACK = {"exactly": 0.0, "about": 0.1}
"""By how much a sum may differ from the whole, as a share of the whole; the other relations bound one side only."""
_ROUNDING = 1e-9


def check_stage_quantities(inspection: Inspection) -> None:
    """Check each series: one unit, no step back, and the whole reached in the end."""
    for provision in inspection.accord.provisions:
        counted = [stage for stage in provision.stages if stage.quantity is not None]
        if counted and _has_one_unit(provision, counted, inspection):
            _check_remaining(provision, [stage for stage in counted if stage.remaining], inspection)
            _check_sum(provision, counted, inspection)


def _quantity(stage: Stage) -> Quantity:
    assert stage.quantity is not None
    return stage.quantity


def _has_one_unit(provision: Provision, counted: list[Stage], inspection: Inspection) -> bool:
    whole = [provision.quantity] if provision.quantity is not None else []
    units = dict.fromkeys(quantity.unit for quantity in [*whole, *map(_quantity, counted)] if quantity.unit)
    if len({unit.casefold() for unit in units}) <= 1:
        return True
    inspection.findings.advice(
        inspection.place(provision.at, "stages"),
        f"the stages of '{provision.id}' count different things ({', '.join(units)}), so their sum is not checked",
        "use one unit, or make a provision of each",
        "different-units",
    )
    return False


def _check_remaining(provision: Provision, stages: list[Stage], inspection: Inspection) -> None:
    for stage, after in pairwise(stages):
        if _quantity(after).value > _quantity(stage).value:
            inspection.findings.error(
                inspection.place(after.at, "quantity"),
                f"{step_name(provision.id, after.number)} lets {_quantity(after).value:g} remain, more than the "
                f"{_quantity(stage).value:g} after stage {stage.number}",
                "a ceiling on what remains falls from stage to stage; correct one of the two",
                "stage-quantities",
            )
    whole = provision.quantity
    if stages and whole is not None and _quantity(stages[0]).value > whole.value * (1 + SLACK.get(whole.relation, 0)):
        inspection.findings.error(
            inspection.place(stages[0].at, "quantity"),
            f"{step_name(provision.id, stages[0].number)} lets {_quantity(stages[0]).value:g} remain of "
            f"{whole.value:g} in all",
            "correct the stage or the whole",
            "stage-quantities",
        )


def _check_sum(provision: Provision, stages: list[Stage], inspection: Inspection) -> None:
    whole = provision.quantity
    reached, is_bounded = 0.0, False
    for stage in stages:
        quantity = _quantity(stage)
        if stage.remaining:
            if whole is None:
                return
            reached = whole.value - quantity.value
            continue
        is_bounded |= quantity.relation in ("at least", "at most")
        if stage.cumulative and quantity.value < reached - _ROUNDING:
            inspection.findings.error(
                inspection.place(stage.at, "quantity"),
                f"{step_name(provision.id, stage.number)} comes to {quantity.value:g} in all, less than the "
                f"{reached:g} of the stages before it",
                "a cumulative quantity never falls; correct it, or leave 'cumulative' out",
                "stage-quantities",
            )
        reached = quantity.value if stage.cumulative else reached + quantity.value
    if whole is not None:
        _compare(provision, reached, whole, is_bounded, inspection)
    elif _quantity(stages[-1]).unit == SHARE:
        _compare_shares(provision, reached, is_bounded, inspection)


def _compare(provision: Provision, reached: float, whole: Quantity, is_bounded: bool, inspection: Inspection) -> None:
    slack = SLACK.get(whole.relation, 0.0) * whole.value + _ROUNDING * max(1.0, whole.value)
    too_much = reached > whole.value + slack and whole.relation != "at least"
    too_little = reached < whole.value - slack and whole.relation != "at most"
    if is_bounded or not (too_much or too_little):
        return
    inspection.findings.error(
        inspection.place(provision.at, "stages"),
        f"the stages of '{provision.id}' come to {reached:g}, and {whole.value:g} are owed in all",
        "correct a stage or the whole; mark totals since the beginning with 'cumulative: true'",
        "stage-quantities",
    )


def _compare_shares(provision: Provision, reached: float, is_bounded: bool, inspection: Inspection) -> None:
    place = inspection.place(provision.at, "stages")
    if reached > 1 + _ROUNDING:
        inspection.findings.error(
            place,
            f"the stages of '{provision.id}' come to {reached:.0%} of the whole",
            "correct a stage; mark totals since the beginning with 'cumulative: true'",
            "stage-quantities",
        )
    elif reached < 1 - 1e-6 and not is_bounded:
        inspection.findings.advice(
            place,
            f"the stages of '{provision.id}' come to {reached:.0%} of the whole only",
            "add the stage that is missing, or say what is owed in all under 'quantity'",
            "stage-quantities",
        )
