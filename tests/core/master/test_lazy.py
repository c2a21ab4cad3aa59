"""A mapping that makes its values when they are asked for."""

import pytest

from qcity_xl.core.master.lazy import Lazy


class Maker:
    """Makes upper case, and knows of what."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, name: str) -> str:
        self.asked.append(name)
        return name.upper()


def test_a_value_is_made_once_and_only_when_asked_for() -> None:
    make = Maker()
    values = Lazy("abc", make)
    assert (list(values), len(values), "b" in values, "x" in values) == (["a", "b", "c"], 3, 1, 0)
    assert make.asked == []
    assert [values["b"], values["b"], values.get("x")] == ["B", "B", None]
    assert make.asked == ["b"]
    assert values.made == {"b": "B"}
    assert values == {"a": "A", "b": "B", "c": "C"}


def test_another_name_has_no_value() -> None:
    with pytest.raises(KeyError, match="x"):
        Lazy("abc", Maker())["x"]


def test_one_that_was_updated_shares_what_is_made() -> None:
    make = Maker()
    before = Lazy("abc", make)
    after = before.updated({"b": "new", "d": "more"})
    assert after == {"a": "A", "b": "new", "c": "C", "d": "more"}
    assert before == {"a": "A", "b": "B", "c": "C"}
    assert sorted(make.asked) == ["a", "b", "c"]
    assert after.made == {"a": "A", "b": "new", "c": "C", "d": "more"}
