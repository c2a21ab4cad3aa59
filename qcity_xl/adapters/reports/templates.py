"""The templates of papers: the office's own, or those that are shipped."""

from collections.abc import Callable
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.resources import paper_template


def own_template(folder: str, home: Path) -> Callable[[str], bytes]:
    """How to get a template by name: the office's in `folder`, seen from `home`, if it is there.

    Raises FileUnreadable.
    """

    def template(name: str) -> bytes:
        own = home / folder / f"{name}.docx"
        return load_bytes(own if folder and own.is_file() else paper_template(name))

    return template
