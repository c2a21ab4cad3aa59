"""What `evidence` prints has the keys that its page says."""

from pathlib import Path

from qcity_xl.adapters.papers import paper
from qcity_xl.steps.shared.evidence_data import EvidenceData
from tests.steps.conftest import Qcity
from tests.steps.shared.test_data import fits


def test_with_and_without_a_folder(qcity: Qcity, master: Path) -> None:
    folder = master.parent / "收集"
    folder.mkdir()
    (folder / "1(1) 2016年规划.pdf").write_bytes(paper("规划"))
    (folder / "别的.pdf").write_bytes(paper("别的"))
    assert fits(qcity("evidence", master)[1], EvidenceData)
    found = qcity("evidence", master, "--scan", folder, "--yes")[1]
    assert fits(found, EvidenceData)
    assert found["proposals"]
    assert found["left"]
