"""ONLYOFFICE's engine, in a process of its own: a third program beside Excel and LibreOffice."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.tools import unavailable

_CHILD = Path(__file__).with_name("onlyoffice_child.py")
_SECONDS = 300
Place = tuple[str, str]  # sheet, cell


def retyped(
    path: Path,
    out: Path,
    *,
    formulas: Iterable[Place] = (),
    cells: Iterable[tuple[Place, str]] = (),
) -> Path:
    """The workbook saved as `out` after these formulas were wiped and typed anew, in their order,
    and these cells typed; missing: skipped, in CI a failure.
    """
    if importlib.util.find_spec("docbuilder") is None:
        unavailable("ONLYOFFICE's engine", "run make referees")
    request = {
        "path": str(path),
        "out": str(out),
        "formulas": list(formulas),
        "cells": [(*place, text) for place, text in cells],
    }
    done = subprocess.run(
        [sys.executable, _CHILD],
        input=json.dumps(request),
        capture_output=True,  # it speaks of a licence that it does not need
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert out.is_file(), done.stdout
    return out
