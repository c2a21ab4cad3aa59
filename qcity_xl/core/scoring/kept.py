"""台账得分: points that the office gave before there were answers, kept until answers replace them.

They stand on 得分点 where the office scored a criterion, on 指标 where it scored the whole. They
count as 自评 alone: what nobody has answered has no 佐证 score. None exceeds its 分值.
"""

from collections.abc import Iterator

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.formula_values import kept_points
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.schema.formulas import KEPT
from qcity_xl.core.text import number_text


def kept_reason(row: Row, *, replaced: bool) -> str:
    """What the kept points of a criterion or an indicator do; "" where there are none."""
    kept = kept_points(row)
    if kept is None:
        return ""
    said = f"台账得分{number_text(kept)}分"
    return f"已有自评答案，{said}不再计" if replaced else f"暂按{said}，有了自评答案就按答案"


def check_kept(master: Master) -> Iterator[Problem]:
    """台账得分 is a number from 0 to 分值."""
    for table in (INDICATORS, CRITERIA):
        for key, row in master.rows(table).items():
            held, most = row.get(KEPT), points_of(row)
            if held is None or (kept_points(row) == held and not isinstance(held, bool)):
                continue
            yield Problem(
                "kept-points",
                "error",
                table.sheet,
                master.cell(table, key, KEPT),
                f"台账得分是“{text(row, KEPT)}”",
                f"0 到 {number_text(most)} 的数",
                "改成原来自评的分，或留空",
            )
