"""What an office makes of 看板 on its screen is there after every click, and after saving."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qcity_xl import ribbon
from qcity_xl.core.schema import CRITERIA
from tests.live.conftest import Answers, Open

BOARD = "看板"
NOTE, TITLE, BLANK = "X5", "B1", "C60"  # beside the page, of the page, below it
TEXTS = {NOTE: "市长关注：第3项", TITLE: "我市质量强市进度", BLANK: "办公室手记"}
FILLS = {NOTE: 0xFFF2CC, TITLE: 0xDDEBF7}
WIDTHS = {"X": 4321, "D": 3456}
STEPS = ("score", "split", "merge", "check", "evidence", "undo")


def look(live: Open) -> dict[str, Any]:
    more = {"cells": list(TEXTS), "columns": list(WIDTHS)}
    return dict(live.book.impl.ask("look", sheet=BOARD, **more))


def make_it_ones_own(live: Open) -> dict[str, Any]:
    """Words, fills, widths and moved charts by hand: how it looks then."""
    texts = [{"do": "set", "sheet": BOARD, "cell": at, "value": it} for at, it in TEXTS.items()]
    live.book.impl.ask("act", actions=texts)
    moved = [[x + 1500, y + 2500] for x, y in look(live)["charts"]]
    assert len(moved) == 2
    live.book.impl.ask("dress", sheet=BOARD, fills=FILLS, widths=WIDTHS, charts=moved)
    return look(live)


def test_what_is_ones_own_on_the_dashboard_outlives_every_click(
    stage: Callable[..., Path], opened: Callable[[Path], Open]
) -> None:
    path = stage("回收")
    live = opened(path)
    shipped = look(live)
    own = make_it_ones_own(live)
    assert own["texts"] == TEXTS and FILLS.items() <= own["fills"].items()
    assert all(own[what] != shipped[what] for what in shipped)
    for step in STEPS:
        before = live.master
        folder = path.parent / ("包" if step == "split" else "回收件")
        answers = Answers(folder=folder)
        ribbon.click(step, answers)
        assert "完成" in answers.told[0], step
        assert live.master != before, step
        assert look(live) == own, step
    assert any(row.get("claimed") for row in live.master.rows(CRITERIA).values())
    live.book.save()
    live.book.close()
    again = look(opened(path))
    for what in ("texts", "fills"):
        assert again[what] == own[what]
    assert all(abs(again["widths"][name] - wide) < 40 for name, wide in WIDTHS.items())  # of a sign
    for (x, y), (found_x, found_y) in zip(own["charts"], again["charts"], strict=True):
        assert abs(x - found_x) < 50 and abs(y - found_y) < 50
