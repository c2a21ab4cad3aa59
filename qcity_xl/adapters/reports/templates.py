"""The templates of papers: the office's own, or those that are shipped."""

from collections.abc import Callable
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.reports.paper import BadPaper
from qcity_xl.adapters.resources import paper_template

_OTHERS = (".doc", ".docm", ".dotx", ".dotm", ".wps", ".wpt", ".rtf", ".odt")


def own_template(folder: str, home: Path) -> Callable[[str], bytes]:
    """How to get a template by name: the office's in `folder`, seen from `home`, if it is there.

    Raises FileUnreadable, and BadPaper for one that was saved in another format: nobody would see
    that it isn't used.
    """

    def template(name: str) -> bytes:
        own = home / folder / f"{name}.docx"
        if folder and own.exists():
            return load_bytes(own)
        for ending in _OTHERS if folder else ():
            if own.with_suffix(ending).exists():
                fix = "请用 Word 或 WPS 另存为 .docx，或删掉它改用程序自带的模板。"
                raise BadPaper(name, "", f"存成了 {name}{ending}，程序只读 .docx", fix)
        return load_bytes(paper_template(name))

    return template
