"""A step carried out by its record: the one way of command line, ribbon and window."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from importlib import import_module
from inspect import signature
from typing import Any

from qcity_xl.core.catalogue import Step
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.target import Target


def run(step: Step, target: Target, context: Context, asked: Mapping[str, Any]) -> Outcome[Any]:
    """The outcome of a step; `asked` holds the values of its options by their names.

    Only the step's own module is imported, and only here: a click pays for nothing else.
    """
    function = getattr(import_module(f"qcity_xl.steps.{step.module or step.id}"), step.id)
    given = {name: value for name, value in asked.items() if name != "force"}
    context = replace(context, force=context.force or bool(asked.get("force")))
    if step.effect != "reads":
        given["context"] = context
    if step.alternatives("way"):
        given = _with_orders(given, signature(function).parameters)
    outcome: Outcome[Any] = function(target, **given)
    notes = tuple(context.notes)
    if not notes:
        return outcome
    data = {**outcome.data, "notes": list(notes)}
    return replace(outcome, data=data, notices=(*notes, *outcome.notices))


def _with_orders(given: Mapping[str, Any], own: Collection[str]) -> dict[str, Any]:
    """What concerns mail gathered into one value, beside the parameters of the step's `own`."""
    from qcity_xl.steps.shared.mail_orders import orders

    others = {name: value for name, value in given.items() if name in own}
    return {**others, "orders": orders({n: v for n, v in given.items() if n not in own})}


def clean(step: Step, asked: Mapping[str, object]) -> dict[str, Any]:
    """What was really asked for: without it a step takes its own default."""
    names = {option.name for option in step.options}
    return {n: v for n, v in asked.items() if n in names and v not in (None, "", (), [], False)}
