"""The look of the master and of the pack, built from the schema."""

from qcity_xl.adapters.templates.master import build_master
from qcity_xl.adapters.templates.pack import build_pack
from qcity_xl.adapters.templates.template import build_template_bytes

__all__ = ["build_master", "build_pack", "build_template_bytes"]
