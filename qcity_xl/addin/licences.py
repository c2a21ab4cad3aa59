"""The licences of the packages in the offline bundle, as their wheels state them."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

_LICENCE_FILE = re.compile(
    r"[^/]+\.dist-info/(?:.*/)?[^/]*(?:LICEN[CS]E|COPYING|NOTICE)[^/]*", re.I
)
_FAMILY = "License :: "
_REPLACEABLE = (
    "This library is under the GNU Lesser General Public License. It is installed unchanged, as a\n"
    "wheel of its own: you may replace it by a version of your own, and get its source code from\n"
    "the address above. https://www.gnu.org/licenses/lgpl-3.0.html has the terms.\n"
)
_RULE = "=" * 78


def metadata(wheel: Path) -> Message:
    """What a wheel says of itself: Name, Version, Requires-Dist, License, ..."""
    with zipfile.ZipFile(wheel) as package:
        name = next(n for n in package.namelist() if n.endswith(".dist-info/METADATA"))
        return HeaderParser().parsestr(package.read(name).decode())


def third_party_licences(wheels: Iterable[Path]) -> str:
    """One section for each wheel: name, version, licence, address, the texts that came with it."""
    sections = (section for wheel in sorted(wheels) for section in (_RULE, _section(wheel)))
    head = "Packages of others in this folder, each under the licence that it comes with.\n"
    return "\n".join([head, *sections])


def licence_of(about: Message) -> str:
    """The name of a licence: the expression, else the classifiers, else the first line of text."""
    families = [c.removeprefix(_FAMILY) for c in about.get_all("Classifier") or () if _FAMILY in c]
    names = [family.rpartition(" :: ")[2] for family in families if family != "OSI Approved"]
    text = str(about.get("License") or "").strip().splitlines()
    return str(about.get("License-Expression") or " / ".join(names) or "".join(text[:1]))


def _section(wheel: Path) -> str:
    about = metadata(wheel)
    licence = licence_of(about)
    lines = [f"{about['Name']} {about['Version']}", f"Licence: {licence}", _address(about), ""]
    if "LGPL" in licence or "Lesser" in licence:
        lines.append(_REPLACEABLE)
    return "\n".join([*lines, *_texts(wheel)])


def _address(about: Message) -> str:
    urls = [url.rpartition(", ")[2] for url in about.get_all("Project-URL") or ()]
    return str(about.get("Home-page") or next(iter(urls), "") or f"PyPI: {about['Name']}")


def _texts(wheel: Path) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as package:
        for name in package.namelist():
            if _LICENCE_FILE.fullmatch(name):
                yield package.read(name).decode("utf-8", "replace").strip() + "\n"
