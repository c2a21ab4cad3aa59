"""得分理由: all that decides a score, and nothing written."""

from pathlib import Path

from tests.steps.conftest import Qcity


def test_why_explains_a_score_and_writes_nothing(qcity: Qcity, master: Path) -> None:
    before = master.read_bytes()
    status, data = qcity("why", master, "13（3）")
    assert status == 0
    (found,) = data["criteria"]
    assert (found["label"], found["points"], found["claimed"]) == ("13(3)", 4, None)
    assert found["allowed"]
    assert qcity("why", master, "99")[0] == 3
    assert master.read_bytes() == before
