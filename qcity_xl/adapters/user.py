"""Who is at the computer."""

import getpass


def user_name() -> str:
    """The name for the log."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such name on this machine
        return "未知"
