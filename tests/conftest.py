"""What every test may use."""

import gc
import os
from collections import Counter
from pathlib import Path

import hypothesis
import pytest

# Thousands of tests live as long as the run: looking through them for garbage costs a third of
# the time in which they are collected, and some of each test later on.
gc.disable()

pytest_plugins = ["tests.libreoffice.plugin"]

# No deadline: the first example pays for imports, and runners share their processors.
# What guards a change tries the same examples each time; new ones are looked for by hand.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of files that stand beside the checkout: real workbooks, too large to keep."""
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the folder of shared files is missing: put it at {folder}")
    return folder


def pytest_collection_finish() -> None:
    """What was made so far stays: garbage is looked for among what tests make."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 50, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tries tests made: record_property("tried", ("kill points", 12))."""
    tried: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "tried":
                tried[value[0]] += value[1]
    for what, count in sorted(tried.items()):
        terminalreporter.write_line(f"tried {count} {what}")
