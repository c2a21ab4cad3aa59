"""Steps for leaders and inspectors: they make files and leave the master alone."""

from qcity_xl.core.catalogue import BUTTONS
from qcity_xl.core.catalogue.reports import REPORTS


def test_they_write_no_master() -> None:
    assert [(step.id, step.effect) for step in REPORTS] == [
        ("report", "makes"),
        ("inspect", "makes"),
        ("answer", "makes"),
        ("rollup", "makes"),
    ]


def test_they_share_a_group_with_the_reasons() -> None:
    own = [step.id for step in BUTTONS if step.button and step.button.group == "汇报"]
    assert own == ["report", "inspect", "answer", "why"]
