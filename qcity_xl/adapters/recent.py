"""The masters that were worked on last, for the window that offers them again."""

import json
from contextlib import suppress
from pathlib import Path

from qcity_xl.adapters.disk import make_file
from qcity_xl.adapters.user import own_folder
from qcity_xl.core.errors import QcityError

_MOST = 8


def recent_masters() -> list[Path]:
    """The last one first; none where nothing that can be read is kept."""
    try:
        names = json.loads(_place().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    listed = names if isinstance(names, list) else []
    return [Path(name) for name in listed if isinstance(name, str)][:_MOST]


def remember_master(path: Path) -> None:
    """Put it first. Where that can't be kept nothing is lost but a service."""
    others = [kept for kept in recent_masters() if kept != path]
    names = [str(kept) for kept in (path, *others)][:_MOST]
    with suppress(QcityError):
        make_file(_place(), json.dumps(names, ensure_ascii=False).encode())


def _place() -> Path:
    return own_folder() / "recent.json"
