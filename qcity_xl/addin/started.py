"""The first thing that a button runs: does the add-in belong to this package?"""

import sys
from typing import TYPE_CHECKING

from qcity_xl import __version__

if TYPE_CHECKING:  # a click that goes on needs none of it
    from qcity_xl.adapters.windows.dialogs import Dialogs


def by(version: str, dialogs: "Dialogs | None" = None) -> None:
    """Nothing for the add-in of this version; for another, a sentence, and the click is over."""
    if version == __version__:
        return
    from qcity_xl.adapters.excel.alert import alert
    from qcity_xl.adapters.windows.dialogs import Windows, tell

    tell(
        dialogs or Windows(alert),
        "质量强市",
        f"加载项是 {version or '旧'} 版，程序是 {__version__} 版，不配套，什么都没有改动。"
        "请关闭所有 Excel 窗口，运行 install.cmd（或 qcity addin install），再打开 Excel。",
    )
    sys.exit()
