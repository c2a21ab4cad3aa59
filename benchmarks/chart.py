"""A chart of times over sizes, both in powers of ten: what grows in line is a straight line."""

import math
from collections.abc import Mapping
from html import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _ROOM = 760, 420, 60, 20, 190
_COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b")


def chart(lines: Mapping[str, Mapping[int, float]]) -> str:
    """An SVG of CPU seconds by the number of units; the grey line grows in line."""
    sizes = sorted({size for line in lines.values() for size in line})
    times = [time for line in lines.values() for time in line.values()]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    span = math.log10(sizes[-1] / sizes[0]) or 1.0

    def place(size: float, time: float) -> tuple[float, float]:
        across = math.log10(size / sizes[0]) / span
        up = (math.log10(time) - low) / (high - low)
        wide, tall = _WIDTH - _LEFT - _ROOM, _HEIGHT - 2 * _TOP - 20
        return _LEFT + wide * across, _TOP + tall * (1 - up)

    def path(points: Mapping[int, float], style: str) -> str:
        said = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*p) for p in sorted(points.items())))
        return f'<polyline points="{said}" fill="none" {style}/>'

    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for power in range(low, high + 1):
        x, y = place(sizes[0], 10.0**power)
        end = place(sizes[-1], 1)[0]
        made.append(f'<line x1="{x}" x2="{end}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        made.append(f'<text x="{x - 6}" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>')
    for size in sizes:
        x, y = place(size, 10.0**low)
        made.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{size}</text>')
    first = 10.0**low * 1.5
    made.append(
        path({n: first * n / sizes[0] for n in sizes}, 'stroke="#999" stroke-dasharray="4"')
    )
    ends = sorted(lines, key=lambda name: -lines[name][max(lines[name])])
    taken = 0.0
    for colour, name in zip(_COLOURS, ends, strict=False):
        made.append(path(lines[name], f'stroke="{colour}" stroke-width="2"'))
        x, y = place(max(lines[name]), lines[name][max(lines[name])])
        taken = max(y, taken + 15)
        made.append(f'<text x="{x + 8}" y="{taken + 4}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*made, "</svg>", ""])
