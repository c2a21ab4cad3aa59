"""A small master, and books as an office keeps them."""

from collections.abc import Sequence

from qcity_xl.core.adopting.adoption import Adopted, adopt_book
from qcity_xl.core.history.log import Stamp, as_lines, log_rows
from qcity_xl.core.master.model import Master
from qcity_xl.core.reading import Grid, Square, grid_of
from tests.core.builders import build, criterion, group, indicator, section, setting, task, unit

COMMAND = "接收台账"
OFFICE = build(
    section(1, 45),
    indicator(1, 20, title="质量工作机制", wording="建立专班得10分；每季度召开例会得10分。"),
    indicator(2, 15, title="标准供给", methods="查阅文件"),
    indicator(3, 10, title="质量人才"),
    criterion("1(1)", 10, text="建立质量专班"),
    criterion("1(2)", 10, text="每季度召开例会"),
    criterion("2(1)", 15, "数值分段", "≥3项：15；≥1项：5", text="制定地方标准"),
    criterion("3(1)", 4, text="开设质量课程"),
    criterion("3(2)", 6, text="评出质量工匠"),
    task("1.1", "市农委", "1(1)", text="建立质量工作专班", partners="市教育局"),
    task("1.2", "市教育局", "1(2)", text="每季度召开一次质量例会"),
    task("2.1", "市农委；市教育局", "2(1)", text="制定发布地方标准三项以上"),
    task("3.1", "市教育局", "3(1)", text="在职业院校开设质量课程", partners="成员单位"),
    task("3.2", "市教育局", "3(2)", text="评出质量工匠十名"),
    unit("市农委", "农委、市农业委员会", contact=None, email=None),
    unit("市教育局", "教育局", contact=None, email=None),
    unit("市水务局", contact=None, email=None),
    group("成员单位"),
    setting("总表", "总表编号", "test"),
)


def sheet(*rows: Sequence[str], name: str = "工作表“台账”") -> Grid:
    """A sheet with these rows; its columns are A, B, C."""
    return grid_of(name, rows, letters=True)


def merged(grid: Grid, *spans: tuple[str, int, int]) -> Grid:
    """The sheet with some cells merged: first cell such as B3, rows and columns that it covers."""
    wanted = {place: (height, width) for place, height, width in spans}
    squares = []
    covered: set[tuple[int, int]] = set()
    for square in grid.squares:
        place = f"{chr(64 + square.column)}{square.row}"
        height, width = wanted.get(place, (1, 1))
        if (square.row, square.column) not in covered:
            squares.append(Square(square.text, square.row, square.column, height, width))
        covered |= {
            (row, column)
            for row in range(square.row, square.row + height)
            for column in range(square.column, square.column + width)
        }
    return Grid(grid.name, tuple(squares), letters=True)


def adopt(*grids: Grid, master: Master = OFFICE) -> Adopted:
    return adopt_book(master, grids, "台账.xlsx", COMMAND)


def after(adopted: Adopted, master: Master = OFFICE, command: str = COMMAND) -> Master:
    """The master with what was adopted, and its lines in 日志."""
    master = master.with_changes(adopted.changes)
    lines = as_lines(adopted.changes)
    return master.with_changes(log_rows(master, Stamp("2016-05-01 09:30", "王敏", command), lines))


def why(adopted: Adopted, cell: str) -> str:
    """Why a cell such as B3 was left, "" if it was not."""
    return next((c.reason for c in adopted.left if c.cell.cell == cell), "")
