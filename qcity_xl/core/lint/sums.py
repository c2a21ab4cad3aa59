"""Points that do not add up."""

from collections.abc import Iterator
from itertools import product

from qcity_xl.core.lint.case import Case, cases_of
from qcity_xl.core.lint.findings import Finding, Interpretation
from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.formula_values import combined
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS
from qcity_xl.core.text import number_text

_BEST, _CAPPED = COMBINE_NAMES["best"], COMBINE_NAMES["capped"]
_MOST = 10  # criteria of an indicator whose combinations are all tried


def sums(master: Master) -> Iterator[Finding]:
    """Sections against their indicators, indicators against their criteria."""
    indicators = list(master.rows(INDICATORS).values())
    for section in master.rows(SECTIONS).values():
        own = [row for row in indicators if text(row, "section") == text(section, "no")]
        total = sum(map(points_of, own))
        if total != points_of(section):
            yield _differs(f"部分{text(section, 'no')}", "指标", points_of(section), total)
    cases = list(cases_of(master))
    for indicator in indicators:
        rows = [
            row
            for row in master.rows(CRITERIA).values()
            if text(row, "indicator") == text(indicator, "no")
        ]
        total, stated = sum(map(points_of, rows)), points_of(indicator)
        if abs(total - stated) > 1e-6:
            own_cases = [c for c in cases if text(c.row, "indicator") == text(indicator, "no")]
            yield from _indicator(indicator, total, own_cases)


def _indicator(indicator: Row, total: float, cases: list[Case]) -> Iterator[Finding]:
    no, stated = text(indicator, "no"), points_of(indicator)
    if total < stated or text(indicator, "combine") not in (_BEST, _CAPPED):
        yield _differs(no, "得分点", stated, total)
        return
    worth = [sorted({case.best, case.least}) for case in cases[:_MOST]]

    def both(scores: tuple[float, ...]) -> tuple[float, float]:
        best, capped = (
            combined({**indicator, "combine": how}, list(scores)) for how in (_BEST, _CAPPED)
        )
        return best, capped

    best, capped = max(map(both, product(*worth)), key=lambda pair: (pair[1] - pair[0], pair))
    yield Finding(
        no,
        "sum",
        f"得分点合计{number_text(total)}分，超过指标的{number_text(stated)}分，取高还是累加封顶",
        (Interpretation(_BEST, best), Interpretation(_CAPPED, capped)),
    )


def _differs(subject: str, parts: str, stated: float, total: float) -> Finding:
    found = f"标明{number_text(stated)}分，{parts}合计{number_text(total)}分"
    return Finding(
        subject, "sum", found, (Interpretation("标明的", stated), Interpretation("合计", total))
    )
