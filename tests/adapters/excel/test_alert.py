"""Where no window can be made and no Excel is there to ask, nothing is agreed to."""

from qcity_xl.adapters.excel.alert import alert
from qcity_xl.adapters.windows.dialogs import CANCEL, OK
from qcity_xl.adapters.windows.message import sentence


def test_without_an_excel_the_answer_is_no() -> None:
    assert alert("发送", sentence("将要发送29封"), ("发送29封", CANCEL)) == 1
    assert alert("发送", sentence("没有要发的。"), (OK,)) == 0
