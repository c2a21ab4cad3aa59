"""Rules in words: what all kinds need to say their parameters, and where to try them out."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from qcity_xl.core.quantities import quantity_text
from qcity_xl.core.rules.base import Rulings
from qcity_xl.core.rules.conditions import Condition
from qcity_xl.core.rules.spans import Span
from qcity_xl.core.text import number_text

OPEN = "（见待定事项）"
_WORDS = {">=": "至少{}", "<=": "不超过{}", ">": "超过{0}（不含{0}）", "<": "不到{0}（不含{0}）"}


def in_words(condition: Condition) -> str:
    """至少95%, 超过80%（不含80%）, 至少10天且不超过20天."""
    own = _WORDS.get(condition.op, "正好{}").format(quantity_text(condition.number, condition.unit))
    return f"{own}且{in_words(condition.also)}" if condition.also else own


def points(number: float) -> str:
    """20分."""
    return f"{number_text(number)}分"


def possible(span: Span, unit: str) -> str:
    """In brackets which numbers may be answered, "" where any may be."""
    text = span.text(unit)
    return f"（填{text}）" if text else ""


def ruled_points(rulings: Rulings, item: str) -> str:
    """The points that a ruling gives: 得10分（见待定事项）."""
    return f"得{rulings[item].removesuffix('分')}分{OPEN}"


def ruled(rulings: Rulings, item: str, default: str) -> str:
    """What holds for an item that the wording leaves open, and where that can be changed."""
    return f"{rulings.get(item, default)}{OPEN}"


def edges(condition: Condition, span: Span) -> Iterator[float]:
    """Each threshold and its neighbour on the other side: 95 and 94.9 for ≥95; whole ones by one.

    Both neighbours of what must be met exactly.
    """
    for each in (condition, condition.also):
        if each is not None:
            step = fine_step(each.number, whole=span.whole)
            yield each.number
            if each.op in (">=", "<", "="):
                yield each.number - step
            if each.op in ("<=", ">", "="):
                yield each.number + step


def fine_step(number: float, *, whole: bool) -> float:
    """One digit finer than the number is written: 0.1 at 95, 0.01 at 0.6."""
    if whole:
        return 1.0
    places = -int(Decimal(f"{number:.15g}").as_tuple().exponent)
    return float(10.0 ** -(max(0, places) + 1))


def numbers(values: Iterable[float], span: Span, unit: str) -> tuple[str, ...]:
    """These numbers as answers, the highest first, without those that can't be."""
    held = {round(value, 9) for value in values if span.holds(round(value, 9))}
    return tuple(quantity_text(value, unit) for value in sorted(held, reverse=True))
