"""What units read of their evidence and of answers that were not taken."""

import pytest

from qcity_xl.core.rounds.feedback import answers_not_taken, fault_of
from qcity_xl.core.schema.words import PASSED, REFUSED, REFUSED_BEFORE, VALID
from qcity_xl.core.scoring import evidence as found
from qcity_xl.core.values import Value
from tests.core.builders import build, conflict

NOT_ROWS = {found.MISSING, found.PENDING, found.UNCHECKED}  # no finding of a row, or no fault
FINDINGS = sorted(
    {
        value
        for name, value in vars(found).items()
        if name.isupper() and isinstance(value, str) and not name.startswith("_")
    }
    - NOT_ROWS
    - {VALID, PASSED}
)


@pytest.mark.parametrize("finding", FINDINGS)
def test_each_fault_comes_with_what_to_do(finding: str) -> None:
    told, _, how = fault_of(finding, {"state_note": "公章不清"}).partition("；")
    assert told.startswith(finding)
    assert how.startswith(("请", "没有收到", "同一份"))


@pytest.mark.parametrize("finding", ["", VALID])
def test_nothing_is_said_of_evidence_that_is_in_order(finding: str) -> None:
    assert fault_of(finding, {}) == ""


def test_a_rejection_without_a_reason_sends_to_the_office() -> None:
    assert fault_of(found.REJECTED, {}) == "退回：没有写原因，请问办公室；请改好或换一份"


@pytest.mark.parametrize("kind", [REFUSED, REFUSED_BEFORE])
def test_only_the_units_own_open_refusals_are_told_each_once(kind: str) -> None:
    def refused(key: str, **more: Value) -> tuple[str, dict[str, Value]]:
        said: dict[str, Value] = {"kind": kind, "theirs": "差不多", "reason": "只能填：推进中。"}
        return key, {**said, **more}

    rows = [
        refused("X1"),
        refused("X2", round="第2轮"),
        refused("X3", theirs=None),
        refused("X4", outcome="已处理"),
        refused("X5", unit="市教育局"),
        refused("X6", kind="冲突"),
    ]
    master = build(*(conflict(key, "T1.1/市农委", "完成情况", **more) for key, more in rows))
    told = answers_not_taken(master, "市农委")
    assert list(told) == [("填报", "T1.1/市农委")]
    assert [item.sentence() for item in told["填报", "T1.1/市农委"]] == [
        "上次“完成情况”填“差不多”没有采用：只能填：推进中",
        "上次“完成情况”填“（空）”没有采用：只能填：推进中",
    ]
