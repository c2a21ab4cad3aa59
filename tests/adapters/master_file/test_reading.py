"""A master read from its tables alone: what stands elsewhere costs nothing, other headers do not
stop it, and what was read can travel."""

import multiprocessing as mp
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.reading import read_master
from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.core.errors import HeaderLost, NewerMaster, NotAMaster
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, SETTINGS

_FIXTURE = Path(__file__).parents[2] / "masters/0.1.0.xlsx"
_MEMORY = 1_500_000_000  # bytes of addresses; one far cell read densely takes more


@pytest.fixture(scope="module")
def data() -> bytes:
    return _FIXTURE.read_bytes()


@pytest.mark.parametrize("sheet", ["使用说明", "任务", "看板", "日志"])
@pytest.mark.parametrize("place", [(100_000, 4_447), (1_048_576, 16_384), (8, 16_384)])
def test_a_far_cell_costs_nothing(
    data: bytes, tmp_path: Path, sheet: str, place: tuple[int, int]
) -> None:
    book = Book.read(data)
    book.set(sheet, *place, "不小心按到的")
    path = tmp_path / "总表.xlsx"
    book.save(path)
    code = (
        "import resource, sys; from pathlib import Path\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))\n"
        "from qcity_xl.adapters.master_file.reading import read_master\n"
        "master = read_master(Path(sys.argv[1]).read_bytes())\n"
        "print(sum(map(len, master.tables.values())))\n"
        # The most of this program: ru_maxrss begins with what the one that started it had.
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    command = [sys.executable, "-c", code, str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, kilobytes = map(int, found.stdout.split())
    assert rows == sum(map(len, read_master(data).tables.values()))
    assert kilobytes < 600_000


def test_a_row_that_reaches_far_reads_as_before(data: bytes) -> None:
    book = Book.read(data)
    line = next(iter(read_master(data).lines.values()))
    book.set("填报", line, 16_384, "旁边的字")
    assert read_master(book.to_bytes()) == read_master(data)


def test_a_master_can_travel(data: bytes) -> None:
    master = read_master(data)
    assert pickle.loads(pickle.dumps(master)) == master  # noqa: S301 - our own bytes
    with ProcessPoolExecutor(1, mp_context=mp.get_context("spawn")) as pool:
        assert pool.submit(_rows, master).result() == len(master.rows(CRITERIA))
        assert pool.submit(read_master, data).result() == master


def _rows(master: Master) -> int:
    return len(master.rows(CRITERIA))


def test_reading_needs_no_editor() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from qcity_xl.adapters.master_file.reading import read_master\n"
        "read_master(Path(sys.argv[1]).read_bytes())\n"
        "editor = ('book', 'sheet', 'styles', 'validations', 'growth')\n"
        "print([n for n in editor if f'qcity_xl.adapters.ooxml.{n}' in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(_FIXTURE)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def _table(data: bytes, name: str, edit: Callable[[str], str]) -> bytes:
    """The workbook with the part of a table edited."""
    package, book = Package.read(data), Book.read(data)
    part = book.tables[name].part
    before = package.part(part).decode()
    after = edit(before)
    assert after != before
    package.replace(part, after.encode())
    return package.to_bytes()


def _headed(data: bytes, table: str, old: str, new: str) -> bytes:
    entities = "".join(f"&#{ord(c)};" for c in old)
    return _table(
        data,
        table,
        lambda text: re.sub(f'name="(?:{re.escape(old)}|{entities})"', f'name="{new}"', text),
    )


@pytest.mark.parametrize(
    "header",
    [
        "完成&#10;情况",
        "完成情况 ",
        "完成_x000a_情况",
        "完 成 情 况",
        "完成\u200b情况",
        "完成情况（必填）",
        "*完成情况",
    ],
)
def test_a_cosmetic_change_of_a_header_stops_nothing(data: bytes, header: str) -> None:
    changed = _headed(data, ASSIGNMENTS.name, "完成情况", header)
    assert read_master(changed).rows(ASSIGNMENTS) == read_master(data).rows(ASSIGNMENTS)


def test_a_renamed_table_is_known_by_its_header(data: bytes) -> None:
    changed = _table(
        data,
        CRITERIA.name,
        lambda text: text.replace('displayName="tblCriteria"', 'displayName="表7"'),
    )
    assert read_master(changed) == read_master(data)


def test_another_header_is_named_with_its_sheet(data: bytes) -> None:
    changed = _headed(data, ASSIGNMENTS.name, "完成情况", "办到哪一步了")
    with pytest.raises(HeaderLost, match=r"「填报」里找不到“完成情况”一列.*改回表头") as told:
        read_master(changed)
    assert "快照" not in str(told.value)
    assert "qcity new" not in str(told.value)


def test_a_lost_key_column_is_named(data: bytes) -> None:
    with pytest.raises(HeaderLost, match="「得分点」里找不到“行键”一列"):
        read_master(_headed(data, CRITERIA.name, "行键", "序"))


def test_a_workbook_without_the_plan_is_no_master() -> None:
    from io import BytesIO

    import openpyxl

    raw = BytesIO()
    openpyxl.Workbook().save(raw)
    with pytest.raises(NotAMaster, match="「任务」"):
        read_master(raw.getvalue())


def test_a_newer_master_is_told_as_such(data: bytes) -> None:
    book, master = Book.read(data), read_master(data)
    line = max(n for (table, _), n in master.lines.items() if table == SETTINGS.name)
    columns = [master.letters[SETTINGS.name, f] for f in ("key", "group", "item", "value")]
    first = book.append_rows(SETTINGS.name, 1)
    assert first == line + 1
    values: list[str | int] = ["总表/结构版本", "总表", "结构版本", 99]
    for letters, value in zip(columns, values, strict=True):
        book.set("设置", first, ord(letters) - 64, value)
    with pytest.raises(NewerMaster, match="升级"):
        read_master(book.to_bytes())
