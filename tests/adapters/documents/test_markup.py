"""Web pages and OpenDocument texts: what stands in them, and what is left out."""

import pytest

from qcity_xl.adapters.documents.errors import DocumentDamaged
from qcity_xl.adapters.documents.markup import html_source
from qcity_xl.core.reading import Cell, Grid, Square


def test_a_page_is_its_lines_and_tables_without_menus_and_hidden_words() -> None:
    page = (
        "<html><head><title>网站</title></head><body><nav>首页</nav>"
        "<p>公交准点<br>任务分解</p><p style='display: none'>草稿</p>"
        "<table><tr><td rowspan=2>公交</td><td colspan=2>准点率<br>95%</td></tr>"
        "<tr><td>一季度</td><td></td></tr></table><footer>主办单位</footer></body></html>"
    )
    squares = (
        Square("公交", 1, 1, 2, 1),
        Square("准点率\n95%", 1, 2, 1, 2),
        Square("一季度", 2, 2),
        Square("", 2, 3),
    )
    assert html_source("页.html", page.encode()).blocks == [
        Cell("公交准点", "第1段", free=True),
        Cell("任务分解", "第2段", free=True),
        Grid("表1", squares),
    ]


def test_hidden_rows_and_struck_words_of_a_page_are_left_out_and_told() -> None:
    page = (
        "<table><tr><td>公交<s>地铁</s></td><td>准点<span style='display:none'>率</span></td></tr>"
        "<tr style='display:none'><td>旧</td><td>稿</td></tr><tr hidden><td>废</td></tr></table>"
    )
    source = html_source("页.html", page.encode())
    assert source.blocks == [Grid("表1", (Square("公交", 1, 1), Square("准点", 1, 2)))]
    (told,) = source.problems
    assert all(word in told.found for word in ("地铁", "率", "旧稿", "废", "4处"))


def test_a_page_in_gb2312_may_hold_the_rarer_characters_of_gb18030() -> None:
    data = '<meta charset="gb2312"><p>㙍镇喆轩路</p>'.encode("gb18030")
    assert html_source("页.html", data).blocks == [Cell("㙍镇喆轩路", "第1段", free=True)]


def test_a_cell_covers_no_more_columns_than_a_table_has_room_for() -> None:
    page = "<table><tr><td rowspan=0 colspan=999>宽</td><td>窄</td></tr></table>"
    (grid,) = html_source("页.html", page.encode()).blocks
    assert isinstance(grid, Grid)
    assert grid.squares == (Square("宽", 1, 1, 1, 64), Square("窄", 1, 65))


@pytest.mark.parametrize("data", [b"", b'<meta charset="no-such-code"><p>x</p>'])
def test_an_empty_page_and_one_in_an_unknown_code_are_told(data: bytes) -> None:
    with pytest.raises(DocumentDamaged, match="不是完好的网页文件"):
        html_source("页.html", data)
