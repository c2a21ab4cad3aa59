"""The points and rules of one indicator's rows: once for all, or each row its own."""

import re
from collections.abc import Iterable

from qcity_xl.core.reading.model import RawIndicator, RawPart
from qcity_xl.core.reading.numbers import halved
from qcity_xl.core.text import fold

_WORTH = re.compile(
    r"\(?(?:最高|满分|总分|共计?|计|合计|上限|不超过|标准分|基本分|加)?(?:得|计|加|为)?"
    r"\+?(\d{1,4}(?:\.\d+)?)(?:分|%)?\)?分?"
)
_MARKS = re.compile(r"(\d+(?:\.\d+)?)\s*分")
_ENDS = "。；;，,！!：:、"


def parse_points(text: str) -> float | None:
    """The points of a cell: 15, （15分）, 最高20分; None where it says anything else."""
    match = _WORTH.fullmatch(fold(text))
    return float(match[1]) if match else None


def unlike_points(texts: Iterable[str]) -> str:
    """What is odd about a column of points: 10 beside 20%, or shares of one; "" if nothing."""
    said = [text for text in texts if parse_points(text)]
    percent = [text for text in said if "%" in fold(text)]
    plain = [text for text in said if text not in percent]
    if percent and plain:
        return f"有的带%（如{percent[0]}），有的不带（如{plain[0]}），都按分值读"
    worths = [parse_points(text) or 0.0 for text in plain]
    if len(worths) > 2 and max(worths) < 1:
        return f"都不到1（如{plain[0]}），像是占比，按分值读"
    return ""


class ScoreRows:
    """Collects the rows of an indicator, then settles whose the points are."""

    def __init__(self) -> None:
        """No rows yet."""
        self._rows: list[tuple[str, float | None]] = []

    def add(self, rule: str, points: float | None) -> None:
        """One row: its own rule, "" where it has none, and its own points."""
        if rule or points is not None:
            self._rows.append((rule, points))

    def settle(self, indicator: RawIndicator) -> None:
        """Write points, wording and, where each row has its own points, the parts."""
        worths = [points for _, points in self._rows if points is not None]
        rules = list(dict.fromkeys(rule for rule, _ in self._rows if rule))
        indicator.wording = _joined(rules)
        if len(worths) < 2 or self._repeated(worths, rules):
            indicator.points = worths[0] if worths else None
            return
        indicator.points = sum(worths)
        indicator.parts = self._parts(indicator.title)

    @staticmethod
    def _repeated(worths: list[float], rules: list[str]) -> bool:
        """Whether the rows only repeat the points of the whole, as without merged cells."""
        if len(set(worths)) > 1:
            return False
        named = sum(float(n) for rule in rules for n in _MARKS.findall(halved(rule)))
        return len(rules) < 2 or named == worths[0]

    def _parts(self, title: str) -> list[RawPart]:
        parts: list[RawPart] = []
        for rule, points in self._rows:
            if points is None and parts:
                before = parts[-1]
                parts[-1] = RawPart(_joined([before.wording, rule]), before.points)
            else:
                parts.append(RawPart(rule or title, points))
        return parts


def _joined(rules: list[str]) -> str:
    text = ""
    for rule in rules:
        text += ("；" if text and text[-1] not in _ENDS else "") + rule
    return text
