"""Steps on the master alone."""

import pytest

from qcity_xl.core.catalogue import BY_ID, STEPS, Step
from qcity_xl.core.catalogue.table import TABLE


@pytest.mark.parametrize("step", TABLE, ids=lambda step: step.id)
def test_nothing_leaves_the_house(step: Step) -> None:
    assert not step.leaves
    assert not step.alternatives("way")
    assert step.effect == ("makes" if step.id == "new" else "writes")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_what_writes_can_be_told_to_write_over_a_signature(step: Step) -> None:
    forced = [option.name for option in step.options if option.name == "force"]
    writes = step.effect in ("writes", "hands out") or step.id in ("collect", "doctor")
    assert bool(forced) is writes


def test_a_new_master_asks_for_the_document_first() -> None:
    document = BY_ID["new"].option("document")
    assert (document.asked, document.flag, document.required) == ("first", "--from", False)
