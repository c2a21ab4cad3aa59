"""A dropdown and a formula as the elements that stand in a sheet."""

import pytest

from qcity_xl.adapters.ooxml.cells import Where
from qcity_xl.adapters.ooxml.choices import Prompts, formula_xml, list_xml
from qcity_xl.adapters.ooxml.errors import BadChoices, PromptTooLong

from .build import tree

HERE = Where("填报", 6, 8)
SAID = Prompts("输入有误", "请选一个。", "进展", "四选一\n不清楚的留空")


def test_a_dropdown_lists_its_choices() -> None:
    made = tree(list_xml(b"", ["推进中", 'A"级', "<3项"], SAID, HERE))
    assert made.get("type") == "list"
    assert made.findtext("formula1") == '"推进中,A""级,<3项"'
    assert (made.get("errorTitle"), made.get("prompt")) == ("输入有误", "四选一\n不清楚的留空")


def test_a_formula_stands_as_it_is() -> None:
    made = tree(formula_xml(b"", "AND(H6>=0,H6<=100)", Prompts("", ""), HERE))
    assert (made.get("type"), made.findtext("formula1")) == ("custom", "AND(H6>=0,H6<=100)")
    assert made.get("error") is None


def test_the_prefix_of_the_sheet_is_on_every_tag() -> None:
    made = list_xml(b"x:", ["是", "否"], SAID, HERE)
    assert made.count(b"<x:") == made.count(b"</x:") == 2


@pytest.mark.parametrize("choices", [[], ["是", ""], ["一,二"], ["十个字的选项一二三四"] * 30])
def test_choices_that_no_dropdown_can_offer(choices: list[str]) -> None:
    with pytest.raises(BadChoices, match="「填报」H6"):
        list_xml(b"", choices, SAID, HERE)


def test_words_that_excel_would_cut() -> None:
    with pytest.raises(PromptTooLong):
        formula_xml(b"", "TRUE", Prompts("标题" * 17, ""), HERE)
