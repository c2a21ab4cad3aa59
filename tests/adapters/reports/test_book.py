"""Lists as workbooks."""

import datetime as dt
import io
from typing import Any

import openpyxl

from qcity_xl.adapters.reports.book import Listing, listing_book


def opened(listing: Listing) -> Any:
    return openpyxl.load_workbook(io.BytesIO(listing_book({"目录": listing})))["目录"]


def test_a_list_can_be_filtered_and_printed() -> None:
    sheet = opened(Listing((("编号", 9), ("名称", 40)), [("1-1-01", "通知"), ("1-1-02", "纪要")]))
    assert sheet.auto_filter.ref == "A1:B3"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert [[c.value for c in row] for row in sheet.rows][2] == ["1-1-02", "纪要"]


def test_text_is_no_formula_and_a_date_is_a_date() -> None:
    sheet = opened(Listing((("甲", 9), ("乙", 9)), [("=1+1\x01", dt.date(2016, 5, 1))]))
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].number_format == "yyyy-mm-dd"


def test_a_place_is_a_link() -> None:
    sheet = opened(Listing((("文件", 9),), [("甲/一#1.pdf",), ("",)], link="文件"))
    assert (sheet["A2"].value, sheet["A2"].hyperlink.target) == ("打开", "甲/一%231.pdf")
    assert sheet["A3"].hyperlink is None
