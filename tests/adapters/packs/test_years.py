"""What a rule asks of each year has a cell for each year, there and back."""

import io
from collections.abc import Callable
from functools import cache

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.packs import make_pack
from qcity_xl.adapters.packs.contents import load_contents
from qcity_xl.adapters.packs.reading import read_pack
from qcity_xl.adapters.packs.replies import MARK, reply_bytes
from qcity_xl.adapters.packs.tables import SAID, TableReading, find_header
from qcity_xl.adapters.packs.years import answered_by_year
from qcity_xl.adapters.resources import pack_template
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.merge.decide import decide_pack
from qcity_xl.core.merge.decisions import changes_of
from qcity_xl.core.merge.replies import reply_to
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.schema.pack import BY_YEAR, MOST_YEARS, PACK_CRITERIA
from qcity_xl.core.values import Value
from tests.core.builders import criterion, issued, pack_of, set_cell

UNIT, BUDGET, MEETING, PLAN = "市农委", "C2.1", "C2.2", "C1.1"
BANDS = {"kind": "数值分段", "params": "≥1‰：30；≥0.6‰：20", "owner": UNIT}


@cache
def master() -> Master:
    """A unit that answers of each year in numbers and with a choice, and of the whole."""
    return issued(
        criterion("2(1)", 30, **BANDS, period="每年"),
        criterion("2(2)", 5, owner=UNIT, period="连续3年"),
    )


def sent(answer: Value = None) -> bytes:
    return make_pack(pack_of(set_cell(master(), CRITERIA, BUDGET, "answer", answer), UNIT))


def cells(sheet: Worksheet, key: str) -> dict[str, Cell]:
    """The cells of a row by the words over them."""
    lines = list(sheet.iter_rows())
    head = next(line for line in lines if line[0].value == "行键")
    row = next(line for line in lines if line[0].value == key)
    pairs = zip(head, row, strict=True)
    return {str(over.value): cell for over, cell in pairs if isinstance(cell, Cell)}


def sheet_of(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data))[PACK_CRITERIA.table.sheet]


