"""The charts of the papers."""

from qcity_xl.adapters.reports.chart import Bars
from qcity_xl.core.reports.overview import Overview
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.text import number_text

# From the widest to the narrowest, each darker: they can be told apart in grey, too.
_COLOURS = {"claimed": "A9C4E3", "evidenced": "4A7FB8", "reviewed": "1F3A5F"}
_POINTS = "E3E7EC"


def section_bars(overview: Overview) -> Bars:
    """Each section's points, and what of them is claimed, evidenced, reviewed."""
    lines = overview.sections
    series: list[tuple[str, str, list[float | None]]] = [
        ("分值", _POINTS, [line.of for line in lines])
    ]
    series += [
        (SCORE_NAMES[name], colour, [line.scores[name] for line in lines])
        for name, colour in _COLOURS.items()
        if any(line.scores[name] is not None for line in lines)
    ]
    words = "；".join(
        f"{line.title}{number_text(line.of)}分，自评"
        + ("未评" if line.scores["claimed"] is None else f"{number_text(line.scores['claimed'])}分")
        for line in lines
    )
    return Bars(f"各部分得分：{words}", [f"{line.no} {line.title}" for line in lines], series)
