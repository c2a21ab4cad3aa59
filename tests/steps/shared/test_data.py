"""The page of JSON keys agrees with the types, and what a command prints with both."""

import types
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.steps.shared import data
from tests.steps.conftest import Qcity
from tools.make_json_page import PAGE, page


def test_the_page_is_what_the_types_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.make_json_page"


def fits(value: Any, kind: Any) -> bool:
    """Whether a value that came from JSON has a type."""
    if is_typeddict(kind):
        if not isinstance(value, dict):
            return False
        keys, hints = set(value), get_type_hints(kind)
        known = kind.__required_keys__ <= keys <= set(hints)
        return known and all(fits(value[key], hints[key]) for key in keys)
    if get_origin(kind) is list:
        return isinstance(value, list) and all(fits(one, get_args(kind)[0]) for one in value)
    if get_origin(kind) in (Union, types.UnionType):
        return any(fits(value, one) for one in get_args(kind))
    if get_origin(kind) is dict:
        return isinstance(value, dict)
    return kind is Any or isinstance(value, int | float if kind is float else kind)


@pytest.mark.parametrize("command", ["check", "split", "why", "log", "undo"])
def test_what_a_command_prints_has_the_keys(qcity: Qcity, master: Path, command: str) -> None:
    more = {"split": ("--out", master.parent / "下发"), "why": ("13",)}.get(command, ())
    kind = getattr(data, f"{BY_ID[command].id.capitalize()}Data")
    assert fits(qcity(command, master, *more)[1], kind)
    assert not fits({"problems": [{"code": 1}]}, kind)
