"""A message in a box of Excel's own, where no window of ours can be made."""

from collections.abc import Sequence
from contextlib import suppress

from qcity_xl.adapters.excel.session import load_xlwings
from qcity_xl.adapters.windows.dialogs import CANCEL
from qcity_xl.adapters.windows.message import Message

_MOST = 1000  # characters that such a box shows


def alert(title: str, message: Message, buttons: Sequence[str]) -> int:
    """Which button was pressed, the last one where there is no Excel to ask."""
    load_xlwings()
    import xlwings

    app = None
    with suppress(Exception):  # where Excel never runs, xlwings has no engine
        app = xlwings.apps.active
    kind = "ok_cancel" if CANCEL in buttons else "ok"
    pressed = app.alert(message.text()[:_MOST], title, kind) if app else "cancel"
    return 0 if pressed == "ok" and CANCEL in buttons else len(buttons) - 1