def back(data: bytes, said: dict[str, Value], key: str = BUDGET) -> ReturnedPack:
    """The pack after somebody filled cells of a row, by the words over them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    row = cells(book[PACK_CRITERIA.table.sheet], key)
    for header, value in said.items():
        row[header].value = value
    file = io.BytesIO()
    book.save(file)
    return read_pack(file.getvalue(), Limits())


def answer(pack: ReturnedPack, key: str = BUDGET) -> Value:
    (row,) = (row for row in pack.rows[PACK_CRITERIA.table.name] if row.key == key)
    return row.values.get("answer", "没有读")


def test_each_year_has_a_cell_where_the_rule_asks_it_and_the_others_are_locked() -> None:
    sheet = sheet_of(sent())
    own = {
        key: [head for head, cell in cells(sheet, key).items() if not cell.protection.locked]
        for key in (BUDGET, MEETING, PLAN)
    }
    assert own == {
        BUDGET: ["2016年", "2017年", *unused(3), "自评说明"],
        MEETING: ["2015年", "2016年", "2017年", *unused(3), "自评说明"],
        PLAN: ["自评答案", *unused(3), "自评说明"],
    }
    hidden = {letter for letter, width in sheet.column_dimensions.items() if width.hidden}
    shown = [c.value for c in sheet[4] if c.coordinate.rstrip("4") not in hidden]
    assert [head for head in shown if str(head).endswith("年")] == ["2015年", "2016年", "2017年"]
    assert cells(sheet, BUDGET)["自评答案"].value == BY_YEAR
    assert "2016、2017年各填一格，几年不一样的取差的一年" in str(
        cells(sheet, BUDGET)["怎么填"].value
    )


def unused(years: int) -> list[str]:
    """Columns that stay hidden."""
    return [f"第{number}年" for number in range(years + 1, MOST_YEARS + 1)]


def test_each_cell_of_a_year_offers_what_the_rule_takes() -> None:
    sheet = sheet_of(sent())
    asked = {
        str(area): rule for rule in sheet.data_validations.dataValidation for area in rule.sqref
    }
    meeting = [cells(sheet, MEETING)[f"{year}年"].coordinate for year in (2015, 2016, 2017)]
    assert [asked[cell].formula1 for cell in meeting] == ['"达成,未达成"'] * 3
    budget = cells(sheet, BUDGET)["2017年"].coordinate
    assert budget in asked[budget].formula1


def test_what_is_said_of_each_year_is_one_answer_that_the_rule_scores() -> None:
    pack = back(sent(), {"2016年": "1.2‰", "2017年": "0.7‰"})
    assert answer(pack) == "2016年：1.2‰；2017年：0.7‰"
    assert pack.findings == ()
    (decision,) = decide_pack(pack, master())
    assert (decision.action, decision.row) == ("take", BUDGET)
    (change,) = changes_of([decision], master(), pack)
    assert change.new == "2016年：1.2‰；2017年：0.7‰"


def test_a_year_to_come_may_wait_and_a_choice_is_made_of_each() -> None:
    assert answer(back(sent(), {"2016年": 0.012}, BUDGET)) == "2016年：0.012"
    said: dict[str, Value] = {"2015年": "达成", "2016年": "达成", "2017年": "未达成"}
    assert answer(back(sent(), said, MEETING), MEETING) == (
        "2015年：达成；2016年：达成；2017年：未达成"
    )


def test_what_was_said_stands_under_its_year_and_no_difference_comes_of_it() -> None:
    data = sent("2016年：1.2‰；2017年：0.7‰")
    row = cells(sheet_of(data), BUDGET)
    assert (row["2016年"].value, row["2017年"].value) == ("1.2‰", "0.7‰")
    now = set_cell(master(), CRITERIA, BUDGET, "answer", "2016年：1.2‰；2017年：0.7‰")
    assert decide_pack(back(data, {}), now) == []
    assert answer(back(data, {"2017年": None})) == "2016年：1.2‰"
    assert answer(back(data, {"2016年": None, "2017年": None})) is None


def test_one_number_of_before_stays_until_years_are_filled() -> None:
    data = sent("0.8‰")
    row = cells(sheet_of(data), BUDGET)
    assert (row["自评答案"].value, row["自评答案"].protection.locked) == ("0.8‰", True)
    assert answer(back(data, {})) == "0.8‰"
    assert answer(back(data, {"2016年": "1‰"})) == "2016年：1‰"


def test_one_answer_for_all_years_is_taken_too() -> None:
    assert answer(back(sent(), {"自评答案": "0.8‰"})) == "0.8‰"


def test_two_answers_in_a_row_are_asked_about() -> None:
    pack = back(sent(), {"自评答案": "0.8‰", "2017年": "1‰"})
    (finding,) = pack.findings
    assert (finding.sheet, finding.field) == ("自评", "answer")
    assert "0.8‰" in finding.found
    assert "2017年：1‰" in finding.found
    assert answer(pack) == "没有读"
    assert decide_pack(pack, master()) == []


def test_a_pack_without_its_columns_of_years_clears_nothing() -> None:
    def drop(sheet: Worksheet) -> None:
        for cell in sheet[4]:
            if str(cell.value).endswith("年"):
                cell.value = None

    pack = edited(sent("2016年：1‰"), drop)
    assert "找不到按年填的各列" in pack.findings[0].found
    assert answer(pack) == "没有读"


def edited(data: bytes, edit: Callable[[Worksheet], None]) -> ReturnedPack:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book[PACK_CRITERIA.table.sheet])
    book[PACK_CRITERIA.table.sheet].tables.clear()
    file = io.BytesIO()
    book.save(file)
    return read_pack(file.getvalue(), Limits())


def test_no_column_of_a_year_is_told_as_the_units_own() -> None:
    pack = back(sent(), {"2017年": "1‰"})
    assert pack.notes == ()
    assert pack.beside == ()


@pytest.mark.parametrize("year", ["2016年", "2017年"])
def test_what_is_refused_is_marked_in_the_cells_of_its_years(year: str) -> None:
    pack = back(sent(), {year: "很高"})
    reply = reply_to(pack, decide_pack(pack, master()), master())
    assert reply is not None
    book = openpyxl.load_workbook(io.BytesIO(reply_bytes(pack_template().read_bytes(), reply)))
    row = cells(book[PACK_CRITERIA.table.sheet], BUDGET)
    assert row[year].value == "很高"
    assert [str(row[f"{y}年"].fill.fgColor.rgb)[2:] for y in (2016, 2017)] == [MARK] * 2
    told = [cell.value for line in book["退回说明"].iter_rows() for cell in line]
    assert row["2016年"].coordinate in told


def test_where_blanks_do_not_count_a_blank_year_says_what_was_sent() -> None:
    sheet = PACK_CRITERIA.table.sheet
    contents = load_contents(sent("2016年：1‰；2017年：0.7‰"), Limits())
    (found,) = (s for s in contents.sheets if s.name == sheet)
    header = find_header(PACK_CRITERIA.table, found)
    assert header is not None
    asked = {BUDGET: {"answer": "2016年：1‰；2017年：0.7‰"}}
    rows = (PackRow(BUDGET, {"answer": BY_YEAR, SAID: "2016年：2‰"}, 9),)
    for counts, said in ((True, "2016年：2‰"), (False, "2016年：2‰；2017年：0.7‰")):
        read = answered_by_year(TableReading(rows, (), ()), header, asked, counts)
        assert read.rows[0].values == {"answer": said}
