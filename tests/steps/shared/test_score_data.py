"""The keys of scores and rulings: what the commands print has them."""

from pathlib import Path

import pytest

from qcity_xl.steps.shared.score_data import AgreeData, ScoreData
from tests.steps.conftest import Qcity
from tests.steps.shared.test_data import fits


@pytest.mark.parametrize(("command", "kind"), [("score", ScoreData), ("agree", AgreeData)])
def test_what_a_command_prints_has_the_keys(
    qcity: Qcity, master: Path, command: str, kind: type
) -> None:
    assert fits(qcity(command, master)[1], kind)
