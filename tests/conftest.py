"""What every test may use."""

import os
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = ["tests.libreoffice.plugin"]

# No deadline: the first example pays for imports, and runners share their processors.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=False, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of files that stand beside the checkout: real workbooks, too large to keep."""
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the folder of shared files is missing: put it at {folder}")
    return folder
