"""The keys of 接收台账's `--json` are those that it gives."""

from pathlib import Path
from typing import get_type_hints

from qcity_xl.steps.adopt import adopt
from qcity_xl.steps.shared.adopt_data import AdoptData, LeftCellData
from qcity_xl.steps.shared.outcome import Context
from tests.steps.books import book_for
from tests.steps.conftest import context, master

__all__ = ["context", "master"]


def test_what_is_given_is_what_is_declared(master: Path, context: Context, tmp_path: Path) -> None:
    data = adopt(master, book_for(master, tmp_path), context).data
    assert set(data) == set(get_type_hints(AdoptData))
    assert set(data["left"][0]) == set(get_type_hints(LeftCellData))
