"""The closed list of rule kinds: each under its own name, any other told with those there are."""

import pytest

from qcity_xl.core.rules.base import ParamsError
from qcity_xl.core.rules.kinds import KINDS, parse_rule
from qcity_xl.core.rules.share import Share


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_stands_under_its_own_name(name: str) -> None:
    assert KINDS[name].name == name


def test_a_rule_by_the_name_of_its_kind() -> None:
    assert parse_rule("部分达成", "3项", 6) == Share.parse("3项", 6)


def test_a_kind_that_is_not_known() -> None:
    with pytest.raises(ParamsError) as caught:
        parse_rule("抓阄", "", 6)
    assert all(name in caught.value.allowed for name in KINDS)
