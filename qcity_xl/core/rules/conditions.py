"""Thresholds in Chinese wording: 达到30%以上, 大于80%, 不低于36天, 前10名."""

import re
from dataclasses import dataclass

from qcity_xl.core.numerals import NUMERALS, chinese_number
from qcity_xl.core.text import fold

_UNITS = "%|‰|个百分点|批次|年|个|项|张|次|天|名|位|家|人|倍|件"
# Numerals count only with a unit: 达到一流水平 and 达到八成 name no number of things.
_NUMBER = rf"(\d+(?:\.\d+)?|[{NUMERALS}]+(?={_UNITS}))"
_UNIT = f"({_UNITS})?"
_OPS = {">": ">", "≥": ">=", ">=": ">=", "<": "<", "≤": "<=", "<=": "<=", "=": "="}
# Strict words first: 超过一年以上 is "more than", although it also says 以上.
_WORDINGS: tuple[tuple[str, str], ...] = (
    (rf"(?:≥|>=){_NUMBER}{_UNIT}", ">="),
    (rf"(?:≤|<=){_NUMBER}{_UNIT}", "<="),
    (rf"(?:>|大于|高于|超过){_NUMBER}{_UNIT}(?:以上)?", ">"),
    (rf"(?:<|小于|低于|不足){_NUMBER}{_UNIT}", "<"),
    (rf"(?:不少于|不低于)\D{{0,4}}?{_NUMBER}{_UNIT}", ">="),
    (rf"至少\D{{0,2}}?{_NUMBER}{_UNIT}", ">="),
    (rf"(?:达到|到达|达){_NUMBER}{_UNIT}(?:以上)?", ">="),
    (rf"(?<!至)前{_NUMBER}(名|位)", "<="),
    (rf"{_NUMBER}{_UNIT}[^\d,;。()]{{0,3}}?以上", ">="),
)
_PER = re.compile("每[十百千万亿]+")  # 每千人 is no threshold
_WORDING = re.compile("|".join(pattern for pattern, _ in _WORDINGS))


@dataclass(frozen=True, slots=True)
class Condition:
    """One threshold: `op` is >=, >, <=, < or =; `unit` as written, "" if none."""

    op: str
    number: float
    unit: str = ""

    def text(self) -> str:
        """The condition as clerks read it: ≥95%."""
        sign = {">=": "≥", "<=": "≤"}.get(self.op, self.op)
        return f"{sign}{self.number:g}{self.unit}"

    def holds(self, value: float) -> bool:
        """Whether a value in the same unit meets it; equal within float noise is equal."""
        near = abs(value - self.number) < 1e-9
        return {
            ">=": near or value > self.number,
            ">": not near and value > self.number,
            "<=": near or value < self.number,
            "<": not near and value < self.number,
            "=": near,
        }[self.op]


def parse_condition(text: str) -> Condition | None:
    """The condition that `Condition.text` wrote, else None."""
    match = re.fullmatch(r"(≥|>=|≤|<=|>|<|=)(\d+(?:\.\d+)?)(\D*)", fold(text))
    return Condition(_OPS[match[1]], float(match[2]), match[3]) if match else None


def find_conditions(wording: str) -> tuple[Condition, ...]:
    """Every threshold in a piece of wording, in order."""
    found = []
    for match in _WORDING.finditer(_PER.sub("每", fold(wording))):
        which = next(i for i in range(len(_WORDINGS)) if match[2 * i + 1] is not None)
        written, unit = match[2 * which + 1], match[2 * which + 2] or ""
        number = chinese_number(written) if written[0] in NUMERALS else float(written)
        if number is not None:
            found.append(Condition(_WORDINGS[which][1], float(number), unit))
    return tuple(found)
