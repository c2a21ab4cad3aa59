"""The way to send that a user chose.

An option of the catalogue that decides `way` has the name of a module beside this one, whose
function `way` makes it from what was asked. Only the chosen one is loaded.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from qcity_xl.adapters.mail.carrier import Way
from qcity_xl.core.catalogue import STEPS

WAY_NAMES = tuple(
    dict.fromkeys(option.name for step in STEPS for option in step.alternatives("way"))
)


def chosen_way(asked: Mapping[str, Any]) -> Way | None:
    """The way among these options, by their names; None without one."""
    for name in WAY_NAMES:
        if asked.get(name):
            way: Way = import_module(f"qcity_xl.adapters.mail.{name}").way(asked)
            return way
    return None
