import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.choices import Prompts
from qcity_xl.adapters.ooxml.errors import (
    BadChoices,
    PromptTooLong,
    ValidationsOverlap,
)

from .build import by_openpyxl, handmade, sheet_xml, with_table

OLD = (
    '<dataValidations count="1"><dataValidation {}sqref="{}">{}</dataValidation></dataValidations>'
)


def sqrefs(book: Book) -> list[str]:
    """The blocks of each validation, in the order of the file; openpyxl sorts within one."""
    rules = by_openpyxl(book.to_bytes()).worksheets[0].data_validations.dataValidation
    return [str(rule.sqref) for rule in rules]


def test_list() -> None:
    book = handmade()
    prompts = Prompts("输入有误", "请从下拉列表中选择。", "选", "一\n二")
    book.add_list_validation("表一", 2, 3, ["是", '"否"', "<无>"], prompts)
    rule = by_openpyxl(book.to_bytes()).worksheets[0].data_validations.dataValidation[0]
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"是,""否"",<无>"', "C2")
    assert (rule.errorTitle, rule.error) == ("输入有误", "请从下拉列表中选择。")
    assert (rule.promptTitle, rule.prompt) == ("选", "一\n二")
    assert rule.showErrorMessage
    assert rule.showInputMessage
    assert rule.allow_blank
    assert not rule.showDropDown  # which hides the arrow


def test_formula() -> None:
    book = handmade()
    book.add_formula_validation("表一", 2, 1, 'OR(A2="无",A2<=100)', Prompts("写错了", "只能到100"))
    rule = by_openpyxl(book.to_bytes()).worksheets[0].data_validations.dataValidation[0]
    assert (rule.type, rule.formula1, rule.error) == (
        "custom",
        'OR(A2="无",A2<=100)',
        "只能到100",
    )


def test_equal_validations_are_joined_and_the_last_counts() -> None:
    book = handmade()
    for row in range(1, 4):
        book.add_list_validation("表一", row, 1, ["甲"])
        book.add_list_validation("表一", row, 2, ["乙"])
    book.add_list_validation("表一", 3, 2, ["甲"])
    assert sqrefs(book) == ["A1 A2 A3 B3", "B1 B2"]
    assert '<dataValidations count="2">' in sheet_xml(book)


@pytest.mark.parametrize(
    ("tail", "place"),
    [
        ("", "</sheetData>|</worksheet>"),
        ('<sheetProtection/><pageMargins left="1"/>', "<sheetProtection/>|<pageMargins"),
        (
            "<mergeCells/><conditionalFormatting/><hyperlinks/>",
            "<conditionalFormatting/>|<hyperlinks/>",
        ),
        ("<dataValidations/><hyperlinks/>", "</sheetData>|<hyperlinks/>"),
        ('<dataValidations count="0"></dataValidations>', "</sheetData>|</worksheet>"),
    ],
)
def test_place_in_the_schema(tail: str, place: str) -> None:
    book = handmade("<sheetData></sheetData>", tail=tail)
    book.add_list_validation("表一", 1, 1, ["是"])
    before, _, after = place.partition("|")
    assert f'{before}<dataValidations count="1"><dataValidation ' in sheet_xml(book)
    assert f"</dataValidation></dataValidations>{after}" in sheet_xml(book)


@pytest.mark.parametrize(
    ("old", "left"),
    [
        ("B2", []),
        ("A1:C3", ["A1:C1 A2 A3:C3 C2"]),
        ("B2:B9", ["B3:B9"]),
        ("B1:B2 D4", ["B1 D4"]),
        ("D4", ["D4"]),
    ],
)
def test_cell_is_taken_out_of_its_old_validation(old: str, left: list[str]) -> None:
    book = handmade(tail=OLD.format("", old, "<formula1>1</formula1>"))
    book.add_list_validation("表一", 2, 2, ["是"])
    assert sqrefs(book) == [*left, "B2"]


@pytest.mark.parametrize(
    ("formula", "then"),
    [("$A2>1", "$A3>1"), ("A2", "A3"), ("A$2", "A$2"), ("LEN(B2)", "LEN(B3)")],
)
def test_others_count_on_from_the_cell_below_one_that_is_cut_out(formula: str, then: str) -> None:
    book = handmade(tail=OLD.format("", "B2:B9", f"<formula1>{formula}</formula1>"))
    book.add_list_validation("表一", 2, 2, ["是"])
    assert sqrefs(book) == ["B3:B9", "B2"]
    first, _ = by_openpyxl(book.to_bytes()).worksheets[0].data_validations.dataValidation
    assert first.formula1 == then

    book = handmade(tail=OLD.format("", "B2:B9", f"<formula1>{formula}</formula1>"))
    book.add_list_validation("表一", 3, 2, ["是"])
    assert sqrefs(book) == ["B2 B4:B9", "B3"]


def test_the_only_cell_in_the_column_that_others_count_from_is_refused() -> None:
    book = handmade(tail=OLD.format("", "B2 C3:C9", "<formula1>B2</formula1>"))
    with pytest.raises(ValidationsOverlap):
        book.add_list_validation("表一", 2, 2, ["是"])


@pytest.mark.parametrize("formula", ["$A$2:$A$9", '"A2,B3"', "选项", "INDIRECT(名称)", "LOG10(3)"])
def test_fixed_formulas_may_be_cut(formula: str) -> None:
    book = handmade(tail=OLD.format("", "B2:B9", f"<formula1>{formula}</formula1>"))
    book.add_list_validation("表一", 2, 2, ["是"])
    assert sqrefs(book) == ["B3:B9", "B2"]


def test_extended_validation_is_not_cut() -> None:
    tail = (
        '<extLst><ext><x14:dataValidation xmlns:x14="a" xmlns:xm="b"><xm:sqref>A1:A9</xm:sqref>'
        "</x14:dataValidation></ext></extLst>"
    )
    book = handmade(tail=tail)
    with pytest.raises(ValidationsOverlap, match="「表一」A3"):
        book.add_list_validation("表一", 3, 1, ["是"])
    book.add_list_validation("表一", 3, 2, ["是"])


def test_validation_in_a_new_row_of_a_table() -> None:
    book = Book.read(with_table())
    row = book.append_rows("任务表", 2)
    book.add_list_validation("任务", row, 3, ["是"])
    assert sqrefs(book) == ["C2:C4 C6 H9", "C5"]


@pytest.mark.parametrize("choices", [[], [""], ["a,b"], ["字" * 200, "字" * 55]])
def test_choices_that_no_cell_can_hold(choices: list[str]) -> None:
    with pytest.raises(BadChoices, match="「表一」A1"):
        handmade().add_list_validation("表一", 1, 1, choices)


def test_prompts_that_no_cell_can_hold() -> None:
    with pytest.raises(PromptTooLong):
        handmade().add_list_validation("表一", 1, 1, ["是"], Prompts("", "", prompt="字" * 256))


def test_validation_alone_does_not_recalculate() -> None:
    book = handmade()
    book.add_list_validation("表一", 1, 1, ["是"])
    assert b"calcPr" not in book.to_bytes()
