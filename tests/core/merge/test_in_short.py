"""日志 names what was taken as equal and what stands beside: one line for each kind."""

from qcity_xl.core.merge.decisions import Decision
from qcity_xl.core.merge.in_short import in_short
from qcity_xl.core.rounds.beside import Beside
from qcity_xl.core.rounds.pack import Identity, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, ROUNDS

WHO = Identity("test", "第1轮", "市交通局")


def alike(row: str, sent: str, now: str) -> Decision:
    return Decision("keep", ASSIGNMENTS.name, row, "note", sent, sent, now)


def test_cells_that_mean_the_same_are_one_line_of_their_column() -> None:
    cells = [
        alike("T3.1/市交通局", "2016—2017", "2016-2017"),
        alike("T3.2/市交通局", "（一）", "(一)"),
    ]
    (line,) = in_short(ReturnedPack(WHO, {}, {}), cells, "第1轮 市交通局")
    assert (line.action, line.table, line.row) == (
        "保留",
        ASSIGNMENTS.name,
        "2格写法不同，意思一样",
    )
    assert line.change is None
    assert "“2016—2017”写成“2016-2017”" in str(line.new)
    assert "“（一）”写成“(一)”" in str(line.new)


def test_words_beside_the_tables_are_one_line_of_their_sheet() -> None:
    beside = tuple(Beside("附表", f"B{n}", f"桥梁{n}座", "不是填报的工作表") for n in range(1, 4))
    (line,) = in_short(ReturnedPack(WHO, {}, {}, beside=beside), [], "来源")
    assert (line.table, line.row) == (ROUNDS.name, "「附表」3格不是填报的工作表")
    assert line.new == "B1“桥梁1座”；B2“桥梁2座”；B3“桥梁3座”"


def test_a_line_stays_short() -> None:
    beside = tuple(Beside("附表", f"B{n}", "长" * 500, "在表格外面") for n in range(1, 900))
    (line,) = in_short(ReturnedPack(WHO, {}, {}, beside=beside), [], "来源")
    assert len(str(line.new)) == 2_000
