"""The probe finds in the model of Excel what is believed of it; elsewhere it tells what differs."""

from collections.abc import Callable
from pathlib import Path

import xlwings as xw
from click.testing import CliRunner

from qcity_xl.addin.cli import addin
from qcity_xl.addin.probe import MANNERS, NOT_TRIED, look, program_of, scratch, scratch_in
from tests.excel.conftest import Opened, engine, excel, opened  # noqa: F401 - fixtures
from tests.live.conftest import app, desk, screen  # noqa: F401 - fixtures

# Of these the model has nothing: it calculates no formula.
NOT_IN_THE_MODEL = {"#N/A 的代码", "#DIV/0! 的代码"}


def test_the_model_does_what_is_believed(
    opened: Callable[[Path], Opened],  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "规则.xlsx"
    path.write_bytes(scratch())
    live = opened(path)
    for sheet in live.model.sheets:
        sheet.protected = sheet.name == "保护"
        sheet.filtered = {3} if sheet.name == "筛选" else set()
    found = list(look(live.book))
    assert [f for f in found if not f.same and f.name not in NOT_IN_THE_MODEL] == []
    assert len(found) == len(MANNERS)


def test_a_real_program_is_looked_at_and_nothing_of_it_stays(app: xw.App) -> None:  # noqa: F811
    before = [book.name for book in app.books]
    with scratch_in(app) as book:
        found = list(look(book))
    assert [book.name for book in app.books] == before
    seen = {f.name: f for f in found}
    for name in ("写进受保护的表", "同一个数写成小数", "改成手动重算再改回"):
        assert seen[name].same, seen[name]
    assert not seen["写入32位以外的整数"].same  # LibreOffice is kinder than Excel
    assert seen["能问出是不是只读"].seen.startswith(NOT_TRIED)
    assert program_of(app)


def test_without_an_excel_the_command_says_where_to_run_it() -> None:
    done = CliRunner().invoke(addin, ["probe"])
    assert done.exit_code == 3
    assert "没有能打开的 Excel" in done.output
