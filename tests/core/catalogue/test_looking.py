"""Steps that look back or explain."""

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.catalogue.looking import LOOKING


def test_only_an_undo_writes() -> None:
    writing = [step.id for step in LOOKING if step.effect not in ("reads", "makes")]
    assert writing == ["undo"]


def test_what_has_no_workbook_is_no_command() -> None:
    assert [step.id for step in LOOKING if not step.target] == ["manual"]
    assert all(step.button for step in LOOKING if not step.target)


def test_a_click_verifies_the_log_without_asking() -> None:
    check = BY_ID["log"].option("check")
    assert (check.asked, check.in_click) == ("never", True)
