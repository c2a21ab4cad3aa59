"""Who is at the computer, and where programs keep what is theirs alone."""

import getpass
from pathlib import Path


def user_name() -> str:
    """The name for the log."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such name on this machine
        return "未知"


def own_folder() -> Path:
    """The folder for what this product remembers of the user; it need not be there."""
    from click import get_app_dir  # a click in Excel does without it

    return Path(get_app_dir("qcity_xl"))
