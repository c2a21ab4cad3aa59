"""What 检查规则 prints has the keys that its page tells of."""

from pathlib import Path

from qcity_xl.steps.shared.rules_data import FindingData, RulesData, WayData
from tests.steps.conftest import Qcity


def test_what_is_printed_has_the_keys(qcity: Qcity, master: Path) -> None:
    data = qcity("rules", master)[1]
    assert set(data) == set(RulesData.__annotations__)
    for finding in data["findings"]:
        assert set(finding) == set(FindingData.__annotations__)
        assert all(set(way) == set(WayData.__annotations__) for way in finding["options"])
