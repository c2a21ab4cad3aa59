"""Ranges that cover a table's rows to the last one follow it; all others stay as they are."""

import io
from html import unescape

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.moves import LastRowMove
from qcity_xl.adapters.ooxml.references import stretched

from .build import (
    SHEET_PART,
    TABLE_PART,
    by_openpyxl,
    changed_part,
    parts,
    saved,
    tree,
    with_table,
    zipped,
)

GROWN = {"填报": [LastRowMove(5, 2, 8, 40, 43)]}  # B5 to H40
OUTSIDE = (1, 1)


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(填报!E5:E40)", "SUM(填报!E5:E43)"),
        ("SUM('填报'!$E$5:$E$40)-填报!E40", "SUM('填报'!$E$5:$E$43)-填报!E40"),
        ("COUNTA(填报!$B$4:$H$40)", "COUNTA(填报!$B$4:$H$43)"),
        ("SUMIF(填报!$C$5:$C$40,A1,填报!E$5:E$40)", "SUMIF(填报!$C$5:$C$43,A1,填报!E$5:E$43)"),
        ('"填报!E5:E40"&SUM(填报!E5:E40)', '"填报!E5:E40"&SUM(填报!E5:E43)'),
        ("填报!E5:E40", "填报!E5:E43"),
    ],
)
def test_ranges_over_all_rows_follow(formula: str, after: str) -> None:
    assert stretched(formula, "看板", GROWN, OUTSIDE) == after


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(填报!E6:E40)",  # a part of the rows
        "SUM(填报!E5:E39)",
        "SUM(填报!E5:E41)",
        "SUM(填报!E5:E400)",
        "SUM(填报!H5:I40)",  # beyond its columns
        "SUM(填报!A5:A40)",
        "SUM(E5:E40)",  # of its own sheet
        "SUM([1]填报!$E$5:$E$40)",  # of another workbook
        "SUM('[总表.xlsx]填报'!$E$5:$E$40)",
        "SUM(任务:填报!E5:E40)",  # of several sheets
        "SUM(新填报!E5:E40)",
        "SUM('E5:E40'!A1)",  # a name of a sheet
        "SUM(填报!E40:E5)",
        "SUM(填报[完成情况])+填报!E5",
        "表[[#This Row],[E5:E40]]",
        '"填报!E5:E40 ""填报!E5:E40"""',
    ],
)
def test_all_others_stay(formula: str) -> None:
    assert stretched(formula, "看板", GROWN, OUTSIDE) == formula


@pytest.mark.parametrize(
    ("formula", "place", "after"),
    [
        ("SUM(E5:E40)", (2, 5), "SUM(E5:E43)"),  # above the table
        ("SUM(E5:E40)", (9, 10), "SUM(E5:E43)"),  # beside it
        ("SUM(E$5:E40)", (40, 6), "SUM(E$5:E40)"),  # a sum up to this row, in the last one
        ("SUM(E$5:E$40)", (40, 6), "SUM(E$5:E$43)"),
        ("E5:E40", None, "E5:E40"),  # another range in each cell that it is for
        ("$E$5:$E$40", None, "$E$5:$E$43"),
    ],
)
def test_what_a_relative_range_means(
    formula: str, place: tuple[int, int] | None, after: str
) -> None:
    assert stretched(formula, "填报", GROWN, place) == after


RANGES = st.builds(
    "填报!{}{}:{}{}".format,
    *(st.sampled_from("ABEHI"), st.integers(3, 7), st.sampled_from("BEHI"), st.integers(38, 45)),
)


@given(st.lists(RANGES, min_size=1, max_size=4))
def test_a_table_that_shrinks_again_gives_back_what_stood_there(ranges: list[str]) -> None:
    """Where nothing ended with the rows to come."""
    formula = "SUM(" + ",".join(ranges) + ")"
    grown = stretched(formula, "看板", GROWN, OUTSIDE)
    back = {"填报": [LastRowMove(5, 2, 8, 43, 40)]}
    if not formula.count("43"):
        assert stretched(grown, "看板", back, OUTSIDE) == formula


def _used() -> bytes:
    """A table whose rows a chart, a name, rules and formulas of two sheets are about."""
    workbook = openpyxl.load_workbook(filename=_file(with_table()))
    sheet, other = workbook.worksheets
    sheet["F1"] = "=SUM(C2:C4)"
    other["A2"] = '=SUM(任务!$C$2:$C$4)&"<&>"'
    other["A3"] = "=任务!C4"
    workbook.defined_names["名称"] = DefinedName("名称", attr_text="任务!$B$2:$B$4")
    workbook.defined_names["一格"] = DefinedName("一格", attr_text="任务!$B$4")
    choice = DataValidation(type="list", formula1="任务!$B$2:$B$4", sqref="C1:C9")
    other.add_data_validation(choice)
    rule = Rule(type="expression", dxf=DifferentialStyle(), formula=["A1=MAX(任务!$C$2:$C$4)"])
    other.conditional_formatting.add("A1:A9", rule)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=4), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=2, max_row=4))
    other.add_chart(chart, "E2")
    return saved(workbook)


