"""What programs leave behind is known by its name, in any folder; nothing else is."""

import pytest

from qcity_xl.core.litter import is_litter


@pytest.mark.parametrize(
    "name",
    [
        "~$第2轮_市水务局.xlsx",
        "._第2轮_市水务局.xlsx",
        ".~lock.第2轮_市水务局.xlsx#",
        "Thumbs.db",
        "材料/THUMBS.DB",
        "材料\\desktop.ini",
        "填报表 - 快捷方式.lnk",
        ".DS_Store",
        "__MACOSX/填报表.xlsx",
    ],
)
def test_left_behind(name: str) -> None:
    assert is_litter(name)


@pytest.mark.parametrize(
    "name", ["第2轮_市水务局.xlsx", "~第2轮.xlsx", "$.xlsx", "lnk.xlsx", "desktop.ini.pdf", ""]
)
def test_sent(name: str) -> None:
    assert not is_litter(name)
