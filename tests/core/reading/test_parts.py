from qcity_xl.core.reading.model import Cell
from qcity_xl.core.reading.parts import parts_of


def test_a_cell_of_no_known_column_is_cut_where_another_begins() -> None:
    text = "县教育\n局\n查阅文件\n\n二、安全（5分）"
    found = [(part.flat, part.cell.where) for part in parts_of([Cell(text, "第7行")])]
    assert found == [("县教育局", "第7行"), ("查阅文件", "第9行"), ("二、安全（5分）", "第11行")]
    assert len(list(parts_of([Cell(text, "表1第2行第3列", "配合单位")]))) == 1