def _file(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def test_formulas_names_rules_and_charts_follow_and_nothing_else_changes() -> None:
    data = _used()
    book = Book.read(data)
    book.append_rows("任务表", 2)
    before, after = parts(data), parts(book.to_bytes())
    changed = {name for name, content in before.items() if after[name] != content}
    chart = "xl/charts/chart1.xml"
    assert changed == {SHEET_PART, TABLE_PART, "xl/workbook.xml", "xl/worksheets/sheet2.xml", chart}
    for name in changed:
        tree(after[name])
    assert after[chart] == before[chart].replace(b"$4", b"$6")
    found = by_openpyxl(book.to_bytes())
    sheet, other = found["任务"], found["说明"]
    assert sheet["F1"].value == "=SUM(C2:C6)"
    assert (other["A2"].value, other["A3"].value) == ('=SUM(任务!$C$2:$C$6)&"<&>"', "=任务!C4")
    names = {name: found.defined_names[name].attr_text for name in ("名称", "一格")}
    assert names == {"名称": "任务!$B$2:$B$6", "一格": "任务!$B$4"}
    assert [rule.formula1 for rule in other.data_validations.dataValidation] == ["任务!$B$2:$B$6"]
    (rules,) = other.conditional_formatting
    assert rules.rules[0].formula == ["A1=MAX(任务!$C$2:$C$6)"]

    book = Book.read(book.to_bytes())
    book.drop_last_rows("任务表", 2)
    back = parts(book.to_bytes())
    for name in ("xl/worksheets/sheet2.xml", chart):
        assert unescape(back[name].decode()) == unescape(before[name].decode())


def test_new_rows_reckon_over_all_rows_as_the_old_ones_then_do() -> None:
    own, wide = "任务表[[#This Row],[分值]]*2", "C2/SUM($C$2:$C$4)"
    made = parts(with_table())
    made[TABLE_PART] = made[TABLE_PART].replace(own.encode(), b"SUM($C$2:$C$4)")
    sheet = made[SHEET_PART].decode().replace("<f>C2*2</f>", f"<f>{wide}</f>", 1)
    book = Book.read(zipped({**made, SHEET_PART: sheet}))
    book.append_rows("任务表", 1)
    after = by_openpyxl(book.to_bytes())["任务"]
    assert (after["D2"].value, after["D5"].value) == ("=C2/SUM($C$2:$C$5)", "=SUM($C$2:$C$5)")
    assert b"<calculatedColumnFormula>SUM($C$2:$C$5)" in parts(book.to_bytes())[TABLE_PART]


def test_a_formula_that_cells_share_follows_where_it_means_one_range() -> None:
    for text, after in (("SUM($C$2:$C$4)", "SUM($C$2:$C$5)"), ("SUM(C2:C4)", "SUM(C2:C4)")):
        shared = f'<f t="shared" ref="D2:D4" si="0">{text}</f>'
        book = changed_part(SHEET_PART, "<f>C2*2</f>", shared)
        book.append_rows("任务表", 1)
        assert f">{after}</f>" in parts(book.to_bytes())[SHEET_PART].decode()


def test_sparklines_and_pivot_tables_follow() -> None:
    spark = (
        "<extLst><ext xmlns:x14='x' xmlns:xm='y'><x14:conditionalFormattings>"
        "<x14:conditionalFormatting><x14:cfRule><xm:f>C2:C4</xm:f></x14:cfRule>"
        "</x14:conditionalFormatting></x14:conditionalFormattings><x14:sparklineGroups>"
        "<x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>任务!C2:C4</xm:f>"
        "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
        "</extLst></worksheet>"
    )
    pivot = "xl/pivotCache/pivotCacheDefinition1.xml"
    cache = "<pivotCacheDefinition><cacheSource type='worksheet'><worksheetSource ref='A1:D4' {}/>"
    made = parts(with_table())
    made[SHEET_PART] = made[SHEET_PART].replace(b"</worksheet>", spark.encode())
    for sheet, end in (("任务", 5), ("说明", 4)):
        source = cache.format(f"sheet='{sheet}'") + "</cacheSource></pivotCacheDefinition>"
        book = Book.read(zipped({**made, pivot: source}))
        book.append_rows("任务表", 1)
        after = parts(book.to_bytes())
        assert b"A1:D%d" % end in after[pivot]
        assert "<xm:f>任务!C2:C5</xm:f>" in after[SHEET_PART].decode()
        assert b"<xm:f>C2:C4</xm:f>" in after[SHEET_PART]


def test_a_part_that_cannot_be_read_stays_as_it_is() -> None:
    broken = b"<chart><c:f>:D4</chart"
    book = Book.read(zipped({**parts(with_table()), "xl/charts/chart1.xml": broken}))
    book.append_rows("任务表", 1)
    assert parts(book.to_bytes())["xl/charts/chart1.xml"] == broken
