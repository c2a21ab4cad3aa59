"""The packs that a city's master answers, from our own copies of what was sent."""

from pathlib import Path

import pytest

from qcity_xl.adapters.packs import NotAPack, read_pack
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.schema import CRITERIA
from qcity_xl.steps.shared.city_answers import answered, answered_by
from tests.steps.two_levels import city, province, reading


def test_our_copy_is_answered_as_the_file_would_be(tmp_path: Path) -> None:
    master = province(tmp_path)
    own = reading(city(tmp_path, "甲市", (CRITERIA, "C2.1", "answer", "达成")))
    side = SideFolder(master)
    ((data, pack),) = answered_by(own, reading(master), side)
    sent = (tmp_path / "下发" / "第1轮_甲市.xlsx").read_bytes()
    assert data == answered(sent, own, Limits())[0]
    assert pack.rows == read_pack(data, Limits()).rows
    assert pack.notes[:1] == ("是甲市的总表，照它代填了1格",)
    side.forget_sent("第1轮", "甲市")
    with pytest.raises(NotAPack, match="请甲市用“答复上级”填好收到的填报表"):
        list(answered_by(own, reading(master), side))
