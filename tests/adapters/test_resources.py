"""What is shipped is there, and the manual comes up in the browser that the user has."""

import os
import subprocess
import sys
from pathlib import Path

from qcity_xl.adapters.resources import manual, master_template, pack_template


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
