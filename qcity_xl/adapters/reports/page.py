"""The page: one HTML file that needs no network, for a browser and for paper."""

from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from qcity_xl.adapters.reports.paper import shown
from qcity_xl.core.master.model import Master
from qcity_xl.core.reports.overview import Overview
from qcity_xl.core.reports.page_values import page_values
from qcity_xl.core.scoring.evaluate import Evaluation

_HERE = Path(__file__).parent


def page_bytes(master: Master, evaluation: Evaluation, overview: Overview) -> bytes:
    """The page of a master that was just evaluated."""
    environment = Environment(autoescape=True, finalize=shown, trim_blocks=True)
    template = environment.from_string(_part("page.html"))
    values = page_values(master, evaluation.assessment, overview)
    style, script = Markup(_part("page.css")), Markup(_part("page.js"))  # noqa: S704 - our own
    return template.render({**values, "样式": style, "脚本": script}).encode()


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
