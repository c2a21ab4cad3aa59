"""The keys of 加分建议: what the command prints has them."""

from pathlib import Path

from qcity_xl.steps.shared.advise_data import AdviseData
from tests.steps.conftest import Qcity
from tests.steps.shared.test_data import fits


def test_what_the_command_prints_has_the_keys(qcity: Qcity, master: Path) -> None:
    assert fits(qcity("advise", master, "--points", "12", "--set", "21(1)=达成")[1], AdviseData)
