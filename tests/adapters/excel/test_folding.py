"""Lines of a sheet in Excel folded under their first one, and opened to be written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl.adapters.excel.folding import fold, unfolded
from qcity_xl.core.schema import LOG
from tests.excel.conftest import Opened, engine, excel, opened
from tests.live.conftest import home, stage, stages

__all__ = ["engine", "excel", "home", "opened", "stage", "stages"]

Stage = Callable[..., Path]
Opener = Callable[[Path], Opened]


def test_of_each_group_the_first_line_stays_in_view(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    area = live.book.sheets[LOG.sheet].range("A1")
    model = next(one for one in live.model.sheets if one.name == LOG.sheet)
    sheet = unfolded(area)
    model.grouped = set()
    fold(sheet, [range(10, 14), range(14, 15), range(15, 17)])
    assert model.filtered == {11, 12, 13, 16}
    unfolded(area)
    assert model.filtered == set()
    fold(sheet, [range(17, 19)])
    assert model.filtered == {11, 12, 13, 16, 18}


def test_an_engine_without_outlines_leaves_all_in_view(
    stage: Stage, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = opened(stage("新"))
    model = next(one for one in live.model.sheets if one.name == LOG.sheet)
    monkeypatch.delattr(type(model), "get_Outline")
    before = set(model.filtered)
    fold(unfolded(live.book.sheets[LOG.sheet].range("A1")), [range(10, 14)])
    assert model.filtered == before
