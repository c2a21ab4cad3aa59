"""The shipped template: what a master of this version consists of."""

from functools import cache

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.master_file.layout import read_layout
from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.master.model import Layout


@cache
def template() -> MasterTables:
    """The template's tables."""
    path = master_template()
    return MasterTables.read(path.name, load_bytes(path))


@cache
def template_layout() -> Layout:
    """What its tables consist of beside their rows."""
    return read_layout(template())
