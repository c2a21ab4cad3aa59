"""Files that programs leave behind, which nobody means to send: by their names alone."""

import re

_LITTER = re.compile(
    r"~\$.*|\._.*|\.~lock\..*|\.~.*|thumbs\.db|ehthumbs.*\.db|desktop\.ini|\.ds_store|.*\.lnk",
    re.IGNORECASE | re.DOTALL,
)


def is_litter(path: str) -> bool:
    """Whether a name, with or without folders before it, is that of a lock file or the like.

    Lock files of Office and LibreOffice, the shadow files of a Mac, thumbnails, shortcuts.
    """
    *folders, name = re.split(r"[/\\]", path)
    return "__MACOSX" in folders or _LITTER.fullmatch(name) is not None
