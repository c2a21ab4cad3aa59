"""A step's record and its function say the same, and no sentence of a click names an option."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest

import qcity_xl
from qcity_xl.core.catalogue import STEPS, Step
from qcity_xl.steps.run import clean

PACKAGE = Path(qcity_xl.__file__).parent
WITH_FUNCTION = [step for step in STEPS if step.target]
# Commands alone show these: the terminal, the records of commands, the add-in's own commands.
COMMANDS_ONLY = ("cli.py", "adapters/terminal.py", "core/catalogue", "addin")
ORDERED = {"round_name", "units", "resend", "draft", "yes", "packs"}
_CHINESE = re.compile("[\u4e00-\u9fff]")
_OPTION = re.compile(r"(?<![\w-])--[a-z]+|qcity (?:" + "|".join(step.id for step in STEPS) + r")\b")


@pytest.mark.parametrize("step", WITH_FUNCTION, ids=lambda step: step.id)
def test_a_step_is_told_what_its_record_asks(step: Step) -> None:
    function = getattr(import_module(f"qcity_xl.steps.{step.module or step.id}"), step.id)
    taken = list(inspect.signature(function).parameters)[1:]
    names = {option.name for option in step.options if option.name != "force"}
    if step.alternatives("way"):
        ordered = names - set(taken) | {"packs"}
        assert ordered == ORDERED | {o.name for o in step.alternatives("way")}
        names = names & set(taken) | {"orders"}
    assert set(taken) - {"context", "master_id"} == names
    assert ("context" in taken) == (step.effect != "reads")
    assert "data" in get_type_hints(get_type_hints(function)["return"].__origin__)


def test_what_was_not_asked_is_left_to_the_step() -> None:
    (split,) = (step for step in STEPS if step.id == "split")
    asked = {"out": Path("下发"), "units": (), "round_name": "", "force": False, "other": 1}
    assert clean(split, asked) == {"out": Path("下发")}


def sentences() -> list[tuple[str, str]]:
    """Every Chinese text of the product that a click may show, with its file."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(COMMANDS_ONLY):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and id(node) not in documents and _CHINESE.search(text):
                found.append((name, text))
    return found


def test_no_sentence_of_a_click_names_an_option_of_a_command() -> None:
    listed = sentences()
    assert len(listed) > 500
    assert [(name, text) for name, text in listed if _OPTION.search(text)] == []
    assert _OPTION.search("没收到再用 --resend 重发")
