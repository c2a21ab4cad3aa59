"""Texts as file names: what every system takes, and one name for one text."""

import hashlib
import re

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 180  # bytes of a name: systems take 255, and a number, a hash and an ending are added
_LONGEST_ENDING = 12
_DIGITS = 8  # of the mark that tells two names apart


def safe_name(text: str) -> str:
    """A file name that Windows, Mac and Linux take, without folders in it; its ending stays."""
    name = _FORBIDDEN.sub("_", text).strip(" .") or "_"
    name = f"_{name}" if _DEVICES.fullmatch(name) else name
    if len(name.encode()) <= _LONGEST:
        return name
    ending = "." + name.rpartition(".")[2] if "." in name else ""
    ending = ending if len(ending.encode()) < _LONGEST_ENDING else ""
    room = _LONGEST - len(ending.encode())
    return name.encode()[:room].decode(errors="ignore") + ending


def own_name(text: str, before: str = "", ending: str = "") -> str:
    """A file name that no other text gets, with words before it and an ending.

    A text that a file name can't hold as it is, or with capitals (some systems take a for A), gets
    a mark of its own.
    """
    words = _FORBIDDEN.sub("_", before)
    name = safe_name(words + text)
    if name == words + text and text == text.lower():
        return name + ending
    return f"{name}_{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:_DIGITS]}{ending}"


def alike(text: str) -> str:
    """Equal for texts that plain file names could not tell apart."""
    return safe_name(text).casefold()
