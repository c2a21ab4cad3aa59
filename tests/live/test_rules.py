"""检查规则 looks at the rules as they are on screen, and writes nothing."""

from collections.abc import Callable
from pathlib import Path

from qcity_xl import ribbon
from qcity_xl.core.schema import CRITERIA
from tests.live.conftest import Answers, Open

Stage = Callable[..., Path]
Opener = Callable[[Path], Open]


def test_a_rule_that_was_just_typed_is_looked_at(stage: Stage, opened: Opener) -> None:
    live = opened(stage("新"))
    key = next(k for k, r in live.master.rows(CRITERIA).items() if r["label"] == "11(2)")
    cell = live.master.cell(CRITERIA, key, "params")
    live.book.sheets[CRITERIA.sheet].range(cell).value = ">30%：5"
    answers = Answers()
    ribbon.click("rules", answers)
    (told,) = answers.told
    assert "规则检查完成" in told
    assert "正好30%算不算" in told
    assert live.book.sheets[CRITERIA.sheet].range(cell).value == ">30%：5"
