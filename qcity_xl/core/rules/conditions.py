"""One threshold or one range of values, as 参数 writes it: ≥95%, ≥80%且<90%."""

import re
from dataclasses import dataclass

from qcity_xl.core.quantities import parse_quantity, quantity_text
from qcity_xl.core.text import fold

_OPS = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<", "=": "="}
_WRITTEN = re.compile(r"(≥|>=|≤|<=|>|<|=)(\d.*)")
_AND = "且"


@dataclass(frozen=True, slots=True)
class Condition:
    """A threshold: `op` is >=, >, <=, < or =; `unit` without 万 and 亿, "" if none.

    With `also`, a range: both hold.
    """

    op: str
    number: float
    unit: str = ""
    also: "Condition | None" = None

    def text(self) -> str:
        """The condition as clerks read it: ≥95%, ≥10万平方米."""
        sign = {">=": "≥", "<=": "≤"}.get(self.op, self.op)
        own = f"{sign}{quantity_text(self.number, self.unit)}"
        return f"{own}{_AND}{self.also.text()}" if self.also else own

    def holds(self, value: float) -> bool:
        """Whether a value in the same unit meets it; equal within float noise is equal."""
        near = self.touches(value)
        met = {
            ">=": near or value > self.number,
            ">": not near and value > self.number,
            "<=": near or value < self.number,
            "<": not near and value < self.number,
            "=": near,
        }[self.op]
        return met and (self.also is None or self.also.holds(value))

    def touches(self, value: float) -> bool:
        """Whether a value is the threshold itself."""
        return abs(value - self.number) < 1e-6


def parse_condition(text: str) -> Condition | None:
    """The condition that `Condition.text` wrote, else None."""
    first, both, second = fold(text).partition(_AND)
    match = _WRITTEN.fullmatch(first)
    quantity = parse_quantity(match[2]) if match else None
    also = parse_condition(second) if both else None
    if match is None or quantity is None or (both and (also is None or also.unit != quantity.unit)):
        return None
    return Condition(_OPS[match[1]], quantity.number, quantity.unit, also)
