"""What is shipped is there, and the manual comes up in the browser that the user has."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qcity_xl.adapters.resources import manual, master_template, pack_template, show_file


def test_all_that_is_shipped_is_there() -> None:
    for path in (manual(), master_template(), pack_template()):
        assert path.is_file()


def test_the_button_opens_the_manual_in_the_browser(tmp_path: Path) -> None:
    browser = tmp_path / "浏览器"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/opened"\n', encoding="utf-8")
    browser.chmod(0o755)
    subprocess.run(
        [sys.executable, "-I", "-B", "-c", "import qcity_xl.ribbon as r; r.click('manual')"],
        env={**os.environ, "BROWSER": str(browser)},
        check=True,
    )
    assert (tmp_path / "opened").read_text(encoding="utf-8") == manual().as_uri()


def test_a_master_is_opened_by_the_program_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/opened"\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    master = tmp_path / "-总 表.xlsx"
    assert show_file(master)
    until = time.monotonic() + 60
    while not (tmp_path / "opened").is_file() and time.monotonic() < until:
        time.sleep(0.02)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert not show_file(master)
    time.sleep(0.1)
    assert (tmp_path / "opened").read_text(encoding="utf-8") == str(master)
