"""Edits are gathered, the last of a cell counts, and saving changes nothing else."""

from pathlib import Path

import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.errors import (
    UnknownSheet,
)

from .build import calamine, handmade, with_table


def test_open_and_save(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(with_table())
    book = Book.open(path)
    assert not book.signed
    book.set("说明", 1, 1, "新说明")
    book.save(path)
    assert Book.open(path).cell_value("说明", 1, 1) == "新说明"
    assert list(tmp_path.iterdir()) == [path]


def test_unknown_sheet_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownSheet, match="「表二」，现有：表一"):
        handmade().set("表二", 1, 1, 1)


def test_last_edit_of_a_cell_counts() -> None:
    book = handmade()
    book.set("表一", 1, 1, "一")
    book.set("表一", 1, 1, None)
    book.set("表一", 1, 1, 3)
    assert calamine(book.to_bytes()) == [[3.0]]


def test_saving_twice_and_editing_between() -> None:
    book = handmade()
    book.set("表一", 1, 1, 1)
    assert book.to_bytes() == book.to_bytes()
    book.set("表一", 1, 2, 2)
    assert calamine(book.to_bytes()) == [[1.0, 2.0]]


def test_a_blank_sheet_is_filled_at_once() -> None:
    book = handmade()
    lines = [("甲", "", "＝1+1"), ("", "", ""), (" 空格 ", "第一行\n第二行", "")]
    (sheet, *_) = book.sheets
    book.fill_blank(sheet, lines)
    assert [[book.cell_value(sheet, r, c) or "" for c in (1, 2, 3)] for r in (1, 2, 3)] == [
        list(line) for line in lines
    ]


def test_of_one_workbook_many_are_made_and_none_knows_of_another() -> None:
    data = with_table()
    model = Book.read(data)
    made = []
    for text in ("清淤", "植树", "清淤"):
        book = model.fresh()
        row = book.append_filled("任务表", [{1: text, 3: 2}])
        book.set("任务", 2, 1, f"{text}一")
        book.flag("任务", row, 2, "FFC78A")
        book.add_list_validation("任务", row, 2, ["是", "否"])
        book.set_sheet_state("说明", "hidden")
        made.append(book.to_bytes())
    assert made[0] == made[2] != made[1]
    assert model.to_bytes() == data
    alone = Book.read(data)
    alone.set("任务", 2, 1, "植树")
    book = model.fresh()
    book.set("任务", 2, 1, "植树")
    assert book.to_bytes() == alone.to_bytes()
