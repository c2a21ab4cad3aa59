"""The table of worksheet functions names those that there are, with help for each argument."""

import inspect

import pytest

from qcity_xl import functions
from qcity_xl.addin.commands import FUNCTIONS, Function


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_the_table_names_each_argument_in_its_order(function: Function) -> None:
    own = inspect.signature(getattr(functions, function.name)).parameters
    assert list(own) == [name for name, _ in function.arguments]
    optional = [p.name for p in own.values() if p.default is not inspect.Parameter.empty]
    assert len(optional) == function.optional
    assert function.help.endswith("仅 Windows。")
    assert all(len(text) < 255 for text in (function.help, *dict(function.arguments).values()))


def test_each_function_is_one_of_the_module() -> None:
    own = {name for name in vars(functions) if name.startswith("QC_")}
    assert {function.name for function in FUNCTIONS} == own
