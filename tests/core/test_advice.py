"""Advice is data: the steps and options that the product advises are those that there are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import qcity_xl
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID, STEPS

PACKAGE = Path(qcity_xl.__file__).parent
OPTIONS = {option.name for step in STEPS for option in step.options}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Advice":
                yield f"{path.stem}:{node.lineno}", node


CALLS = dict(calls())


@pytest.mark.parametrize("place", CALLS)
def test_what_is_advised_is_there(place: str) -> None:
    step, *_ = CALLS[place].args
    name = ast.literal_eval(step)
    assert name == "" or name in BY_ID
    known = {option.name for option in BY_ID[name].options} if name else OPTIONS
    for pair in ast.walk(CALLS[place]):
        if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
            first = pair.elts[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                assert first.value in known


def test_advice_is_given_in_many_places() -> None:
    assert len(CALLS) > 8
    assert Advice("check") == Advice("check", "", ())
