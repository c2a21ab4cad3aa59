"""The window of options, on a screen: each kind of field is filled by keys and read."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import screen  # noqa: F401 - a fixture
from tests.live.screen import Screen

SECONDS, DRAWN = 60.0, 0.5
SCRIPT = """
import datetime as dt, json, sys
from qcity_xl.adapters.windows.dialogs import Field
from qcity_xl.adapters.windows.form import ask_fields

kinds = {
    "flag": Field("v", "只同意不影响得分的", "flag"),
    "text": Field("v", "轮次名", "text", "第1轮"),
    "date": Field("v", "只看这天及以后", "date", hint="如 2016-12-31"),
    "choice": Field("v", "轮次", "choice", choices=(("第2轮", "第2轮"), ("第1轮", "第1轮"))),
    "many": Field("v", "单位", "choice", choices=(("甲", "甲"), ("乙", "乙")), many=True,
                  all_chosen=True),
}
found = ask_fields("更多选项", [kinds[sys.argv[1]]])
print(json.dumps(found, default=str, ensure_ascii=False))
"""


@pytest.fixture
def asked(screen: Screen, tmp_path: Path) -> Any:  # noqa: F811
    """Show one field, press keys, and say what the window gave."""
    script = tmp_path / "ask.py"
    script.write_text(SCRIPT, encoding="utf-8")

    def run(kind: str, *keys: str) -> Any:
        process = subprocess.Popen(
            [sys.executable, str(script), kind],
            env={**screen.environment, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with process:
            try:
                screen.wait_for("更多选项")
                time.sleep(DRAWN)  # the focus goes from one to another of those that are drawn
                for key in keys:
                    screen.press(key)
                    time.sleep(DRAWN / 5)
                out, err = process.communicate(timeout=SECONDS)
            finally:
                process.kill()
        assert err == b""
        return json.loads(out)

    return run


def test_what_is_left_as_it_is_holds(asked: Any) -> None:
    assert asked("flag", "Return") == {"v": False}
    assert asked("text", "Return") == {"v": "第1轮"}
    assert asked("many", "Return") == {"v": []}  # all of them is what none means


def test_escape_gives_nothing(asked: Any) -> None:
    assert asked("text", "Escape") is None


BACK = ("shift+Tab",)  # from 确定, which has the focus, to the last field


def test_a_flag_is_set_by_the_space_bar(asked: Any) -> None:
    assert asked("flag", *BACK, "space", "Tab", "Return") == {"v": True}


def test_a_choice_is_made_by_arrow_keys(asked: Any) -> None:
    assert asked("choice", *BACK, "Down", "Down", "Return", "Tab", "Return") == {"v": "第2轮"}


def test_a_date_that_can_not_be_read_keeps_the_window(asked: Any) -> None:
    assert asked("date", *BACK, "x", "Tab", "Return", "Escape") is None
    day = ("2", "0", "1", "6", "minus", "5", "minus", "3")
    assert asked("date", *BACK, *day, "Tab", "Return") == {"v": "2016-05-03"}
