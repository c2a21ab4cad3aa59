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
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Advice(" in text else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Advice":
                yield f"{path.stem}:{node.lineno}", node


@pytest.fixture(scope="module")
def found() -> dict[str, ast.Call]:
    return dict(calls())


def test_what_is_advised_is_there(found: dict[str, ast.Call]) -> None:
    for place, call in found.items():
        name = ast.literal_eval(call.args[0])
        assert name == "" or name in BY_ID, place
        known = {option.name for option in BY_ID[name].options} if name else OPTIONS
        for pair in ast.walk(call):
            if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
                first = pair.elts[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    assert first.value in known, place


def test_advice_is_given_in_many_places(found: dict[str, ast.Call]) -> None:
    assert len(found) > 8
    assert Advice("check") == Advice("check", "", ())
