"""How many calls a click may make: each crosses from Python to Excel and costs there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qcity_xl import ribbon
from tests.excel.conftest import Opened
from tests.live.conftest import Answers
from tests.live.test_parity import CHOSEN, STEPS

MOST = {
    "check": 355,
    "score": 380,
    "evidence": 440,
    "split": 360,
    "merge": 380,
    "resolve": 310,
    "undo": 240,
    "send": 700,
    "chase": 700,
}


@pytest.mark.parametrize("name", STEPS)
def test_a_click_makes_no_more_calls_than_it_needs(
    name: str, stage: Callable[..., Path], opened: Callable[[Path], Opened]
) -> None:
    path = stage(STEPS[name][0])
    live = opened(path)
    wire = live.model.wire
    wire.calls = 0
    answers = Answers(folder=path.parent / CHOSEN.get(name, "回收件"))
    ribbon.click(name, answers)
    assert "完成" in answers.told[0]
    assert wire.calls <= MOST[name], wire.by_name.most_common()
