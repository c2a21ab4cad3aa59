"""Answers year by year: how they are written and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.rules.yearly import join_years, split_years
from qcity_xl.core.values import Value

WORDS = st.text("0123456789.%‰达成第名位不适用 ", min_size=1).map(str.strip).filter(bool)


@given(st.dictionaries(st.integers(1900, 2099), WORDS, max_size=6))
def test_what_was_joined_is_split_again(said: dict[int, str]) -> None:
    assert split_years(join_years(said)) == said


@pytest.mark.parametrize(
    "answer",
    ["2016年:95%;2017年:96%", "2016年度：95%\n2017年：96%；", "２０１６年：95%； 2017年： 96%"],
)
def test_people_write_it_in_several_ways(answer: str) -> None:
    assert split_years(answer) == {2016: "95%", 2017: "96%"}


@pytest.mark.parametrize(
    "answer",
    [None, 95, "95%", "2016年5月1日", "2016年：95%；96%", "2016年：95%；2016年：96%", "2016年："],
)
def test_other_answers_are_not_by_year(answer: Value) -> None:
    assert split_years(answer) == {}
