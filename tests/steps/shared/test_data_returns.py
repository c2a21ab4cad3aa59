"""What the steps print that take returns in has the keys of their types."""

from pathlib import Path

from qcity_xl.steps.shared.data_returns import MergeData, ResolveData
from tests.steps.conftest import Qcity
from tests.steps.shared.test_data import fits


def test_what_a_merge_and_its_conflicts_print_has_the_keys(qcity: Qcity, master: Path) -> None:
    empty = master.parent / "回收"
    empty.mkdir()
    assert fits(qcity("merge", master, empty)[1], MergeData)
    assert fits(qcity("resolve", master)[1], ResolveData)
    assert not fits({"beside": [{"cell": 1}]}, MergeData)
