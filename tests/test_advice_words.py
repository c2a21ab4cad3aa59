"""Whatever a window shows is worded in clicks: the options of a command line are no button."""

import ast
import re
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BUTTONS, BY_ID, MENUS, STEPS, WAYS, Option, Step
from qcity_xl.ribbon_asks import has_more, more_asked
from qcity_xl.ribbon_words import advice_text, label
from tests.test_ribbon_asks import MASTER, Person

PACKAGE = Path(__file__).parents[1] / "qcity_xl"
# An option, or a command; installing and uninstalling have no button, nor has opening the window.
_OPTION = re.compile(r"(?<![\w-])--[a-z]")
_COMMAND = re.compile(_OPTION.pattern + r"|qcity (?!addin|desk)[a-z]")
_ITS_OWN = {"cli.py", "addin/cli.py", "adapters/terminal.py"}  # the command line


def _texts(path: Path) -> Iterator[str]:
    """What a module may say to people: texts with Chinese letters."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in statements]
    yield from (text for node in said if re.search("[一-鿿]", text := str(node.value)))


def test_no_module_but_the_command_line_names_an_option() -> None:
    """The catalogue's helps are the command line's; what is shown of it is held below."""
    paths = {p.relative_to(PACKAGE).as_posix(): p for p in PACKAGE.rglob("*.py")}
    others = {n: p for n, p in paths.items() if n not in _ITS_OWN and "core/catalogue" not in n}
    texts = [(name, text) for name, path in others.items() for text in _texts(path)]
    assert len(texts) > 1000
    assert [(name, text) for name, text in texts if _COMMAND.search(text)] == []


def _shown(step: Step) -> Iterator[str]:
    yield from (step.title, step.act, label(step))
    if step.button:
        yield from (text for text in astuple(step.button) if isinstance(text, str))
    for option in step.options:
        yield from (option.label, option.hint, *option.choices)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_what_windows_show_of_a_step_names_no_option(step: Step) -> None:
    assert [text for text in _shown(step) if _COMMAND.search(text)] == []


def test_nor_do_menus_and_the_heads_of_alternatives() -> None:
    texts = [*WAYS.values(), *(t for menu in MENUS.values() for t in (menu.label, menu.supertip))]
    assert texts
    assert [text for text in texts if _COMMAND.search(text)] == []


@pytest.mark.parametrize("step", BUTTONS, ids=lambda step: step.id)
def test_the_window_of_options_shows_no_help_of_the_command_line(step: Step) -> None:
    if not has_more(step):
        pytest.skip("nothing behind 更多选项")
    helps = [replace(option, help="加 --qcity") for option in step.options]
    person = Person()
    more_asked(replace(step, options=tuple(helps)), person, MASTER, {})
    assert person.fields
    assert [f for f in person.fields.values() if _COMMAND.search(repr(f))] == []


OPTIONS = [
    pytest.param(step, option, id=f"{step.id} {option.name}")
    for step in BUTTONS
    for option in step.options
]


@pytest.mark.parametrize(("step", "option"), OPTIONS)
@pytest.mark.parametrize("value", ["", "甲"])
def test_every_option_is_advised_in_clicks_or_not_at_all(
    step: Step, option: Option, value: str
) -> None:
    words = advice_text(Advice("", "也可以", ((option.name, value),)), step)
    assert (words == "") == (option.asked == "never")
    assert not _COMMAND.search(words)
    assert not words or (label(step) in words and option.label in words)


def _advice() -> Iterator[tuple[str, ast.Call]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Advice":
                yield f"{path.name}:{node.lineno}", node


def test_what_is_advised_is_there() -> None:
    """Steps and options by their names, in each place that advises one."""
    names = {option.name for step in STEPS for option in step.options}
    seen = 0
    for place, call in _advice():
        given = dict(zip(("step", "when", "options"), call.args, strict=False))
        given |= {word.arg: word.value for word in call.keywords if word.arg}
        match given["step"]:
            case ast.Constant(value=str(name)) if name:
                assert name in BY_ID, place
                offered = {option.name for option in BY_ID[name].options}
            case _:
                offered = names
        options = given.get("options")
        if isinstance(options, ast.Tuple):
            for pair in options.elts:
                assert isinstance(pair, ast.Tuple), place
                assert isinstance(pair.elts[0], ast.Constant), place
                assert pair.elts[0].value in offered, place
                seen += 1
    assert seen > 10
